// Programs of pages, run as their readers run them.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the suites, beside which the examples and pages are. */
export const CONFORMANCE = process.env.TAGMATA_CONFORMANCE ?? fileURLToPath(new URL("../../../conformance", import.meta.url));
export const EXAMPLES = `${CONFORMANCE}/../examples`;
export const DOCS = `${CONFORMANCE}/../docs`;

/** What a program prints in a folder of the package, where `tagmata` is the package itself, with the files beside it. */
export function printed(program, files = []) {
  const folder = mkdtempSync(fileURLToPath(new URL("../run-", import.meta.url)));
  try {
    for (const { name, text } of [...files, { name: "program.mjs", text: program }]) writeFileSync(join(folder, name), text);
    return execFileSync(process.execPath, ["program.mjs"], { cwd: folder, encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
