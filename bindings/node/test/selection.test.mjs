// Whom a change is about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError, FilterError, InvalidValueError, NotFoundError, Selection } from "tagmata";
import { refused } from "./refused.mjs";

function bookOfThree() {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  const ids = ["Zoé", "Léo", "Ana"].map((first_name) => book.createContact({ first_name }));
  book.createSegment("Nord", { members: [ids[0], ids[2]] });
  return [book, ...ids];
}

test("every way of naming contacts", () => {
  const [book, zoe, leo, ana] = bookOfThree();
  book.defineTag("x");
  const rule = { field: "first_name", operator: "=", value: "Léo" };
  const table = [
    ["a text", "first_name = léo", [leo]],
    ["a checked filter", book.filter("first_name = léo"), [leo]],
    ["a query-builder tree", { combinator: "and", rules: [rule] }, [leo]],
    ["canonical JSON", { v: 1, filter: { op: "=", field: "first_name", value: "léo" } }, [leo]],
    ["a segment", book.segment("Nord"), [zoe, ana]],
    ["an id", leo, [leo]],
    ["ids", [ana, leo, ana], [leo, ana]],
    ["a typed array", Uint32Array.of(leo, ana), [leo, ana]],
    ["a selection of a text", new Selection("everyone"), [zoe, leo, ana]],
    ["a selection of a tree", new Selection({ combinator: "and", rules: [rule] }), [leo]],
    ["a selection of a segment", new Selection(book.segment("Nord"), { exclude: [zoe] }), [ana]],
    ["a selection of ids", new Selection(Uint32Array.of(zoe, leo), { exclude: Uint32Array.of(leo), expect: 1 }), [zoe]],
    ["a selection of a selection", new Selection(new Selection("everyone", { exclude: [zoe] }), { exclude: [leo], expect: 1 }), [ana]],
    ["nobody", [], []],
  ];
  for (const [name, selection, expected] of table) {
    book.preview((inside) => {
      inside.addTags(selection, ["x"]);
      assert.deepEqual(Array.from(inside.select("tags has x")), expected, name);
    });
  }
  assert.deepEqual(book.tags(), { x: 0 });
});

test("where there are more or fewer contacts than expected, nothing changes", () => {
  const [book] = bookOfThree();
  refused(() => book.addTags(new Selection("everyone", { expect: 2 }), ["x"]), ConflictError, {
    code: "E1201",
    message: "the selection has 3 contacts, not 2",
  });
  assert.deepEqual(book.tags(), {});
});

test("who is not there cannot be selected", () => {
  const [book] = bookOfThree();
  refused(() => book.addTags([7, 0, 9], ["x"]), NotFoundError, { code: "E0804", contacts: Uint32Array.of(7, 9) });
  refused(() => book.addTags("frist_name = zoé", ["x"]), FilterError, { code: "E0201" });
  const takes = "takes a filter, a segment, ids or a selection, not";
  const table = [
    [null, `\`selection\` ${takes} nothing`],
    [true, `\`selection\` ${takes} true or false`],
    [Int32Array.of(0), `\`selection\` ${takes} a list`],
    [new Date(), `\`selection\` ${takes} a datetime`],
    [[0.5], "`selection` takes the id of a contact, not 0.5"],
    [["Nord"], "`selection` takes the id of a contact, not text"],
    [-1, "`selection` takes the id of a contact, not -1"],
  ];
  for (const [selection, message] of table) {
    refused(() => book.addTags(selection, ["x"]), InvalidValueError, { message });
  }
  refused(() => new Selection("everyone", { expects: 3 }), InvalidValueError, { message: "`Selection` has no option `expects`" });
  refused(() => new Selection("everyone", { expect: "3" }), InvalidValueError, {
    message: "`expect` takes a number of contacts, not text",
  });
});

test("filters and segments of another book are read anew", () => {
  const [book, zoe] = bookOfThree();
  const other = new Book({ clock: "2026-11-24T09:00:00Z" });
  // The first tag and the first segment of the other book are others.
  other.defineTag("web");
  other.createSegment("Sud", { members: [] });
  const ana = other.createContact({ first_name: "Ana", tags: ["web"] });
  other.createContact({ first_name: "Eva", tags: ["vip"] });
  book.addTags([zoe], ["vip"]);
  const filter = book.filter("tags has vip");
  assert.deepEqual(Array.from(book.select(filter)), [zoe]);
  assert.deepEqual(Array.from(other.select(filter)), [ana + 1]);
  refused(() => other.members(book.segment("Nord")), NotFoundError, { message: "there is no segment `Nord`" });
});
