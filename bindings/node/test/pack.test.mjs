// What is published: the package, and beside it one for each platform with the addon alone. Both are packed and installed into an empty project.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tagmata-"));
after(() => rmSync(folder, { recursive: true }));

const run = (program, given, cwd) => execFileSync(program, given, { cwd, encoding: "utf8", shell: process.platform === "win32" });
const tool = (name) => join(source, "node_modules", ".bin", name);

/** Packs a folder as npm publishes it; the path of the file, and what is in it. */
function packed(cwd) {
  const [{ filename, files }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], cwd));
  return { path: join(folder, filename), files: files.map(({ path }) => path).sort() };
}

test("what is published is installed into an empty project, and answers there", () => {
  const staged = join(folder, "package");
  const addon = readdirSync(source).find((name) => name.endsWith(".node"));
  const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  mkdirSync(staged);
  for (const name of ["package.json", "README.md", ...manifest.files]) {
    copyFileSync(join(source, name), join(staged, name));
  }
  run(tool("napi"), ["create-npm-dirs"], staged);
  const platform = join(staged, "npm", addon.split(".")[1]);
  copyFileSync(join(source, addon), join(platform, addon));

  const [main, native] = [packed(staged), packed(platform)];
  assert.deepEqual(main.files, ["README.md", "package.json", ...manifest.files].sort());
  assert.deepEqual(native.files, ["README.md", "package.json", addon].sort());

  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error", main.path, native.path], project);

  const uses = (line) => `${line}
const book: InstanceType<typeof Book> = new Book({ clock: "2026-11-24T09:00:00Z" });
book.createContact({ first_name: "Zoé", tags: ["vip"] });
const count: number = book.count("tags has vip");
console.log(count, Object.keys(book.page({ limit: 1 }).contacts).length);
declare const console: { log(...values: unknown[]): void };
`;
  const modules = { "use.mts": uses('import { Book } from "tagmata";'), "use.cts": uses('import tagmata = require("tagmata");\nconst { Book } = tagmata;') };
  for (const [name, text] of Object.entries(modules)) {
    writeFileSync(join(project, name), text);
  }
  const strict = ["--strict", "--target", "es2023", "--lib", "es2023", "--types", "", "--outDir", "out"];
  run(tool("tsc"), [...strict, "--module", "nodenext", ...Object.keys(modules)], project);
  run(tool("tsc"), [...strict, "--module", "esnext", "--moduleResolution", "bundler", "--noEmit", "use.mts"], project);
  for (const name of ["use.mjs", "use.cjs"]) {
    assert.equal(run(process.execPath, [join("out", name)], project), "1 1\n", name);
  }
});
