// The program of the package's page does what the page says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the program of README.md prints what its comments say", () => {
  const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, program] = page.match(/```js\n(.*?)```/s);
  // Next to the package, which the program imports by its name.
  const file = fileURLToPath(new URL("../readme.tmp.mjs", import.meta.url));
  writeFileSync(file, program);
  try {
    const printed = execFileSync(process.execPath, [file], { encoding: "utf8" });
    const said = [...program.matchAll(/^.*console\.log.*; \/\/ (.*)$/gm)].map(([, comment]) => comment);
    assert.equal(said.length, 2);
    said.forEach((line) => assert.ok(printed.split("\n").includes(line), `${line}\nis not in\n${printed}`));
  } finally {
    rmSync(file);
  }
});
