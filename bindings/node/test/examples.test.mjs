// The programs that people start from print what they say they print.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXAMPLES } from "./programs.mjs";

test("the examples are strict TypeScript, and print what they print in every language", () => {
  // Where `tagmata` is the package itself.
  const folder = fileURLToPath(new URL("../examples-run", import.meta.url));
  mkdirSync(folder);
  try {
    const examples = ["quickstart", "automation"];
    for (const example of examples) {
      copyFileSync(`${EXAMPLES}/node/${example}.mts`, join(folder, `${example}.mts`));
    }
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2023", "--types", "node"];
    const tsc = fileURLToPath(new URL("../node_modules/.bin/tsc", import.meta.url));
    const sources = examples.map((example) => join(folder, `${example}.mts`));
    execFileSync(tsc, [...strict, ...sources], { encoding: "utf8", shell: process.platform === "win32" });
    for (const example of examples) {
      const printed = execFileSync(process.execPath, [join(folder, `${example}.mjs`)], {
        encoding: "utf8",
        env: { ...process.env, TAGMATA_EXAMPLES: EXAMPLES },
      });
      assert.equal(printed, readFileSync(`${EXAMPLES}/${example}.txt`, "utf8"));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
