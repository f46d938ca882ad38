// What is compiled in `types` uses all that the package has.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as tagmata from "tagmata";

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const declared = read("index.d.ts");
const used = ["module.mts", "answers.mts"].map((name) => read(`types/${name}`)).join("\n");

/** What other hosts have written: members of theirs that are only handed on. */
const FOREIGN = { StopSignal: ["aborted", "reason", "throwIfAborted"], QueryBuilderRule: ["id", "valueSource"] };

/** The members of a class or an interface by its text. */
const membersOf = (body) => Array.from(body.matchAll(/^ {2}(?:static |get )?(\w+)(?=\??[(:<])/gm), ([, name]) => name);

test("every member of every type is compiled", () => {
  const missing = [];
  const types = declared.matchAll(/^export (?:declare class|interface) (\w+)[^\n{]*\{\n(.*?)^\}/gms);
  for (const [, type, body] of types) {
    const isMentioned = (name) => new RegExp(`\\b${name}\\b`).test(used);
    const known = ["constructor", ...(FOREIGN[type] ?? [])];
    missing.push(...membersOf(body).filter((name) => !known.includes(name) && !isMentioned(name)).map((name) => `${type}.${name}`));
  }
  assert.deepEqual(missing, []);
});

test("every method of a book is called, and declared", () => {
  const { constructor, toJSON, ...members } = Object.getOwnPropertyDescriptors(tagmata.Book.prototype);
  for (const [name, { get }] of Object.entries(members)) {
    assert.ok(new RegExp(`\\.${name}\\b${get ? "" : "\\("}`).test(used), `${name} is not called`);
    assert.ok(new RegExp(`^  (?:(get )?${name}(<.*?>)?\\(|readonly ${name}:)`, "m").test(declared), `${name} is not declared`);
  }
});

test("everything that is declared is documented", () => {
  const lines = declared.split("\n");
  const isDeclaration = (line) =>
    /^export (declare )?(class|interface|type|function|const) /.test(line) || /^ {2}(static |get |readonly )?(\[?\w|\[Symbol)[\w.:\] ]*\??(<.*?>)?[(:\]]/.test(line);
  const missing = lines.filter((line, at) => isDeclaration(line) && !line.includes("constructor(") && !lines[at - 1].trim().endsWith("*/"));
  assert.deepEqual(missing, []);
});
