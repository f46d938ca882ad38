// The programs in JavaScript of the guides print what stands below them. `crates/tagmata-guides` says how the pages are written.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { DOCS, printed } from "./programs.mjs";
import { inFolder } from "./world.mjs";

function blocks(page) {
  const found = page.matchAll(/^```(\w+)(?: (\w+)=(\S+))?\n(.*?)^```/gms);
  return [...found].map(([, language, key, name, text]) => ({ language, key, name, text }));
}

const guides = [];
for (const guide of readdirSync(`${DOCS}/guides`).sort()) {
  const page = readFileSync(`${DOCS}/guides/${guide}`, "utf8");
  const files = blocks(page).filter(({ key }) => key === "file");
  for (const section of page.split(/^## /m)) {
    const inSection = blocks(section);
    inSection.forEach(({ language, key, text: program }, at) => {
      if (language !== "js" || key !== undefined) return;
      guides.push(guide);
      const name = `${guide}-${at}`;
      const output = inSection.slice(at).find(({ language, key }) => language === "text" && key === undefined);
      test(`the program in JavaScript of ${name} prints what stands below it`, () =>
        inFolder(async (path) => {
          for (const file of files) writeFileSync(path(file.name), file.text);
          assert.equal(printed(name, program, path("")), output?.text);
        }));
    });
  }
}

test("there are programs", () => {
  for (const guide of ["automation.md", "csv.md", "node.md", "segments.md"]) assert.ok(guides.includes(guide), guide);
});
