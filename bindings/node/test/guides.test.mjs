// The programs in JavaScript of the guides, of the page on durable books and of the README print what stands below them.
// `crates/tagmata-guides` says how the pages are written.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { DOCS, printed } from "./programs.mjs";

function blocks(page) {
  const found = page.matchAll(/^```(\w+)(?: (\w+)=(\S+))?\n(.*?)^```/gms);
  return [...found].map(([, language, key, name, text]) => ({ language, key, name, text }));
}

const guides = readdirSync(`${DOCS}/guides`).sort().map((guide) => `${DOCS}/guides/${guide}`);
const readme = fileURLToPath(new URL("../README.md", import.meta.url));
const programs = [];
for (const path of [...guides, `${DOCS}/durable-books.md`, readme]) {
  const page = readFileSync(path, "utf8");
  const files = blocks(page).filter(({ key }) => key === "file");
  for (const section of page.split(/^## /m)) {
    const inSection = blocks(section);
    inSection.forEach(({ language, key, text: program }, at) => {
      if (language !== "js" || key !== undefined) return;
      const output = inSection.slice(at).find(({ language, key }) => language === "text" && key === undefined);
      programs.push(basename(path));
      test(`program ${programs.length} in JavaScript, of ${basename(path)}, prints what stands below it`, () => {
        assert.equal(printed(program, files), output?.text);
      });
    });
  }
}

test("there are programs", () => {
  const pages = ["automation.md", "csv.md", "node.md", "segments.md", "durable-books.md", "README.md"];
  for (const page of pages) assert.ok(programs.includes(page), page);
});
