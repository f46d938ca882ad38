// Fields, options, statuses, kinds of interaction and tags.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError, InvalidValueError, NotFoundError } from "tagmata";
import { refused } from "./refused.mjs";

test("fields with labels and options", () => {
  const book = new Book();
  book.defineField("billed", "number", { label: "Montant facturé" });
  book.defineField("software", "multi_select", { options: ["Xero", "MYOB"] });
  book.defineField("plan", "select", { options: { basic: "Basique" } });
  book.updateField("plan", { label: "Formule", addOptions: { pro: "Professionnel" } });
  book.renameOption("plan", "basic", "De base");
  assert.deepEqual(book.fields().slice(18), [
    { key: "billed", label: "Montant facturé", type: "number", options: [] },
    {
      key: "software",
      label: "Software",
      type: "multi_select",
      options: [
        { key: "Xero", label: "Xero" },
        { key: "MYOB", label: "MYOB" },
      ],
    },
    {
      key: "plan",
      label: "Formule",
      type: "select",
      options: [
        { key: "basic", label: "De base" },
        { key: "pro", label: "Professionnel" },
      ],
    },
  ]);
  assert.deepEqual(book.fields()[0], { key: "id", label: "Id", type: "id", options: [] });
  book.createContact({ plan: "Basique" });
  assert.equal(book.count('`Formule` = "De base"'), 1);
  book.deleteOption("plan", "basic");
  assert.equal(book.count("plan is empty"), 1);
  book.deleteField("plan");
  refused(() => book.deleteField("plan"), NotFoundError, { code: "E0201" });
});

test("statuses in their order", () => {
  const book = new Book();
  book.defineStatus("churned", { label: "Perdu" });
  book.updateStatus("churned", { position: 1 });
  book.updateStatus("vip", { label: "Grand compte" });
  assert.deepEqual(book.statuses(), [
    { key: "lead", label: "Lead" },
    { key: "churned", label: "Perdu" },
    { key: "active", label: "Active" },
    { key: "vip", label: "Grand compte" },
    { key: "inactive", label: "Inactive" },
  ]);
  book.createContact({ status: "churned" });
  refused(() => book.deleteStatus("churned"), ConflictError, { code: "E0807" });
  book.deleteStatus("churned", { replacement: "active" });
  assert.equal(book.count("status = active"), 1);
});

test("kinds of interaction", () => {
  const book = new Book();
  book.defineKind("demo");
  book.defineKind("mailing", { outgoing: true });
  assert.deepEqual(book.kinds().slice(8), [
    { key: "demo", outgoing: false },
    { key: "mailing", outgoing: true },
  ]);
  const zoe = book.createContact({ first_name: "Zoé" });
  book.record(zoe, "mailing");
  assert.equal(book.contact(zoe).lastInteraction, null);
});

test("tags with their counts, whatever they are called", () => {
  const book = new Book();
  book.createContact({ tags: ["web", "__proto__"] });
  book.createContact({ tags: ["WEB"] });
  book.defineTag("vip");
  assert.deepEqual(Object.entries(book.tags()), [["web", 2], ["__proto__", 1], ["vip", 0]]);
  book.renameTag("web", "Site");
  book.deleteTag("vip");
  assert.deepEqual(Object.keys(book.tags()), ["Site", "__proto__"]);
  assert.equal(book.count("tags has web"), 2);
});

test("what is in use is deleted only by force", () => {
  const book = new Book();
  book.defineTag("vip");
  book.createSegment("VIPs", { filter: "tags has vip" });
  refused(() => book.deleteTag("vip"), ConflictError, { code: "E0807" });
  refused(() => book.deleteTag("vip", { force: 1 }), InvalidValueError, { message: "`force` takes true or false, not a number" });
  book.deleteTag("vip", { force: true });
  assert.equal(book.segment("VIPs").error.code, "E0808");
});

test("wrong definitions are refused", () => {
  const book = new Book();
  const table = [
    [() => book.defineField("billed", "nubmer"), InvalidValueError, "E0805", "`type` does not take `nubmer`"],
    [() => book.defineField("billed"), InvalidValueError, "E0407", "`type` takes text, not nothing"],
    [() => book.defineField("two words", "text"), InvalidValueError, "E0801", "`two words` is not a key"],
    [() => book.defineField("email", "text"), ConflictError, "E0803", "the name `email` is taken"],
    [() => book.defineField("plan", "select", { option: [] }), InvalidValueError, "E0602", "`defineField` has no option `option`"],
    [
      () => book.defineField("plan", "select", { options: "basic" }),
      InvalidValueError,
      "E0407",
      "`options` takes a list of names, or an object of labels by key, not text",
    ],
    [() => book.updateStatus("vip", { position: -1 }), InvalidValueError, "E0407", "`position` takes a place from 0, not -1"],
    [() => book.defineTag(" "), InvalidValueError, "E0802", "a name may not be blank"],
  ];
  for (const [call, Class, code, message] of table) {
    refused(call, Class, { code, message });
  }
});
