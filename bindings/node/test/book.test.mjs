// How a book is made, and what its calls remember.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as tagmata from "tagmata";
import { Book, InvalidValueError } from "tagmata";
import { refused } from "./refused.mjs";

test("both kinds of modules have the same exports", () => {
  const required = createRequire(import.meta.url)("tagmata");
  assert.deepEqual(Object.keys(tagmata).sort(), Object.keys(required).sort());
  assert.equal(tagmata.Book, required.Book);
});

test("settings decide what values and filters mean", () => {
  const book = new Book({
    timezone: "Europe/Paris",
    defaultCountry: "FR",
    weekStart: "sunday",
    leapDay: "mar_1",
    clock: "2026-11-22T10:00:00+01:00", // a Sunday
  });
  const zoe = book.createContact({ mobile: "06 12 34 56 78", created_at: "2026-11-21T23:59:00" });
  assert.equal(book.contact(zoe).mobile, "+33612345678");
  assert.deepEqual(book.contact(zoe).createdAt, new Date("2026-11-21T22:59:00Z"));
  assert.equal(book.count("created_at in this week"), 0);
  assert.equal(book.count("created_at yesterday"), 1);
});

test("without settings, the defaults of the core hold, and the clock runs", () => {
  const before = new Date();
  for (const book of [new Book(), new Book({}), new Book({ timezone: undefined, defaultCountry: null, clock: "system" })]) {
    assert.ok(book.now >= before && book.now <= new Date());
    refused(() => book.createContact({ mobile: "06 12 34 56 78" }), InvalidValueError, { code: "E0403" });
  }
});

test("wrong settings are refused with what is allowed", () => {
  const table = [
    [{ timezon: "UTC" }, "E0602", "`Book` has no option `timezon`"],
    [{ timezone: "Europe/Pariss" }, "E0805", "there is no time zone `Europe/Pariss`"],
    [{ weekStart: "mittwoch" }, "E0805", "`mittwoch` is no day of the week"],
    [{ weekStart: 1 }, "E0407", "`weekStart` takes text, not a number"],
    [{ leapDay: "never" }, "E0805", "`never` is no rule for 29 February"],
    [{ defaultCountry: "+33" }, "E0207", "there is no country `+33`"],
    [{ clock: "sometimes" }, "E0805", "`clock` does not take `sometimes`"],
    [{ clock: new Date("no") }, "E0407", "`clock` takes a datetime, not an invalid date"],
    [{ clock: 0 }, "E0407", "`clock` takes a datetime, not a number"],
    [{ limits: { nods: 3 } }, "E0602", "`limits` has no option `nods`"],
    [{ limits: { nodes: 1.5 } }, "E0407", "`nodes` takes a whole number, not 1.5"],
    ["UTC", "E0407", "`Book` takes its options as an object, not text"],
  ];
  for (const [options, code, message] of table) {
    refused(() => new Book(options), InvalidValueError, { code, message });
  }
  const error = refused(() => new Book({ timezon: "UTC" }), InvalidValueError, {});
  assert.deepEqual(error.diagnostics[0].expected, [
    "timezone",
    "defaultCountry",
    "weekStart",
    "leapDay",
    "limits",
    "clock",
  ]);
});

test("limits are those of the book", () => {
  const book = new Book({ limits: { nodes: 3 } });
  assert.equal(book.count("status = lead and email is empty"), 0);
  refused(() => book.count("status = lead and email is empty and mobile is empty"), tagmata.FilterError, { code: "E0504" });
});

test("the last outcome is that of the last change, whatever the call returned", () => {
  const book = new Book();
  assert.equal(book.lastOutcome, null);
  const zoe = book.createContact({ first_name: "Zoé" }, { actor: "ana" });
  assert.equal(book.lastOutcome.commit.number, 1);
  assert.equal(book.lastOutcome.commit.actor, "ana");
  const outcome = book.addTags([zoe], ["vip"]);
  assert.deepEqual(book.lastOutcome.commit.toJSON(), outcome.commit.toJSON());
  assert.throws(() => book.addTags([zoe], [""]));
  book.preview((inside) => inside.removeTags([zoe], ["vip"]));
  assert.equal(book.lastOutcome.commit.number, 2);
});

test("a book can be extended, and is made with new", () => {
  class Crm extends Book {
    leads() {
      return this.count("status = lead");
    }
  }
  const crm = new Crm();
  crm.createContact({ first_name: "Zoé" });
  assert.equal(crm.leads(), 1);
  assert.ok(crm instanceof Book && crm.constructor === Crm);
  assert.equal(Book.name, "Book");
  assert.throws(() => Book(), { name: "TypeError", message: "Class constructor Book cannot be invoked without 'new'" });
  assert.throws(() => new tagmata.Contact());
});
