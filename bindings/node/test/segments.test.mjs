// Segments: made, changed, listed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError, FilterError, InvalidValueError, NotFoundError, Segment } from "tagmata";
import { refused } from "./refused.mjs";

function bookOfThree() {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  const countries = { Zoé: "FR", Léo: "BE", Ana: "FR" };
  const ids = Object.entries(countries).map(([first_name, country]) => book.createContact({ first_name, country }));
  return [book, ...ids];
}

test("static and dynamic segments", () => {
  const [book, zoe, leo, ana] = bookOfThree();
  book.createSegment("Nord", { members: [zoe] });
  book.createSegment("French", { filter: "country=FR", alwaysIn: [leo], alwaysOut: Uint32Array.of(ana) });
  const [north, french] = book.segments();
  assert.ok(north instanceof Segment);
  assert.deepEqual([north.id, north.name, north.kind, north.count, north.filter, north.error], [0, "Nord", "static", 1, null, null]);
  assert.deepEqual([french.name, french.kind, french.count, french.filter], ["French", "dynamic", 2, 'country = "FR"']);
  assert.deepEqual([french.alwaysIn, french.alwaysOut], [Uint32Array.of(leo), Uint32Array.of(ana)]);
  assert.deepEqual(book.members("french"), Uint32Array.of(zoe, leo));
  assert.deepEqual(book.members(french), Uint32Array.of(zoe, leo));
  assert.deepEqual(book.segmentsOf(zoe), ["Nord", "French"]);
  assert.deepEqual(book.segmentsOf(ana), []);
});

test("several segments at once, or none", () => {
  const [book, , leo] = bookOfThree();
  refused(() => book.createSegments(["Nord", { name: "Sud", filter: "contry = FR" }]), FilterError, { code: "E0201" });
  assert.deepEqual(book.segments(), []);
  const outcome = book.createSegments(["Nord", { name: "Sud", filter: "country = BE" }, { name: "Est", members: [leo] }]);
  assert.deepEqual(outcome.effects.entered, { Sud: Uint32Array.of(leo), Est: Uint32Array.of(leo) });
  assert.deepEqual(book.segments().map(({ name, kind }) => [name, kind]), [
    ["Nord", "static"],
    ["Sud", "dynamic"],
    ["Est", "static"],
  ]);
});

test("another filter and other pins, first as a preview", () => {
  const [book, zoe, leo, ana] = bookOfThree();
  book.createSegment("French", { filter: "country = FR" });
  const preview = book.previewSegment("French", { filter: "country = BE", alwaysIn: [ana] });
  assert.deepEqual(preview, { entered: { French: Uint32Array.of(leo) }, left: { French: Uint32Array.of(zoe) } });
  assert.equal(book.segment("French").count, 2);
  const outcome = book.updateSegment("French", { filter: "country = BE", alwaysIn: [ana], actor: "ana" });
  assert.deepEqual(outcome.effects, preview);
  book.updateSegment("French", { alwaysIn: [] });
  assert.deepEqual(book.members("French"), Uint32Array.of(leo));
});

test("a renamed segment keeps its old name until another takes it", () => {
  const [book, zoe] = bookOfThree();
  book.createSegment("Nord", { members: [zoe] });
  const north = book.segment("Nord");
  book.renameSegment(north, "North");
  assert.equal(book.segment("nord").name, "North");
  book.createSegment("Nord");
  assert.deepEqual(book.members(north), Uint32Array.of(zoe));
  assert.deepEqual(book.members("Nord"), Uint32Array.of());
  refused(() => book.renameSegment("Nord", "North"), ConflictError, { code: "E0803" });
});

test("broken never means empty", () => {
  const [book] = bookOfThree();
  book.createSegment("Nord");
  book.createSegment("Others", { filter: "not segments has Nord" });
  refused(() => book.deleteSegment("Nord"), ConflictError, { code: "E0807" });
  book.deleteSegment("Nord", { force: true });
  const others = book.segment("Others");
  assert.equal(others.count, null);
  assert.equal(others.error.code, "E0808");
  refused(() => book.members("Others"), ConflictError, { code: "E0808" });
});

test("a frozen segment is static, with the members that it had", () => {
  const [book, zoe, , ana] = bookOfThree();
  book.createSegment("French", { filter: "country = FR" });
  book.freezeSegment("French", { actor: "ana" });
  book.updateContact(zoe, { country: "BE" });
  assert.deepEqual([book.segment("French").kind, book.members("French")], ["static", Uint32Array.of(zoe, ana)]);
});

test("wrong definitions are refused", () => {
  const [book, zoe] = bookOfThree();
  book.createSegment("Nord");
  const table = [
    [() => book.createSegment("Sud", { filter: "everyone", members: [zoe] }), InvalidValueError, "`createSegment` takes `filter` or `members`, not both"],
    [() => book.createSegment("Sud", { alwaysIn: [zoe] }), InvalidValueError, "`createSegment` takes `alwaysIn` and `alwaysOut` with a `filter`, not without it"],
    [() => book.createSegment("Sud", { filtr: "everyone" }), InvalidValueError, "`createSegment` has no option `filtr`"],
    [() => book.createSegment("Sud", { filter: "everyone", alwaysIn: zoe }), InvalidValueError, "`alwaysIn` takes a list of ids, not a number"],
    [() => book.createSegment("Sud", { filter: "everyone", alwaysIn: [9] }), NotFoundError, "there is no contact 9"],
    [() => book.createSegment(), InvalidValueError, "`name` takes text, not nothing"],
    [() => book.createSegment("NORD"), ConflictError, "the name `NORD` is taken"],
    [() => book.createSegments("Sud"), InvalidValueError, "`createSegments` takes a list of names or definitions, not text"],
    [() => book.createSegments([{ filter: "everyone" }]), InvalidValueError, "`name` takes text, not nothing"],
    [() => book.createSegments([{ name: "Sud", actor: "ana" }]), InvalidValueError, "`createSegments` has no option `actor`"],
    [() => book.updateSegment("Nord", { filter: "everyone" }), ConflictError, "`Nord` is a static segment"],
    [() => book.segment("Nrod"), NotFoundError, "there is no segment `Nrod`"],
    [() => book.members("Nrod"), NotFoundError, "there is no segment `Nrod`"],
  ];
  for (const [call, Class, message] of table) {
    refused(call, Class, { message });
  }
  assert.equal(book.segments().length, 1);
});
