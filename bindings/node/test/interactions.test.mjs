// Interactions: many at once, from lists and from columns; deleted; from files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book } from "tagmata";

const NOW = "2026-11-24T09:00:00Z";
// The zone of the book is an hour ahead of UTC in November.
const AT = new Date("2026-11-20T10:00:00Z");
const LOCAL = "2026-11-20T11:00:00";

function world() {
  const book = new Book({ timezone: "Europe/Paris", clock: NOW });
  for (const [first_name, email] of [["Zoé", "zoe@example.com"], ["Léo", "info@example.com"], ["Ana", "info@example.com"]]) {
    book.createContact({ first_name, email, country: "FR" });
  }
  return book;
}

const seen = (book, id) => book.contact(id).interactions.map(({ kind, at, amount, label }) => [kind, at.toISOString(), amount, label]);

test("all spellings of many say the same", () => {
  const table = [
    [{ contact: 1, kind: "payment", at: AT, amount: "12.5", label: "Plan A" }, { contact: 0, kind: "message", at: null }],
    [[1, "payment", LOCAL, 12.5, "Plan A"], [0, "message"]],
    { contact: [1, 0], kind: ["payment", "message"], at: [AT, null], amount: [12.5, null], label: ["Plan A", null] },
    {
      contact: new Uint32Array([1, 0]), kind: ["payment", "message"], at: new Float64Array([AT.getTime(), NaN]),
      amount: new Float64Array([12.5, NaN]), label: ["Plan A", undefined],
    },
  ];
  const expected = [["payment", AT.toISOString(), seen(once([1, "payment", AT, 12.5]), 1)[0][2], "Plan A"]];
  for (const interactions of table) {
    const book = world();
    const outcome = book.recordMany(interactions, { actor: "ana" });
    assert.deepEqual(seen(book, 1), expected);
    assert.deepEqual(seen(book, 0), [["message", new Date(NOW).toISOString(), null, null]]);
    book.undo(outcome);
    assert.deepEqual([seen(book, 0), seen(book, 1)], [[], []]);
  }
});

function once(interaction) {
  const book = world();
  book.recordMany([interaction]);
  return book;
}

test("one value is that of all", () => {
  const book = world();
  book.recordMany({ contact: [0, 1], kind: "payment", at: LOCAL, amount: 3, label: "Plan A" });
  assert.equal(book.count('sum(payment labelled "plan a") = 3 and count(payment on 2026-11-20) = 1'), 2);
});

test("what is no interaction is refused, and nothing is recorded", () => {
  const table = [
    [{ contact: [0, 1], kind: ["payment"] }, /`kind` takes 2 values, not 1/],
    [{ contact: [0] }, /`recordMany` takes the columns `contact` and `kind`/],
    [{ contact: [0], kind: "payment", ammount: 1 }, /did you mean `amount`\?/],
    ["payment", /a list of interactions/],
  ];
  const book = world();
  for (const [interactions, message] of table) {
    assert.throws(() => book.recordMany(interactions), message);
  }
  assert.equal(book.count("last_interaction is empty"), 3);
});

test("all problems are told in their places", () => {
  // The first kind of problem is that of the whole; `bindings/python/tests/test_interactions.py` has the same rows.
  const table = [
    [
      [[0, "payment"], [7, "paymnt"], [1, "call"]],
      "NotFoundError",
      [
        ["/1/contact", "E0804", "there is no contact 7"],
        ["/1/kind", "E0206", "there is no kind of interaction `paymnt`"],
        ["/2/kind", "E0206", "there is no kind of interaction `call`"],
      ],
    ],
    [
      [
        [0, "payment", AT, "1,5"], { contact: 0, kind: "paymnt", amount: "1.0000001" }, [0, "payment", AT, true],
        [0, "payment", AT, Infinity], [7, 8, 9, [1], 5], [1.5, "payment"], [-1, "payment"], ["Zoé", "payment"],
      ],
      "InvalidValueError",
      [
        ["/0/amount", "E0104", "`1,5` is not a number"],
        ["/1/kind", "E0206", "there is no kind of interaction `paymnt`"],
        ["/1/amount", "E0404", "`1.0000001` is not an amount"],
        ["/2/amount", "E0407", "`amount` takes a number, not true or false"],
        ["/3/amount", "E0104", "`inf` is not a number"],
        ["/4/contact", "E0804", "there is no contact 7"],
        ["/4/kind", "E0407", "`kind` takes text, not a number"],
        ["/4/at", "E0407", "`at` takes a datetime, not a number"],
        ["/4/amount", "E0407", "`amount` takes a number, not a list"],
        ["/4/label", "E0407", "`label` takes text, not a number"],
        ["/5/contact", "E0407", "`contact` takes the id of a contact, not 1.5"],
        ["/6/contact", "E0407", "`contact` takes the id of a contact, not -1"],
        ["/7/contact", "E0407", "`contact` takes the id of a contact, not text"],
      ],
    ],
    [
      [
        [0, "payment"], { contact: 0 }, {}, { contact: 0, kind: "payment", ammount: 1, "a/b": 2 }, 7, "payment", null,
        [0, "payment", null, null, null, null],
      ],
      "InvalidValueError",
      [
        ["/1/kind", "E0407", "`kind` takes the key of a kind, not nothing"],
        ["/2/contact", "E0407", "`contact` takes the id of a contact, not nothing"],
        ["/2/kind", "E0407", "`kind` takes the key of a kind, not nothing"],
        ["/3/ammount", "E0602", "`recordMany` has no option `ammount`"],
        ["/3/a~1b", "E0602", "`recordMany` has no option `a/b`"],
        ["/4", "E0407", "`recordMany` takes objects or lists, not a number"],
        ["/5", "E0407", "`recordMany` takes objects or lists, not text"],
        ["/6", "E0407", "`recordMany` takes objects or lists, not nothing"],
        ["/7", "E0407", "`recordMany` takes at most 5 values for each, not 6"],
      ],
    ],
    // Here, instants are text, too.
    [
      [[0, "payment", LOCAL], [0, "payment", "2026-11-31T10:00"], [0, "payment", new Date(NaN)]],
      "InvalidValueError",
      [
        ["/1/at", "E0105", "`2026-11-31T10:00` is not a datetime"],
        ["/2/at", "E0407", "`at` takes a datetime, not an invalid date"],
      ],
    ],
  ];
  const book = world();
  for (const [interactions, expected, problems] of table) {
    assert.throws(() => book.recordMany(interactions), ({ name, diagnostics }) => {
      assert.equal(name, expected);
      assert.deepEqual(diagnostics.map(({ pointer, code, message }) => [pointer, code, message]), problems);
      return true;
    });
  }
  assert.equal(book.count("last_interaction is empty"), 3);
});

test("just those are deleted that are asked for", () => {
  const book = world();
  book.recordMany([[0, "payment", AT, 1, "Plan A"], [0, "message", AT], [1, "payment", AT]]);
  book.deleteInteractions("country = FR", { kind: "payment", label: "PLAN A" });
  assert.deepEqual(seen(book, 0).map(([kind]) => kind), ["message"]);
  book.deleteInteractions([0, 1], { until: LOCAL });
  assert.equal(seen(book, 0).length + seen(book, 1).length, 2);
  const outcome = book.deleteInteractions([0, 1], { since: AT, actor: "ana" });
  assert.equal(seen(book, 0).length + seen(book, 1).length, 0);
  book.undo(outcome);
  assert.equal(seen(book, 0).length + seen(book, 1).length, 2);
});

test("files are imported once", async () => {
  const book = world();
  const file = Buffer.from("email,kind,time,amount\nzoe@example.com,payment,2026-11-20 11:00,12.5\ninfo@example.com,payment,2026-11-20,1\n");
  const told = [];
  const report = await book.importInteractions(file, { onProgress: ({ rows }) => told.push(rows), actor: "ana" });
  assert.deepEqual([report.created, report.unchanged, report.rejected, told.at(-1)], [1, 0, 1, 2]);
  assert.equal(report.problems[0].code, "E1203");
  const again = await book.importInteractions(file, { dryRun: true });
  assert.deepEqual([again.created, again.unchanged], [0, 1]);
  book.undo(report.outcome);
  assert.deepEqual(seen(book, 0), []);
  await assert.rejects(book.importInteractions(file, { create: false }), /`importInteractions` has no option `create`/);
  await assert.rejects(book.importInteractions(Buffer.from("email,kind\n")), { name: "CsvError" });
  await assert.rejects(book.importInteractions(file, { signal: AbortSignal.abort() }), { name: "AbortError" });
});
