// Long work is watched and stopped, and changes of many contacts are made on other threads.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { Book, InvalidValueError, NotFoundError, StoreError } from "tagmata";
import { inFolder } from "./world.mjs";

/** So many contacts are there. */
const ROWS = 4_000;

const NOW = { clock: "2026-11-24T09:00:00Z" };

/** What a call throws, or its promise is rejected with. */
async function errorOf(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return assert.fail("it was not refused");
}

/** A durable book with contacts enough for work on its file to take a while. */
async function filled(path) {
  const book = await Book.open(path, { ...NOW, synchronous: "normal" });
  const rows = Array.from({ length: ROWS }, (_, row) => `FR,Zoé,Martin,zoe${row}@example.com,web`);
  await book.importCsv(Buffer.from(`country,first name,last name,email,tags\n${rows.join("\n")}\n`));
  book.createSegment("Web", { filter: "tags has web" });
  return book;
}

/** All long work on a file that can be watched, with what it is to give. */
const WORK = {
  open: async (path, book, options) => void (await (await Book.open(path(), { ...options, readOnly: true })).close()),
  check: async (path, book, options) => assert.deepEqual(await book.check(options), []),
  backup: (path, book, options) => book.backup(path("copy.db"), options),
  compact: async (path, book, options) => void (await book.compact({ commits: 1 }, options)),
  refresh: async (path, book, options) => {
    const reader = await Book.open(path(), { readOnly: true });
    const before = reader.count("everyone");
    book.createContact({ first_name: "Léo" });
    try {
      await reader.refresh(options);
      assert.equal(reader.count("everyone"), before + 1);
    } finally {
      await reader.close();
    }
  },
};

const withWork = (name, run) =>
  inFolder(async (file) => {
    const path = (of = "crm.db") => file(of);
    const book = await filled(path());
    try {
      await run((options) => WORK[name](path, book, options), book, path);
    } finally {
      await book.close();
    }
  });

for (const name of Object.keys(WORK)) {
  test(`${name} tells how far it has come, and is stopped`, () =>
    withWork(name, async (work, book) => {
      const aborted = AbortSignal.abort(new Error("not wanted"));
      await assert.rejects(work({ signal: aborted }), /^Error: not wanted$/);
      assert.match(String(await errorOf(() => work({ onprogress() {} }))), /`onprogress`.*onProgress/s);
      await assert.rejects(work({ signal: "stop" }), TypeError);
      await assert.rejects(work({ onProgress: "tell" }), TypeError);

      const told = [];
      await work({ onProgress: (progress) => told.push(progress) });
      told.forEach(({ done, total }, at) => assert.ok(done <= total && done >= (told[at - 1]?.done ?? 0), JSON.stringify(told)));
      assert.ok(told.length > 0 && told.at(-1).total > 0 && told.at(-1).done === told.at(-1).total, JSON.stringify(told));
      assert.deepEqual(await book.check(), []);
    }));
}

test("what a callback throws is what the promise is rejected with", () =>
  withWork("check", async (work, book) => {
    const thrown = new Error("enough");
    const onProgress = () => {
      throw thrown;
    };
    assert.equal(await errorOf(() => work({ onProgress })), thrown);
    assert.equal(book.count("everyone"), ROWS);
  }));

test("what is stopped while it works is not there", () =>
  withWork("backup", async (work, book, path) => {
    const stopping = new AbortController();
    const backup = work({ signal: stopping.signal, onProgress: () => stopping.abort() });
    await backup.then(
      () => assert.ok(existsSync(path("copy.db"))),
      (error) => {
        assert.equal(error.name, "AbortError");
        assert.ok(!existsSync(path("copy.db")));
      },
    );
  }));

test("changes of many contacts are promises, and the same as those of the book", () =>
  inFolder(async (file) => {
    for (const book of [new Book(NOW), await Book.open(file("crm.db"), NOW)]) {
      const zoe = book.createContact({ first_name: "Zoé" });
      const leo = book.createContact({ first_name: "Léo", tags: ["web"] });
      book.createSegment("Nord", { members: "first_name = nobody" });
      book.defineTag("vip");
      book.createSegment("Vips", { filter: "tags has vip" });
      const { promises } = book;
      assert.equal(promises, book.promises);

      const tagged = await promises.addTags("everyone", ["vip"], { actor: "ana" });
      assert.deepEqual([tagged.effects.entered.Vips, tagged.commit.actor], [new Uint32Array([zoe, leo]), "ana"]);
      assert.equal(book.lastOutcome.commit.number, tagged.commit.number);
      assert.equal((await promises.undo(tagged)).effects.left.Vips.length, 2);
      await promises.removeTags(leo, ["web"]);
      await promises.setStatus([zoe], "vip");
      await promises.updateContacts("first_name = léo", { organization: "Coop" });
      await promises.addToSegment("everyone", "Nord");
      await promises.removeFromSegment(leo, "Nord");
      book.record(zoe, "payment", { amount: "10" });
      await promises.deleteInteractions(zoe, { kind: "payment" });
      const counts = ["tags has any (vip, web)", "status = vip", "organization = coop", "segments has nord", "count(payment) > 0"];
      assert.deepEqual(counts.map((filter) => book.count(filter)), [0, 1, 1, 1, 0]);
      await promises.deleteContacts("everyone");
      assert.equal(book.count("everyone"), 0);
      await book.close();
    }
  }));

test("a promise of a change is rejected as the call is refused", async () => {
  const book = new Book(NOW);
  for (const given of [["status =", ["x"]], ["everyone", "x"], ["everyone", ["x"], { author: "ana" }]]) {
    const now = await errorOf(() => book.addTags(...given));
    const later = await errorOf(() => book.promises.addTags(...given));
    assert.deepEqual([later.constructor, later.message], [now.constructor, now.message]);
  }
  await assert.rejects(book.promises.setStatus("everyone", "asleep"), NotFoundError);
  let inBatch;
  book.batch((batch) => {
    inBatch = errorOf(() => batch.promises.addTags("everyone", ["x"]));
  });
  assert.ok((await inBatch) instanceof InvalidValueError);
});

test("what promises change is told to listeners before they are kept", async () => {
  const book = new Book(NOW);
  book.createContact({ first_name: "Zoé" });
  const told = [];
  book.on("commit", (commit) => told.push(commit.number));
  const both = [book.promises.addTags("everyone", ["vip"]), book.promises.addTags("everyone", ["web"])];
  const numbers = (await Promise.all(both)).map(({ commit }) => commit.number);
  assert.deepEqual(numbers.sort(), told);
  assert.equal(told.length, 2);
});

test("a book is closed once the changes are made", () =>
  inFolder(async (file) => {
    const book = await filled(file("crm.db"));
    const tagged = book.promises.addTags("everyone", ["vip"]);
    await book.close();
    assert.equal((await tagged).commit.cause, "call");
    await assert.rejects(book.promises.addTags("everyone", ["vip"]), StoreError);
  }));
