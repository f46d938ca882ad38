// Contacts: made, changed, found, read, merged, deleted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Book, ConflictError, Contact, InvalidValueError, NotFoundError } from "tagmata";
import { refused } from "./refused.mjs";

const NOW = new Date("2026-11-24T09:00:00Z");

function bookOfFields() {
  const book = new Book({ timezone: "Europe/Paris", defaultCountry: "FR", clock: NOW });
  book.defineField("billed", "number", { label: "Montant facturé" });
  book.defineField("opt_in", "bool");
  book.defineField("birthday", "date");
  book.defineField("seen", "datetime");
  book.defineField("plan", "select", { options: { pro: "Professionnel" } });
  book.defineField("software", "multi_select", { options: ["Xero", "MYOB"] });
  return book;
}

test("values of every type come back as they are", () => {
  const book = bookOfFields();
  book.createSegment("Nord");
  book.createSegment("All", { filter: "everyone" });
  const zoe = book.createContact({
    external_id: "c-1",
    first_name: "Zoé",
    last_name: "Martin",
    email: "ZOE@example.com",
    mobile: "06 12 34 56 78",
    country: "FR",
    tags: ["vip"],
    segments: ["nord"],
    billed: 120.5,
    opt_in: true,
    birthday: "1990-02-28",
    seen: new Date("2026-11-01T10:00:00.123Z"),
    plan: "Professionnel",
    software: ["MYOB", "Xero"],
    organization: null,
    source: undefined,
  });
  assert.equal(zoe, 0);
  const contact = book.contact(zoe);
  assert.ok(contact instanceof Contact);
  assert.deepEqual(contact.toObject(), {
    id: 0,
    external_id: "c-1",
    account_number: null,
    first_name: "Zoé",
    last_name: "Martin",
    name: "Zoé Martin",
    email: "ZOE@example.com",
    mobile: "+33612345678",
    country: "FR",
    organization: null,
    source: null,
    status: "lead",
    status_changed_at: NOW,
    tags: ["vip"],
    segments: ["Nord", "All"],
    created_at: NOW,
    updated_at: NOW,
    last_interaction: null,
    billed: 120.5,
    opt_in: true,
    birthday: "1990-02-28",
    seen: new Date("2026-11-01T10:00:00.123Z"),
    plan: "pro",
    software: ["Xero", "MYOB"],
  });
  const { id, externalId, accountNumber, firstName, lastName, name, email, mobile, country } = contact;
  assert.deepEqual(
    [id, externalId, accountNumber, firstName, lastName, name, email, mobile, country],
    [0, "c-1", null, "Zoé", "Martin", "Zoé Martin", "ZOE@example.com", "+33612345678", "FR"],
  );
  const { organization, source, status, statusChangedAt, tags, segments, createdAt, updatedAt, lastInteraction } = contact;
  assert.deepEqual(
    [organization, source, status, statusChangedAt, tags, segments, createdAt, updatedAt, lastInteraction],
    [null, null, "lead", NOW, ["vip"], ["Nord", "All"], NOW, NOW, null],
  );
});

test("a field is got by its key or its label", () => {
  const book = bookOfFields();
  const contact = book.contact(book.createContact({ billed: 3 }));
  assert.equal(contact.get("billed"), 3);
  assert.equal(contact.get("BILLED"), 3);
  assert.equal(contact.get("Montant facturé"), 3);
  assert.equal(contact.get("plan"), null);
  const error = refused(() => contact.get("biled"), NotFoundError, { code: "E0201", message: "there is no field `biled`" });
  assert.equal(error.diagnostics[0].help, "did you mean `billed`?");
});

test("a contact is as it was when it was asked for", () => {
  const book = bookOfFields();
  const zoe = book.createContact({ first_name: "Zoé", tags: ["vip"] });
  const before = book.contact(zoe);
  book.updateContact(zoe, { first_name: "Zoë" });
  book.renameTag("vip", "gold");
  book.deleteContacts([zoe]);
  assert.deepEqual([before.firstName, before.tags], ["Zoé", ["vip"]]);
});

test("null clears a value, undefined says nothing about it", () => {
  const book = bookOfFields();
  const zoe = book.createContact({ first_name: "Zoé", source: "web", billed: 3 });
  const outcome = book.updateContact(zoe, { billed: 300, source: null, first_name: undefined }, { actor: "ana" });
  assert.equal(outcome.commit.actor, "ana");
  const contact = book.contact(zoe);
  assert.deepEqual([contact.firstName, contact.source, contact.get("billed")], ["Zoé", null, 300]);
});

test("all problems of the values come at once, each with its field", () => {
  const book = bookOfFields();
  const values = { fist_name: "Zoé", email: "zoe@", billed: "many", birthday: new Date(), plan: "gold" };
  const error = refused(() => book.createContact(values), InvalidValueError, { code: "E0201" });
  assert.deepEqual(
    error.diagnostics.map(({ field, code }) => [field, code]),
    [
      ["fist_name", "E0201"],
      ["email", "E0405"],
      ["billed", "E0104"],
      ["birthday", "E0407"],
      ["plan", "E0203"],
    ],
  );
  refused(() => book.createContact({ billed: {} }), InvalidValueError, { message: "`billed` takes a value, not an object" });
  refused(() => book.createContact({ tags: [1] }), InvalidValueError, { message: "`tags` takes text, not a number" });
  refused(() => book.createContact([]), InvalidValueError, {
    message: "`values` takes an object of values by field, not a list",
  });
  assert.equal(book.count("everyone"), 0);
});

test("what happened, and what changed", () => {
  const book = bookOfFields();
  const zoe = book.createContact({ first_name: "Zoé" }, { actor: "ana" });
  book.record(zoe, "payment", { at: "2026-11-20T10:00:00", amount: "49.90", label: "Invoice 7", actor: "shop" });
  book.record(zoe, "email_sent");
  book.record(zoe, "payment", { at: new Date("2026-11-01T00:00:00Z"), amount: 0.1 });
  book.addTags([zoe], ["vip"]);
  book.createSegment("Nord", { members: [zoe] });
  book.setStatus([zoe], "vip", { actor: "léo" });
  book.removeFromSegment([zoe], "Nord");
  book.removeTags([zoe], ["vip"]);
  const contact = book.contact(zoe);
  assert.deepEqual(contact.interactions, [
    { kind: "payment", at: new Date("2026-11-01T00:00:00Z"), amount: 0.1, label: null },
    { kind: "payment", at: new Date("2026-11-20T09:00:00Z"), amount: 49.9, label: "Invoice 7" },
    { kind: "email_sent", at: NOW, amount: null, label: null },
  ]);
  assert.deepEqual(contact.lastInteraction, new Date("2026-11-20T09:00:00Z"));
  const told = contact.history.map(({ change, old, new: after, actor }) => [change, old, after, actor]);
  assert.deepEqual(told, [
    ["created", null, null, "ana"],
    ["status", "lead", "active", "shop"],
    ["tag_added", null, "vip", null],
    ["segment_added", null, "Nord", null],
    ["status", "active", "vip", "léo"],
    ["segment_removed", "Nord", null, null],
    ["tag_removed", "vip", null, null],
  ]);
  assert.deepEqual(contact.history[0].at, NOW);
  assert.equal(contact.history[0].cause, "call");
  assert.deepEqual([contact.history[1].cause, contact.history[1].rule], ["rule", "first_payment"]);
  assert.equal(book.count("sum(payment) = 50"), 1);
});

test("amounts are exact", () => {
  const book = bookOfFields();
  const zoe = book.createContact({ first_name: "Zoé" });
  refused(() => book.record(zoe, "payment", { amount: "1.1234567" }), InvalidValueError, { code: "E0404" });
  refused(() => book.record(zoe, "payment", { amount: NaN }), InvalidValueError, { code: "E0104" });
  refused(() => book.record(zoe, "paymnt"), NotFoundError, { message: "there is no kind of interaction `paymnt`" });
  refused(() => book.record(zoe, "payment", { when: NOW }), InvalidValueError, { code: "E0602" });
});

test("contacts are found by their keys", () => {
  const book = bookOfFields();
  const zoe = book.createContact({ email: "zoe@example.com", mobile: "06 12 34 56 78" });
  assert.equal(book.find({ email: "ZOE@example.com" }), zoe);
  assert.equal(book.find({ mobile: "+33 6 12 34 56 78" }), zoe);
  assert.equal(book.find({ external_id: "c-1" }), null);
  const twin = book.createContact({ email: "Zoe@Example.com" });
  refused(() => book.find({ email: "zoe@example.com" }), ConflictError, {
    code: "E1203",
    contacts: Uint32Array.of(zoe, twin),
  });
  const table = [
    [{ source: "web" }, InvalidValueError, "contacts are not found by `source`"],
    [{ emial: "x" }, NotFoundError, "there is no field `emial`"],
    [{}, InvalidValueError, "`find` takes an object of one field and its value, not one of 0"],
    [{ email: "x", mobile: "y" }, InvalidValueError, "`find` takes an object of one field and its value, not one of 2"],
    [{ email: 3 }, InvalidValueError, "`email` takes text, not a number"],
    ["zoe@example.com", InvalidValueError, "`find` takes an object of one field and its value, not text"],
  ];
  for (const [key, Class, message] of table) {
    refused(() => book.find(key), Class, { message });
  }
});

test("merged contacts are one, and their keys lead to it", () => {
  const book = bookOfFields();
  const zoe = book.createContact({ email: "zoe@example.com", tags: ["vip"] });
  const twin = book.createContact({ email: "z.martin@example.com", last_name: "Martin" });
  book.mergeContacts(zoe, [twin]);
  assert.equal(book.find({ email: "z.martin@example.com" }), zoe);
  assert.equal(book.contact(zoe).lastName, "Martin");
  const { change, old, new: after } = book.contact(zoe).history.at(-1);
  assert.deepEqual([change, old, after], ["merged", twin, null]);
  refused(() => book.contact(twin), NotFoundError, { code: "E0804" });
});

test("deleted contacts come back by an undo", () => {
  const book = bookOfFields();
  const [zoe, leo] = ["Zoé", "Léo"].map((first_name) => book.createContact({ first_name }));
  const outcome = book.deleteContacts("first_name = zoé");
  assert.deepEqual(Array.from(book.select("everyone")), [leo]);
  book.undo(outcome);
  assert.equal(book.contact(zoe).firstName, "Zoé");
});

test("an id is a whole number", () => {
  const book = bookOfFields();
  for (const [id, found] of [[-1, "-1"], [1.5, "1.5"], [NaN, "NaN"], [2 ** 32, "4294967296"], ["0", "text"], [undefined, "nothing"]]) {
    refused(() => book.contact(id), InvalidValueError, { message: `\`contact\` takes the id of a contact, not ${found}` });
  }
  refused(() => book.contact(7), NotFoundError, { message: "there is no contact 7" });
});

test("a contact shows itself", () => {
  const book = new Book({ clock: NOW });
  const contact = book.contact(book.createContact({ first_name: "Zoé" }));
  assert.match(inspect(contact), /^Contact \{\n  id: 0,\n/);
  assert.equal(JSON.parse(JSON.stringify(contact)).first_name, "Zoé");
});
