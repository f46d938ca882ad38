// One book for several threads.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import { Book, InvalidValueError, StoreError } from "tagmata";
import { refused } from "./refused.mjs";

const CLOCK = { clock: "2026-11-24T09:00:00Z" };
const folder = mkdtempSync(join(tmpdir(), "tagmata-"));
after(() => rmSync(folder, { recursive: true }));

/** What a thread answers that does something with a book. */
async function done(book, deed, seed) {
  const worker = new Worker(new URL("./handle_worker.mjs", import.meta.url), { workerData: [book.handle, deed, seed] });
  const [[answer]] = await Promise.all([once(worker, "message"), once(worker, "exit")]);
  return answer;
}

test("threads change one book, and nothing is lost", async () => {
  for (const book of [new Book(CLOCK), await Book.open(join(folder, "crm.db"), { ...CLOCK, synchronous: "normal" })]) {
    const numbers = [];
    book.on("commit", ({ number }) => numbers.push(number));
    const working = [done(book, "create"), done(book, "create")];
    for (let turn = 0; turn < 20; turn += 1) {
      book.createContact({ first_name: `main ${turn}` });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.deepEqual(await Promise.all(working), ["created", "created"]);
    assert.equal(book.count("everyone"), 220);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(numbers, Array.from({ length: 120 }, (_, at) => at + 1), "each commit is told once, in its order");
    assert.deepEqual(await book.check(), []);
    await book.close();
  }
});

test("what a thread did is there when it says so, and its batches are one commit", async () => {
  const book = new Book(CLOCK);
  assert.equal(await done(book, "batch"), "2 contacts, commit 1");
  assert.equal(book.count("everyone"), 2);
});

test("threads ask while another one imports, and its changes are refused", async () => {
  const book = new Book(CLOCK);
  const rows = Array.from({ length: 60_000 }, (_, row) => `FR,Zoé,Martin,zoe${row}@example.com`);
  const importing = book.importCsv(Buffer.from(`Country,First name,Last name,E-mail\n${rows.join("\n")}\n`));
  const answer = done(book, "ask and change");
  await importing;
  const [counts, codes] = await answer;
  assert.ok(counts.every((count) => [0, 60_000].includes(count)), String(counts));
  assert.ok(codes.every((code) => ["changed", "E1208"].includes(code)), String(codes));
});

test("what is heard of the changes of all threads adds up", async () => {
  for (const book of [new Book(CLOCK), await Book.open(join(folder, "heard.db"), { ...CLOCK, synchronous: "normal" })]) {
    const segments = {
      Vips: "status = vip",
      Tagged: "tags has any (t0, t1)",
      Both: "segments has Vips and segments has Tagged",
      Late: "not segments has Vips and source is not empty",
    };
    ["t0", "t1", "t2"].forEach((tag) => book.defineTag(tag));
    Object.entries(segments).forEach(([name, filter]) => book.createSegment(name, { filter }));
    for (let contact = 0; contact < 40; contact += 1) {
      book.createContact({ first_name: `c${contact}` });
    }
    const heard = Object.fromEntries(Object.keys(segments).map((name) => [name, new Set(book.members(name))]));
    book.on("entered", ({ segment, contacts }) => contacts.forEach((contact) => heard[segment].add(contact)));
    book.on("left", ({ segment, contacts }) => contacts.forEach((contact) => assert.ok(heard[segment].delete(contact), segment)));
    const threads = [1, 2, 3, 4].map((seed) => done(book, "change at random", seed));
    assert.deepEqual(await Promise.all(threads), Array(4).fill("changed"));
    await new Promise((resolve) => setImmediate(resolve));
    for (const name of Object.keys(segments)) {
      assert.deepEqual([...heard[name]].sort((one, other) => one - other), [...book.members(name)], name);
    }
    assert.deepEqual(await book.check(), []);
    await book.close();
  }
});

test("an object of the same book has the same handle", () => {
  const book = new Book(CLOCK);
  const other = Book.attach(book.handle);
  assert.equal(other.handle, book.handle);
  assert.notEqual(new Book(CLOCK).handle, book.handle);
  book.createSegment("Nord");
  other.createContact({ first_name: "Zoé", segments: ["Nord"] });
  // What one object gave out, another one understands.
  assert.deepEqual([...other.members(book.segment("Nord"))], [0]);
  assert.equal(book.lastOutcome.commit.number, 1);
  book.batch((inside) => refused(() => inside.handle, InvalidValueError, { code: "E0407" }));
});

test("a handle that stands for no book is refused", async () => {
  refused(() => Book.attach(4_000_000), InvalidValueError, {
    message: "`attach` takes the `handle` of a book that is in use in this process, not 4000000",
  });
  refused(() => Book.attach("1"), InvalidValueError, {});
  const book = new Book(CLOCK);
  const other = Book.attach(book.handle);
  await book.close();
  refused(() => other.count("everyone"), StoreError, { code: "E1508" });
});
