// An event loop never waits: what it would have to wait for is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError } from "tagmata";
import { refused } from "./refused.mjs";

const CLOCK = { clock: "2026-11-24T09:00:00Z" };

test("while a batch is open, the book is called through it", () => {
  const [book, other] = [new Book(CLOCK), new Book(CLOCK)];
  book.batch((inside) => {
    const calls = [
      () => book.count("everyone"),
      () => book.createContact({ first_name: "Zoé" }),
      () => book.now,
      () => book.advance(),
      () => book.batch(() => {}),
      () => book.preview(() => {}),
      () => inside.batch(() => {}),
    ];
    calls.forEach((call) => refused(call, ConflictError, { code: "E1207" }));
    inside.createContact({ first_name: "Léo" });
    other.createContact({ first_name: "Ana" });
  });
  assert.deepEqual([book.count("everyone"), other.count("everyone")], [1, 1]);
});

test("a batch that is over takes no calls, and the book does", () => {
  const book = new Book(CLOCK);
  let ended;
  book.batch((inside) => {
    ended = inside;
  });
  refused(() => ended.count("everyone"), ConflictError, { code: "E1207", message: "the batch is over" });
  refused(() => ended.createContact({}), ConflictError, { code: "E1207" });
  book.batch(() => refused(() => ended.count("everyone"), ConflictError, { code: "E1207" }));
  assert.equal(book.count("everyone"), 0);
});

test("a batch that was refused leaves the book open", () => {
  const book = new Book(CLOCK);
  assert.throws(() => book.batch(() => book.count("everyone")), ConflictError);
  assert.throws(() => book.preview(() => book.count("everyone")), ConflictError);
  assert.equal(book.createContact({ first_name: "Zoé" }), 0);
});
