// Several changes as one, and changes that are only tried.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError, InvalidValueError, NotFoundError } from "tagmata";
import { refused } from "./refused.mjs";

function bookOfSegments() {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  book.createSegments([{ name: "Leads", filter: "status = lead" }, { name: "Tagged", filter: "tags is not empty" }]);
  return book;
}

test("several changes are one commit, and each sees the ones before it", () => {
  const book = bookOfSegments();
  let zoe;
  const outcome = book.batch(
    (inside) => {
      zoe = inside.createContact({ first_name: "Zoé" });
      inside.addTags("first_name = zoé", ["vip"]);
      assert.equal(inside.count("tags has vip"), 1);
      assert.equal(inside.lastOutcome.effects.entered.Tagged[0], zoe);
    },
    { actor: "ana" },
  );
  assert.deepEqual([outcome.commit.number, outcome.commit.actor], [2, "ana"]);
  assert.deepEqual(outcome.effects.entered, { Leads: Uint32Array.of(zoe), Tagged: Uint32Array.of(zoe) });
  assert.deepEqual(book.lastOutcome.commit.toJSON(), outcome.commit.toJSON());
  book.undo(outcome);
  assert.equal(book.count("everyone"), 0);
});

test("where something throws, nothing has changed, and it is what it was", () => {
  const book = bookOfSegments();
  const thrown = [new TypeError("mine"), "a text", undefined, new DOMException("stopped", "AbortError"), null];
  for (const value of thrown) {
    let caught;
    try {
      book.batch((inside) => {
        inside.createContact({ first_name: "Zoé" });
        throw value;
      });
      assert.fail("nothing was thrown");
    } catch (error) {
      caught = error;
    }
    assert.equal(caught, value);
  }
  refused(
    () =>
      book.batch((inside) => {
        inside.createContact({ first_name: "Zoé" });
        inside.setStatus("everyone", "asleep");
      }),
    NotFoundError,
    { code: "E0202" },
  );
  assert.equal(book.count("everyone"), 0);
  assert.equal(book.createContact({ first_name: "Léo" }), 0);
});

test("a preview changes nothing, and says what would", () => {
  const book = bookOfSegments();
  const zoe = book.createContact({ first_name: "Zoé" });
  const preview = book.preview((inside) => inside.setStatus("status = lead", "vip"), { actor: "ana" });
  assert.deepEqual(preview.effects, { entered: {}, left: { Leads: Uint32Array.of(zoe) } });
  assert.equal(preview.commit.actor, "ana");
  assert.equal(book.contact(zoe).status, "lead");
  assert.deepEqual(book.setStatus("status = lead", "vip").effects, preview.effects);
  const segment = book.preview((inside) => inside.createSegment("Nord", { members: [zoe] }));
  assert.deepEqual(Object.keys(segment.effects.entered), ["Nord"]);
  assert.equal(book.segments().length, 2);
});

test("a function has made its changes when it returns", async () => {
  const book = bookOfSegments();
  const promised = async (inside) => {
    inside.createContact({ first_name: "Zoé" });
    await null;
    inside.createContact({ first_name: "Léo" });
  };
  for (const call of ["batch", "preview"]) {
    const message = `\`${call}\` takes a function that has made its changes when it returns, not one that gives a promise`;
    refused(() => book[call](promised), InvalidValueError, { message });
    refused(() => book[call](() => ({ then() {} })), InvalidValueError, { message });
    refused(() => book[call]("setStatus"), InvalidValueError, { message: `\`${call}\` takes a function, not text` });
    refused(() => book[call](() => {}, { actr: "" }), InvalidValueError, { code: "E0602" });
  }
  // What the functions do afterwards is refused, and nobody is told of it as an unhandled rejection.
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(book.count("everyone"), 0);
});

test("time stands still in a batch", () => {
  const book = bookOfSegments();
  refused(() => book.batch((inside) => inside.advance("2026-11-25T09:00:00Z")), ConflictError, { code: "E1207" });
  assert.deepEqual(book.now, new Date("2026-11-24T09:00:00Z"));
});

test("what is told of a name is about all that had it in a batch", () => {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  const [zoe, leo] = ["Zoé", "Léo"].map((first_name) => book.createContact({ first_name }));
  book.createSegment("Nord", { members: [zoe] });
  const { effects } = book.batch((inside) => {
    inside.deleteSegment("Nord");
    inside.createSegment("Nord", { members: [leo] });
    inside.deleteSegment("Nord");
    inside.createSegment("Nord", { members: [leo] });
  });
  const plain = (all) => Object.fromEntries(Object.entries(all).map(([name, ids]) => [name, [...ids]]));
  assert.deepEqual([plain(effects.entered), plain(effects.left)], [{ Nord: [leo] }, { Nord: [zoe] }]);
});
