// Changes of many contacts at once, and the way back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError, InvalidValueError, NotFoundError } from "tagmata";
import { refused } from "./refused.mjs";

const NOW = "2026-11-24T09:00:00Z";

/** A book with three leads: Zoé of France, Léo of Belgium, Ana of France. */
function bookOfThree() {
  const book = new Book({ clock: NOW });
  const countries = { Zoé: "FR", Léo: "BE", Ana: "FR" };
  const ids = Object.entries(countries).map(([first_name, country]) => book.createContact({ first_name, country }));
  return [book, ...ids];
}

test("tags, statuses, values and static segments of many", () => {
  const [book, zoe, leo, ana] = bookOfThree();
  book.addTags("country = FR", ["vip", "web"]);
  book.removeTags([zoe], ["WEB"]);
  assert.deepEqual(Array.from(book.select("tags has web")), [ana]);
  book.setStatus("tags has vip", "active");
  assert.equal(book.count("status = active"), 2);
  book.updateContacts("everyone", { source: "fair" });
  assert.equal(book.count("source = fair"), 3);
  book.createSegment("Nord");
  book.addToSegment([zoe, leo], "Nord");
  book.removeFromSegment(zoe, "nord");
  assert.deepEqual(Array.from(book.members("Nord")), [leo]);
});

test("an outcome says what became true, and who entered and left which segments", () => {
  const [book, zoe, leo, ana] = bookOfThree();
  book.createSegment("Leads", { filter: "status = lead" });
  book.createSegment("VIPs", { filter: "status = vip" });
  const outcome = book.setStatus([zoe, ana], "vip", { actor: "ana" });
  const { number, at, actor, cause, undoes, isEmpty } = outcome.commit;
  assert.deepEqual([number, at, actor, cause, undoes, isEmpty], [6, new Date(NOW), "ana", "call", null, false]);
  assert.deepEqual(outcome.effects, {
    entered: { VIPs: Uint32Array.of(zoe, ana) },
    left: { Leads: Uint32Array.of(zoe, ana) },
  });
  assert.deepEqual(outcome.advance, { entered: {}, left: {}, commits: [] });
  assert.equal(book.setStatus([zoe], "vip").commit.isEmpty, true);
  assert.equal(leo, 1);
});

test("an outcome names the segments as they were then", () => {
  const [book, zoe, leo, ana] = bookOfThree();
  const made = book.createSegment("Nord", { members: "everyone" });
  book.renameSegment("Nord", "North");
  assert.deepEqual(Object.keys(made.effects.entered), ["Nord"]);
  assert.deepEqual(book.deleteSegment("North").effects.left, { North: Uint32Array.of(zoe, leo, ana) });
});

test("an undo turns a change round, and says what stands in its way", () => {
  const [book, zoe, leo, ana] = bookOfThree();
  const active = book.setStatus("country = FR", "active");
  book.setStatus([zoe], "vip");
  const error = refused(() => book.undo(active), ConflictError, { code: "E1202", contacts: Uint32Array.of(zoe) });
  assert.match(error.message, /^error\[E1202\]/);
  const undone = book.undo(active, { force: true, actor: "ana" });
  assert.deepEqual([undone.commit.cause, undone.commit.undoes, undone.commit.actor], ["undo", active.commit.number, "ana"]);
  assert.deepEqual([zoe, leo, ana].map((id) => book.contact(id).status), ["vip", "lead", "lead"]);
  book.undo(undone.commit);
  assert.equal(book.contact(ana).status, "active");
  const other = new Book({ clock: NOW });
  refused(() => other.undo(active), NotFoundError, { code: "E0804" });
  refused(() => other.undo(active.commit), NotFoundError, { code: "E0804" });
  const message = "`undo` takes the outcome of a change, or its commit, not an object";
  refused(() => book.undo({ number: 1 }), InvalidValueError, { message });
});

test("wrong calls are refused and change nothing", () => {
  const [book, zoe] = bookOfThree();
  const before = book.lastOutcome.commit.number;
  const table = [
    [() => book.addTags([zoe], "vip"), InvalidValueError, "`tags` takes a list of names, not text"],
    [() => book.addTags([zoe], ["vip"], { actr: "ana" }), InvalidValueError, "`addTags` has no option `actr`"],
    [() => book.addTags([zoe], ["vip"], { actor: 3 }), InvalidValueError, "`actor` takes text, not a number"],
    [() => book.removeTags([zoe], ["vpi"]), NotFoundError, "there is no tag `vpi`"],
    [() => book.setStatus([zoe], "asleep"), NotFoundError, "there is no status `asleep`"],
    [() => book.addToSegment([zoe], "Nord"), NotFoundError, "there is no segment `Nord`"],
    [() => book.addToSegment([zoe], 3), InvalidValueError, "`segment` takes the name of a segment, or what `segment` has given, not a number"],
  ];
  for (const [call, Class, message] of table) {
    refused(call, Class, { message });
  }
  assert.equal(book.lastOutcome.commit.number, before);
});
