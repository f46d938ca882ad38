// Who matches, how many, and why.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError, FilterError, InvalidValueError, NotFoundError } from "tagmata";
import { refused } from "./refused.mjs";

function bookOfTwo() {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  const zoe = book.createContact({ first_name: "Zoé", country: "FR" });
  const leo = book.createContact({ first_name: "Léo", country: "BE", status: "vip" });
  return [book, zoe, leo];
}

test("counts and ids", () => {
  const [book, zoe, leo] = bookOfTwo();
  assert.equal(book.count("everyone"), 2);
  assert.deepEqual(book.select("everyone"), Uint32Array.of(zoe, leo));
  assert.deepEqual(book.select("nobody"), Uint32Array.of());
  assert.deepEqual([book.matches(zoe, "country = FR"), book.matches(leo, "country = FR")], [true, false]);
});

test("many ids come in one array", () => {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  book.batch((inside) => {
    for (let at = 0; at < 5000; at += 1) {
      inside.createContact({ source: at % 2 === 0 ? "even" : "odd" });
    }
  });
  const ids = book.select("source = odd");
  assert.ok(ids instanceof Uint32Array);
  assert.deepEqual([ids.length, ids[0], ids.at(-1)], [2500, 1, 4999]);
  assert.equal(book.addTags(ids, ["odd"]).commit.isEmpty, false);
  assert.equal(book.count("tags has odd"), 2500);
});

test("wrong questions are refused", () => {
  const [book] = bookOfTwo();
  const takes = "`filter` takes text, an object or a checked filter, not";
  const table = [
    [() => book.count(), InvalidValueError, `${takes} nothing`],
    [() => book.count(3), InvalidValueError, `${takes} a number`],
    [() => book.count(["everyone"]), InvalidValueError, `${takes} a list`],
    [() => book.matches(9, "everyone"), NotFoundError, "there is no contact 9"],
    [() => book.count("stats = lead"), FilterError, "there is no field `stats`"],
  ];
  for (const [call, Class, message] of table) {
    refused(call, Class, { message });
  }
});

test("why a contact is in a segment or not", () => {
  const [book, zoe, leo] = bookOfTwo();
  book.createSegment("VIP FR", { filter: "status = vip and country = FR", alwaysIn: [leo] });
  const why = book.explain(zoe, "VIP FR");
  assert.equal(why.verdict, false);
  assert.equal(why.validUntil, null);
  assert.deepEqual(why.tree, {
    text: "all of",
    verdict: false,
    decides: true,
    value: null,
    validUntil: null,
    id: null,
    children: [
      { text: 'status = "vip"', verdict: false, decides: true, value: '"lead"', validUntil: null, id: null, children: [] },
      { text: 'country = "FR"', verdict: true, decides: false, value: '"FR"', validUntil: null, id: null, children: [] },
    ],
  });
  assert.equal(`${why}`, 'no: all of\n  no: status = "vip" ("lead") <- decides\n  yes: country = "FR" ("FR")');
  assert.equal(`${book.explain(leo, book.segment("VIP FR"))}`, "yes: always in");
});

test("why a contact matches a filter or not, and until when", () => {
  const [book, zoe] = bookOfTwo();
  const filter = "created_at in last 7 days";
  for (const spelling of [filter, book.filter(filter), book.filter(filter).toObject()]) {
    const why = book.explain(zoe, spelling);
    assert.equal(why.verdict, true);
    assert.deepEqual(why.validUntil, new Date("2026-12-01T09:00:00Z"));
    assert.deepEqual(why.tree.validUntil, why.validUntil);
  }
  const tree = { combinator: "and", rules: [{ id: "r1", field: "status", operator: "=", value: "lead" }] };
  assert.equal(book.explain(zoe, tree).tree.id, "r1");
  refused(() => book.explain(zoe, "VIP FR"), FilterError, {});
  refused(() => book.explain(9, "everyone"), NotFoundError, { code: "E0804" });
  book.createSegment("A", { filter: "tags is empty" });
  book.createSegment("B", { filter: "segments has A" });
  book.deleteSegment("A", { force: true });
  refused(() => book.explain(zoe, "B"), ConflictError, { code: "E0808" });
});

test("whole segments are explained", () => {
  const [book, zoe, leo] = bookOfTwo();
  book.createSegment("VIP FR", { filter: "status = vip and country = FR", alwaysIn: [zoe], alwaysOut: [leo] });
  const why = book.explainSegment("vip fr");
  assert.deepEqual([why.name, why.filter], ["VIP FR", 'status = "vip" and country = "FR"']);
  assert.deepEqual([why.count, why.everybody, why.error], [1, 2, null]);
  const [vips, french] = why.tree.children;
  assert.deepEqual(vips, { text: 'status = "vip"', count: 1, removes: 1, adds: null, without: 1, id: null, children: [] });
  assert.deepEqual([french.count, french.removes], [1, 1]);
  assert.deepEqual([why.alwaysIn.adds, why.alwaysOut.removes], [1, 0]);
  const lines = [
    "VIP FR: 1 of 2 contacts",
    "  0: all of",
    '    1: status = "vip", removes 1',
    '    1: country = "FR", removes 1',
    "  1: always in, adds 1",
    "  1: always out, removes nobody",
  ];
  assert.equal(String(why), lines.join("\n"));
  book.createSegment("Nord", { members: [zoe] });
  assert.equal(book.explainSegment(book.segment("Nord")).toString(), "Nord: 1 of 2 contacts\n  1: put in by hand");
  book.createSegment("Northern", { filter: "segments has Nord" });
  book.deleteSegment("Nord", { force: true });
  const broken = book.explainSegment("Northern");
  assert.deepEqual([broken.count, broken.tree, broken.alwaysIn, broken.error.code], [null, null, null, "E0808"]);
  assert.throws(() => book.explainSegment("Sud"), NotFoundError);
  assert.throws(() => book.explainSegment(7), InvalidValueError);
});
