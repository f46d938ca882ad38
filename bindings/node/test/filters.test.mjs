// Filters in their three spellings. What they mean is in the suites of `conformance/`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Book, Filter, FilterError, InvalidValueError } from "tagmata";
import { refused } from "./refused.mjs";

const CANONICAL = { v: 1, filter: { op: "=", field: "status", value: "lead" } };
const TREE = { combinator: "and", rules: [{ field: "status", operator: "=", value: "lead" }] };

function bookOfOne() {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  book.defineField("billed", "number");
  book.createContact({ first_name: "Zoé", billed: 12.5 });
  return book;
}

test("one filter in three spellings", () => {
  const book = bookOfOne();
  for (const spelling of ["Status=Lead", CANONICAL, TREE, book.filter("status = lead")]) {
    const filter = book.filter(spelling);
    assert.ok(filter instanceof Filter);
    assert.equal(filter.toString(), 'status = "lead"');
    assert.equal(filter.toJson(), JSON.stringify(CANONICAL));
    assert.deepEqual(filter.toObject(), CANONICAL);
    assert.deepEqual(filter.toQueryBuilder(), TREE);
    assert.deepEqual(filter.fields, ["status"]);
    assert.deepEqual(filter.lints, []);
    assert.equal(book.count(spelling), 1);
  }
});

test("stored filters are read by a book", () => {
  const book = bookOfOne();
  assert.equal(Filter.fromJson(book, JSON.stringify(CANONICAL)).toString(), 'status = "lead"');
  assert.equal(Filter.fromJson(book, JSON.stringify(TREE)).toString(), 'status = "lead"');
  const error = refused(() => Filter.fromJson(book, '{"é": }'), FilterError, { code: "E0601" });
  assert.deepEqual([error.diagnostics[0].start, error.diagnostics[0].end], [6, 7]);
  refused(() => Filter.fromJson(book, CANONICAL), InvalidValueError, { message: "`json` takes text, not an object" });
  refused(() => Filter.fromJson({}, "{}"), InvalidValueError, { message: "`book` takes a book, not an object" });
});

test("objects are read as JSON would be, and what JSON would drop is refused", () => {
  const book = bookOfOne();
  const rule = (value, field = "billed") => ({ combinator: "and", rules: [{ field, operator: "=", value, note: undefined }] });
  assert.equal(book.count(rule(12.5)), 1);
  assert.equal(book.count(rule("12.50")), 1);
  assert.equal(book.filter(rule(1e21)).toString(), "billed = 1e21");
  assert.equal(book.filter(rule(12n)).toString(), "billed = 12");
  assert.equal(book.count(rule(new Date("2026-11-24T09:00:00Z"), "created_at")), 1);
  const table = [
    [rule(NaN), "`value` takes a finite number, not NaN"],
    [rule(() => 12.5), "`value` takes a value of JSON, not a function"],
    [rule(Symbol("x")), "`value` takes a value of JSON, not a symbol"],
  ];
  for (const [tree, message] of table) {
    refused(() => book.count(tree), InvalidValueError, { message });
  }
  const endless = { combinator: "and", rules: [] };
  endless.rules.push(endless);
  refused(() => book.count(endless), FilterError, { code: "E0502" });
  const throwing = { v: 1, get filter() { throw new RangeError("mine"); } };
  assert.throws(() => book.count(throwing), RangeError);
});

test("problems in objects have pointers and ids", () => {
  const book = bookOfOne();
  const tree = { combinator: "and", rules: [{ id: "r1", field: "biled", operator: "=", value: 1 }] };
  const error = refused(() => book.filter(tree), FilterError, { code: "E0201" });
  const { pointer, id, start, end } = error.diagnostics[0];
  assert.deepEqual({ pointer, id, start, end }, { pointer: "/rules/0/field", id: "r1", start: null, end: null });
});

test("warnings say where in the text they are", () => {
  const book = bookOfOne();
  const text = 'first_name = "😀" or source != web';
  const [lint] = book.filter(text).lints;
  assert.deepEqual([lint.code, lint.severity, text.slice(lint.start, lint.end)], ["W0901", "warning", "source != web"]);
  assert.equal(lint.help, "add `and source is not empty` to leave them out");
});

test("what a query builder cannot say is refused", () => {
  const book = bookOfOne();
  refused(() => book.filter("everyone").toQueryBuilder(), FilterError, { code: "E0705" });
});

test("the fields of a query builder", () => {
  const fields = bookOfOne().queryBuilderFields();
  const status = fields.find(({ name }) => name === "status");
  assert.deepEqual([status.label, status.datatype, status.valueEditorType], ["Status", "status", "select"]);
  assert.deepEqual(status.values[0], { name: "lead", label: "Lead" });
  assert.ok(fields.some(({ name }) => name === "billed") && fields.some(({ name }) => name === "count(payment)"));
});

test("a filter shows itself", () => {
  const filter = bookOfOne().filter("status = lead");
  assert.equal(JSON.stringify({ filter }), JSON.stringify({ filter: CANONICAL }));
  assert.match(inspect(filter), /^Filter \{ v: 1, /);
});

test("a filter outlives the batch that read it", () => {
  const book = bookOfOne();
  let dropped;
  book.preview((inside) => {
    inside.defineTag("first");
    dropped = inside.filter("tags has first");
  });
  // The tag of the preview is gone, and its number is another tag's.
  book.createContact({ tags: ["second"] });
  refused(() => book.count(dropped), FilterError, { code: "E0204" });
  assert.equal(dropped.toString(), 'tags has "first"');
});
