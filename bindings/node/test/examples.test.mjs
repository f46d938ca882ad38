// The programs that people start from print what they say they print.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { inFolder } from "./world.mjs";

const CONFORMANCE = process.env.TAGMATA_CONFORMANCE ?? fileURLToPath(new URL("../../../conformance", import.meta.url));
const EXAMPLES = `${CONFORMANCE}/../examples`;

/** What a program prints that stands in the package, where `tagmata` is the package itself. */
function printed(name, program, folder = process.cwd()) {
  const file = fileURLToPath(new URL(`../${name}.run.mjs`, import.meta.url));
  writeFileSync(file, program);
  try {
    return execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8", env: { ...process.env, TAGMATA_EXAMPLES: EXAMPLES } });
  } finally {
    rmSync(file);
  }
}

for (const example of ["quickstart", "automation"]) {
  test(`${example} prints what it prints in every language`, () => {
    const program = readFileSync(`${EXAMPLES}/node/${example}.mjs`, "utf8");
    assert.equal(printed(example, program), readFileSync(`${EXAMPLES}/${example}.txt`, "utf8"));
  });
}

test("the program of the README prints what stands below it", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, program] = /```js\n(.*?)```/s.exec(readme);
  const [, output] = /```text\n(.*?)```/s.exec(readme);
  assert.equal(printed("readme", program), output);
});

test("the program about SQL prints what stands below it", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, program, output] = /## Filters as SQL\n.*?```js\n(.*?)```.*?```text\n(.*?)```/s.exec(readme);
  assert.equal(printed("sql", program), output);
});

test("the program of the guide to durable books runs", () =>
  inFolder(async (file) => {
    const guide = readFileSync(`${EXAMPLES}/../docs/durable-books.md`, "utf8");
    const [, program] = /## In Node\s+```js\n(.*?)```/s.exec(guide);
    assert.match(printed("durable", program, file("")), /^\[\]\n.*'VIP FR': Uint32Array\(1\) \[ 0 \].*\[\]\n$/s);
  }));
