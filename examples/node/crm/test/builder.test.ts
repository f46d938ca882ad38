import assert from "node:assert/strict";
import { test } from "node:test";
import { Book } from "tagmata";
import type { BuilderField, QueryTree } from "../shared/api.ts";
import { fieldGroups } from "../client/filter/fields.ts";
import { membersOf } from "../client/filter/text.ts";
import { editorOf, fits, fitted, initial } from "../client/filter/values.ts";
import { languages } from "../client/words/languages.ts";

function book(): Book {
  const book = new Book();
  book.defineField("billed", "number");
  book.defineField("birthday", "date");
  book.defineField("newsletter", "bool");
  book.defineField("plan", "select", { options: ["basic", "pro"] });
  book.defineField("software", "multi_select", { options: ["Sage", "EBP"] });
  book.defineTag("vip");
  book.createSegment("Nord");
  return book;
}

const tree = (field: string, operator: string, value?: unknown): QueryTree => ({
  combinator: "and",
  rules: [{ field, operator, value }],
});

test("every operator of every field has an editor, which shows what the engine writes", () => {
  const written = book();
  const fields = written.queryBuilderFields() as BuilderField[];
  const filters = [
    "status = lead", "status in (lead, vip)", "billed between 1 and 5", "billed in (1, 2)", "newsletter is false", "plan = pro",
    "software has any (Sage)", "software has only (Sage, EBP)", "tags has vip", "not tags has vip", "segments is empty",
    "created_at in last 30 days", "created_at in last 2 calendar months", "created_at in last month", "birthday in next year",
    "created_at in this month", "created_at today", "birthday anniversary in next 7 days", "birthday anniversary on 12-25",
    "birthday anniversary in this month", "birthday anniversary today", "created_at before now - 3 days",
    "birthday between 2000-01-01 and today", "created_at > 2026-01-31T12:00:00Z", "last_interaction more than 180 days ago",
    "last(appointment) less than 2 weeks from now", "count(payment) >= 2", 'search "zoe"', 'first_name starts with "Z"', "id in (3, 14)",
  ];
  for (const text of filters) {
    const { rules } = written.filter(text).toQueryBuilder();
    for (const rule of rules) {
      assert.ok("field" in rule, text);
      const field = fields.find(({ name }) => name === rule.field);
      assert.ok(field, `${text}: ${rule.field}`);
      const editor = editorOf(field, rule.operator);
      assert.ok(fits(editor, rule.value), `${text}: ${editor} takes no ${JSON.stringify(rule.value)}`);
    }
  }
});

test("what an editor begins with is a filter, or says that a value is missing", () => {
  const written = book();
  for (const field of written.queryBuilderFields() as BuilderField[]) {
    for (const { name: operator } of field.operators) {
      const editor = editorOf(field, operator);
      const value = initial(editor, field);
      const missing = value === "" || (Array.isArray(value) && (value.length === 0 || value[0] === ""));
      const read = () => written.filter(tree(field.name, operator, value));
      if (missing && editor !== "none") assert.throws(read, { name: "FilterError" }, `${field.name} ${operator}`);
      else assert.doesNotThrow(read, `${field.name} ${operator} ${JSON.stringify(value)}`);
    }
  }
});

test("a value that another operator left behind gives way", () => {
  const fields = book().queryBuilderFields() as BuilderField[];
  const fieldOf = (name: string) => fields.find((field) => field.name === name);
  const table: [from: QueryTree, value: unknown][] = [
    [tree("status", "in", "lead"), ["lead"]],
    [tree("status", "=", ["lead"]), "lead"],
    [tree("status", "=", "gone"), "lead"],
    [tree("created_at", "inLast", "2026-01-31"), { n: 30, unit: "day" }],
    [tree("created_at", "before", { n: 30, unit: "day" }), { anchor: "today" }],
    [tree("billed", ">", "12"), "12"],
    [tree("billed", "between", "12"), ["", ""]],
    [tree("newsletter", "=", ""), true],
  ];
  for (const [from, value] of table) {
    assert.deepEqual(fitted(from, fieldOf).rules, [{ ...from.rules[0], value }], JSON.stringify(from));
  }
  const right = tree("billed", ">", 12);
  assert.equal(fitted(right, fieldOf), right);
});

test("aggregates with a time or a label are fields of the trees that have them", () => {
  const written = book();
  const built = written.filter('sum(payment in last 90 days) > 5 and last(invoice labelled "x") is empty').toQueryBuilder() as QueryTree;
  const groups = fieldGroups(languages.en, written.queryBuilderFields() as BuilderField[], written.fields(), built);
  const happened = groups.find(({ label }) => label === "What happened")?.options ?? [];
  const own = groups.find(({ label }) => label === "Own fields")?.options.map(({ name }) => name);
  const found = built.rules.map((rule) => happened.find(({ name }) => "field" in rule && name === rule.field)?.datatype);
  assert.deepEqual([found, own], [["number", "datetime"], ["billed", "birthday", "newsletter", "plan", "software"]]);
});

test("the filter for the members of a segment names it, whatever its name is", () => {
  const written = book();
  for (const name of ["Nord", 'alias "El Toro"', "back\\slash", "two\nlines"]) {
    if (name !== "Nord") written.createSegment(name);
    assert.equal(written.count(membersOf(name)), 0, name);
  }
});
