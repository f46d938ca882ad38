// What is refused, as JavaScript sees it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Book,
  ConflictError,
  CsvError,
  FilterError,
  InvalidValueError,
  NotFoundError,
  SqlError,
  StoreError,
  TagmataError,
} from "tagmata";
import { refused } from "./refused.mjs";

const book = new Book({ clock: "2026-11-24T09:00:00Z" });

test("every class is an error of tagmata", () => {
  for (const Class of [FilterError, InvalidValueError, NotFoundError, ConflictError, CsvError, StoreError, SqlError]) {
    assert.ok(Class.prototype instanceof TagmataError, Class.name);
    assert.equal(Class.prototype.name, Class.name);
  }
  assert.ok(TagmataError.prototype instanceof Error);
});

test("the message draws the problems over the source", () => {
  const error = refused(() => book.count("status = laed"), FilterError, { code: "E0202", contacts: Uint32Array.of() });
  assert.equal(
    error.message,
    `\
error[E0202]: there is no status \`laed\`
  |
1 | status = laed
  |          ^^^^
  |
  = help: did you mean \`lead\`?`,
  );
  assert.deepEqual(error.diagnostics, [
    {
      code: "E0202",
      severity: "error",
      message: "there is no status `laed`",
      start: 9,
      end: 13,
      pointer: null,
      field: null,
      id: null,
      help: "did you mean `lead`?",
      expected: ["lead", "active", "vip", "inactive"],
    },
  ]);
});

test("all problems come at once, in the order of the source", () => {
  const { diagnostics } = refused(() => book.count("biled > 3 and status = laed"), FilterError, { code: "E0201" });
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ["E0201", "E0202"],
  );
});

test("places are counted as JavaScript counts", () => {
  for (const before of ["e", "é", "😀", "𝕏\u0301", "日本", "\ud800"]) {
    const text = `first_name = "${before}" and biled > 3`;
    const error = refused(() => book.count(text), FilterError, { code: "E0201" });
    const { start, end } = error.diagnostics[0];
    assert.equal(text.slice(start, end), "biled", before);
  }
});

test("options and arguments are named as they are written here", async () => {
  const names = new Book({ clock: "2026-11-24T09:00:00Z" });
  names.createSegment("Nord", { filter: "everyone" });
  const importing = (options) => () => names.importCsv(Buffer.from("email\n"), options);
  for (const [call, message, help] of [
    [importing({ match: ["phone"] }), "`match` does not take `phone`", "it takes `external_id`, `email`, `mobile` or `account_number`"],
    [importing({ unknownSegments: "skp" }), "`unknownSegments` does not take `skp`", "it takes `skip`, `reject` or `create`"],
    [importing({ update: "no" }), "`update` does not take `no`", "it takes `always`, `fill_empty` or `never`"],
    [importing({ invalidValues: "no" }), "`invalidValues` does not take `no`", "it takes `reject` or `skip`"],
    [importing({ replace_segments: true }), "`importCsv` has no option `replace_segments`"],
    [importing({ dates: "ymd" }), "`dates` does not take `ymd`", "it takes `dmy` or `mdy`"],
    [importing({ decimal: ";" }), "`decimal` does not take `;`", "it takes `.` or `,`"],
    [importing({ delimiter: "|" }), "`delimiter` does not take `|`", "it takes `,`, `;` or `\\t`"],
    [() => names.audience(["Nord"], { channel: "fax" }), "`channel` does not take `fax`", "it takes `sms` or `email`"],
    [() => names.audience(["Nord"], { optOut: 3 }), "`optOut` takes a list of names, not a number"],
    [() => names.createSegment("Sud", { alwaysIn: [0] }), "`createSegment` takes `alwaysIn` and `alwaysOut` with a `filter`, not without it"],
    [() => names.addToSegment([], "Nord"), "`Nord` is a dynamic segment: its filter decides", "to have a contact in or out all the same, pin it as always in or always out"],
    [() => names.changeSettings({ limits: { segment_depth: 1 } }), "`limits` has no option `segment_depth`"],
    [() => names.defineField("a", "txt"), "`type` does not take `txt`"],
  ]) {
    await assert.rejects(async () => call(), ({ diagnostics: [one] }) => {
      assert.equal(one.message, message);
      help && assert.equal(one.help, help, message);
      return true;
    });
  }
});

test("the stack begins where the call was made", () => {
  const calls = {
    method: () => book.count("biled > 3"),
    constructor: () => new Book({ timezone: "Mars" }),
    getter: () => book.batch(() => book.now),
    callback: () => book.batch((inside) => inside.count("biled > 3")),
  };
  for (const [name, call] of Object.entries(calls)) {
    const error = refused(call, TagmataError, {});
    const [first] = error.stack.split("\n").filter((line) => line.startsWith("    at "));
    assert.match(first, /errors\.test\.mjs/, `${name}: ${error.stack}`);
    assert.ok(error.stack.startsWith(`${error.name}: ${error.message}`), name);
  }
});

test("hosts can make errors of their own of the same classes", () => {
  const error = new ConflictError("taken", { code: "E0803" });
  assert.deepEqual([error.message, error.code, error.diagnostics, error.contacts], ["taken", "E0803", [], Uint32Array.of()]);
});
