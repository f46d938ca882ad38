// Where a book has its time from, and what time alone changes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, ConflictError, InvalidValueError, NotFoundError } from "tagmata";
import { refused } from "./refused.mjs";

test("a fixed clock moves only by advance", () => {
  const book = new Book({ clock: new Date("2026-11-24T09:00:00.250Z") });
  book.createContact({ first_name: "Zoé" });
  assert.deepEqual(book.now, new Date("2026-11-24T09:00:00.250Z"));
  book.advance(new Date("2026-11-25T09:00:00Z"));
  assert.deepEqual(book.now, new Date("2026-11-25T09:00:00Z"));
  book.advance();
  assert.deepEqual(book.now, new Date("2026-11-25T09:00:00Z"));
});

test("time passing moves contacts into and out of segments", () => {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  const zoe = book.createContact({ first_name: "Zoé" });
  book.createSegment("Recent", { filter: "created_at in last 30 days" });
  book.createSegment("Old", { filter: "created_at more than 30 days ago" });
  const advance = book.advance("2026-12-24T10:00:00Z");
  assert.deepEqual(advance, { entered: { Old: Uint32Array.of(zoe) }, left: { Recent: Uint32Array.of(zoe) }, commits: [] });
});

test("text without a zone is on the wall clock of the book", () => {
  const book = new Book({ timezone: "America/New_York", clock: "2026-11-24T09:00:00" });
  assert.deepEqual(book.now, new Date("2026-11-24T14:00:00Z"));
  book.advance("2026-11-25T09:00:00");
  assert.deepEqual(book.now, new Date("2026-11-25T14:00:00Z"));
});

test("with the clock of the system, changes move the book, and questions do not", async () => {
  const book = new Book();
  const start = book.now;
  await new Promise((resolve) => setTimeout(resolve, 5));
  book.count("everyone");
  assert.deepEqual(book.now, start);
  const zoe = book.createContact({ first_name: "Zoé" });
  assert.ok(book.now > start);
  assert.deepEqual(book.contact(zoe).createdAt, book.now);
  const moved = book.now;
  await new Promise((resolve) => setTimeout(resolve, 5));
  book.advance();
  assert.ok(book.now > moved);
});

test("a clock of one's own is asked before each change", async () => {
  let [shows, asked] = ["2026-11-24T09:00:00", 0];
  const clock = () => {
    asked += 1;
    return shows;
  };
  const book = new Book({ clock, timezone: "Europe/Paris" });
  assert.deepEqual([book.now, asked], [new Date("2026-11-24T08:00:00Z"), 1]);
  const zoe = book.createContact({ first_name: "Zoé" });
  book.createSegment("Old", { filter: "created_at more than 30 days ago" });
  shows = new Date("2026-12-25T09:00:00Z");
  asked = 0;
  assert.deepEqual([book.count("everyone"), book.members("Old").length, asked], [1, 0, 0]);
  // What is refused or tried moves nothing.
  refused(() => book.setStatus([zoe], "vpi"), NotFoundError, {});
  const tried = book.preview((inside) => inside.addTags([zoe], ["a"]));
  assert.deepEqual([tried.commit.at, tried.advance.entered], [shows, { Old: Uint32Array.of(zoe) }]);
  assert.deepEqual([book.now, asked], [new Date("2026-11-24T08:00:00Z"), 2]);
  const report = await book.importCsv(Buffer.from("first name\nLéo\n"));
  assert.deepEqual([report.outcome.commit.at, report.outcome.advance.entered], [shows, { Old: Uint32Array.of(zoe) }]);
  // Where it runs backwards, time stands still.
  shows = "2026-11-24T09:00:00Z";
  book.advance();
  assert.deepEqual(book.now, new Date("2026-12-25T09:00:00Z"));
  shows = 5;
  refused(() => book.defineTag("a"), InvalidValueError, { message: "`clock` takes a datetime, not a number" });
  await assert.rejects(book.importCsv(Buffer.from("first name\n")), InvalidValueError);
  const broken = new Error("no clock");
  const stopped = () => {
    throw broken;
  };
  assert.throws(() => new Book({ clock: stopped }), (error) => error === broken);
});

test("what is no clock is refused", () => {
  const takes = "it takes `system`, a datetime or a function that gives one";
  const table = [
    ["sytem", "E0805", "`clock` does not take `sytem`", `did you mean \`system\`? ${takes}`],
    ["yesterday", "E0805", "`clock` does not take `yesterday`", takes],
    [7, "E0407", "`clock` takes a datetime, not a number", null],
  ];
  for (const [clock, code, message, help] of table) {
    assert.throws(() => new Book({ clock }), ({ diagnostics: [told] }) => {
      assert.deepEqual([told.code, told.message, told.help], [code, message, help]);
      return true;
    });
  }
});

test("time does not go back", () => {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  refused(() => book.advance("2026-11-23T09:00:00Z"), ConflictError, { code: "E1205" });
  refused(() => book.advance("tomorrow"), InvalidValueError, { code: "E0105" });
  refused(() => book.advance(5), InvalidValueError, { message: "`advance` takes a datetime, not a number" });
});

test("the next change is a date that is not before it, or null", () => {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  book.createContact({ first_name: "Zoé" });
  assert.equal(book.nextChange(), null);
  book.createSegment("Recent", { filter: "created_at in last 30 days" });
  book.createSegment("Old", { filter: "created_at more than 30 days ago" });
  assert.deepEqual(book.nextChange(), new Date("2026-12-24T09:00:00Z"));
  assert.deepEqual(Object.keys(book.advance(book.nextChange()).left), ["Recent"]);
  assert.deepEqual(book.nextChange(), new Date("2026-12-24T09:00:00.001Z"));
  assert.deepEqual(Object.keys(book.advance(book.nextChange()).entered), ["Old"]);
  assert.equal(book.nextChange(), null);
});
