// Rules and default rules: what the suites of commands do not say about the package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, InvalidValueError } from "tagmata";
import { refused } from "./refused.mjs";

const NOW = new Date("2026-11-24T09:00:00Z");

function bookOfFields() {
  const book = new Book({ clock: NOW });
  book.defineField("due", "date");
  book.defineField("billed", "number");
  return book;
}

test("a rule tells what it was given", () => {
  const book = bookOfFields();
  book.createSegment("Nord");
  const made = book.addRule("all", {
    on: "payment",
    condition: book.filter("billed > 1"),
    setStatus: "vip",
    addTags: ["gold"],
    addToSegments: ["Nord"],
    setFields: { due: "2026-12-01", billed: null },
    enabled: false,
  });
  assert.deepEqual(made.warnings, []);
  assert.deepEqual(book.rules(), [
    {
      name: "all",
      enabled: false,
      on: "payment",
      when: null,
      condition: "billed > 1",
      setStatus: "vip",
      addTags: ["gold"],
      removeTags: [],
      addToSegments: ["Nord"],
      removeFromSegments: [],
      setFields: { due: "2026-12-01", billed: null },
      error: null,
    },
  ]);
});

test("a condition stays unless null takes it away", () => {
  const book = bookOfFields();
  const rule = () => book.rules().map(({ condition, setStatus }) => [condition, setStatus])[0];
  book.addRule("r", { when: "everyone", condition: "billed > 1", setStatus: "vip", addTags: ["gold"] });
  book.updateRule("r", { enabled: false, condition: undefined });
  assert.deepEqual(rule(), ["billed > 1", "vip"]);
  book.updateRule("r", { condition: null, setStatus: null });
  assert.deepEqual(rule(), [null, null]);
});

test("all problems are told, each in its part", () => {
  const book = bookOfFields();
  const condition = { v: 1, filter: { op: "=", field: "status", value: "laed" } };
  const rule = { when: 'source = "😀" and biled > 1', condition, addToSegments: ["Nrod"] };
  assert.throws(
    () => book.addRule("r", rule),
    ({ diagnostics }) => {
      const told = diagnostics.map(({ code, pointer, start, end }) => [code, pointer, start, end]);
      assert.deepEqual(told, [
        ["E0201", "/when", 18, 23],
        ["E0202", "/condition/filter/value", null, null],
        ["E0205", "/add_to_segments/0", null, null],
      ]);
      return true;
    },
  );
});

test("warnings are told", () => {
  const book = bookOfFields();
  book.addRule("a", { on: "payment", condition: "billed > 1", setStatus: "vip" });
  const { warnings } = book.addRule("b", { on: "payment", setStatus: "inactive" });
  assert.deepEqual(
    warnings.map(({ code, severity }) => [code, severity]),
    [["W0905", "warning"], ["W0905", "warning"]],
  );
  const idle = book.addRule("c", { when: "status = vip", setStatus: "vip" }).warnings;
  assert.deepEqual(
    idle.map(({ message }) => message),
    ["the rule `c` sets the status `vip`, which is so already wherever it fires"],
  );
});

test("a default rule that is switched on says what it gives way to", () => {
  const book = bookOfFields();
  book.setAutomation({ leadToActive: false });
  assert.deepEqual(book.addRule("a", { on: "payment", setStatus: "vip" }).warnings, []);
  const { warnings } = book.setAutomation({ leadToActive: true });
  assert.deepEqual(
    warnings.map(({ message }) => message),
    [
      "the rule `a` and the default rule `first_payment` may fire together: " +
        "`a` is first and sets the status `vip` instead of `active`",
    ],
  );
});

test("time makes commits", () => {
  const book = bookOfFields();
  const zoe = book.createContact({ first_name: "Zoé" });
  book.record(zoe, "appointment", { at: "2026-11-25T10:00:00Z" });
  const { commits } = book.advance("2026-11-26T00:00:00Z");
  assert.deepEqual(commits.map(({ cause, at, contacts }) => [cause, at.toISOString(), Array.from(contacts)]), [
    ["rule", "2026-11-25T10:00:00.000Z", [zoe]],
  ]);
  const { cause, rule, old, new: after } = book.contact(zoe).history.at(-1);
  assert.deepEqual([cause, rule, old, after], ["rule", "first_appointment", "lead", "active"]);
});

test("switches are given as they are told", () => {
  const book = new Book();
  const { rules } = book.automation();
  book.setAutomation({ leadToActive: false, rules: { ...rules, first_invoice: false } });
  const all = { first_appointment: true, first_group_event: true, first_payment: true, first_invoice: false };
  assert.deepEqual(book.automation(), { leadToActive: false, rules: all });
});

test("arguments of other types", () => {
  const book = bookOfFields();
  const wrong = (rule, message) => refused(() => book.addRule("r", rule), InvalidValueError, { message });
  wrong({ on: 1 }, "`on` takes text, not a number");
  wrong({ on: "payment", enabled: "yes" }, "`enabled` takes true or false, not text");
  wrong({ on: "payment", position: -1, addTags: ["x"] }, "`position` takes a place from 0, not -1");
});
