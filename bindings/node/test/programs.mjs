// Programs of pages, run as their readers run them.

import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the suites, beside which the examples and pages are. */
export const CONFORMANCE = process.env.TAGMATA_CONFORMANCE ?? fileURLToPath(new URL("../../../conformance", import.meta.url));
export const EXAMPLES = `${CONFORMANCE}/../examples`;
export const DOCS = `${CONFORMANCE}/../docs`;

/** What a program prints that stands in the package, where `tagmata` is the package itself. */
export function printed(name, program, folder = process.cwd()) {
  const file = fileURLToPath(new URL(`../${name}.run.mjs`, import.meta.url));
  writeFileSync(file, program);
  try {
    return execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8", env: { ...process.env, TAGMATA_EXAMPLES: EXAMPLES } });
  } finally {
    rmSync(file);
  }
}
