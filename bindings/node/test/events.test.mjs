// What became true is told, in its order, when it is durable.

import assert from "node:assert/strict";
import { on, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import { Book } from "tagmata";

const CLOCK = { clock: "2026-11-24T09:00:00Z" };
const folder = mkdtempSync(join(tmpdir(), "tagmata-"));
after(() => rmSync(folder, { recursive: true }));

/** A book, and what its listeners are told, in words. */
function heard(book = new Book(CLOCK)) {
  const told = [];
  book.on("commit", (commit) => told.push(`commit ${commit.number} ${commit.cause}`));
  for (const name of ["entered", "left"]) {
    book.on(name, ({ segment, contacts, commit }) => told.push(`${name} ${segment} ${[...contacts]} by ${commit?.number ?? "time"}`));
  }
  return { book, told };
}

/** When what was done so far has been told. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("each change is told with who moved by it", async () => {
  const { book, told } = heard();
  book.createSegment("Nord");
  book.createSegment("VIP", { filter: "status = vip" });
  const zoe = book.createContact({ first_name: "Zoé", segments: ["Nord"] });
  const outcome = book.setStatus(zoe, "vip");
  book.setStatus(zoe, "vip");
  book.undo(outcome);
  assert.deepEqual(told, [], "nobody is told while the caller goes on");
  await settled();
  assert.deepEqual(told, [
    "commit 1 call",
    "commit 2 call",
    "commit 3 call",
    "entered Nord 0 by 3",
    "commit 4 call",
    "entered VIP 0 by 4",
    "commit 5 undo",
    "left VIP 0 by 5",
  ]);
});

test("a batch is told as one, and what did not come true is not told", async () => {
  const { book, told } = heard();
  book.batch((inside) => {
    inside.createContact({ first_name: "Zoé" });
    inside.createContact({ first_name: "Léo" });
  });
  book.preview((inside) => inside.createContact({ first_name: "Ana" }));
  assert.throws(() => book.batch((inside) => inside.setStatus("everyone", "none such")));
  assert.throws(() => book.setStatus("everyone", "none such"));
  await book.importCsv(Buffer.from("Country,First name,Last name,E-mail\nFR,Ana,Blanc,ana@example.com\n"), { dryRun: true });
  await settled();
  assert.deepEqual(told, ["commit 1 call"]);
});

test("what an import did is told before its promise is kept", async () => {
  const { book, told } = heard();
  book.createSegment("Nord");
  await book.importCsv(Buffer.from("Country,First name,Last name,E-mail,Segments\nFR,Ana,Blanc,ana@example.com,Nord\n"));
  assert.deepEqual(told, ["commit 1 call", "commit 2 import", "entered Nord 0 by 2"]);
});

test("what time does is told, also ahead of a change", async () => {
  let now = "2026-11-24T09:00:00Z";
  const { book, told } = heard(new Book({ clock: () => now }));
  book.createSegment("New", { filter: "created_at in last 7 days" });
  book.addRule("old", { when: "created_at more than 7 days ago", setStatus: "inactive" });
  book.createContact({ first_name: "Zoé" });
  await settled();
  told.length = 0;
  now = "2026-12-05T09:00:00Z";
  book.advance();
  await settled();
  assert.deepEqual(told, ["commit 4 rule", "left New 0 by time"]);
  told.length = 0;
  book.createContact({ first_name: "Léo" });
  now = "2026-12-24T09:00:00Z";
  book.createContact({ first_name: "Ana" });
  await settled();
  assert.deepEqual(told, [
    "commit 5 call",
    "entered New 1 by 5",
    "commit 6 rule",
    "left New 1 by time",
    "commit 7 call",
    "entered New 2 by 7",
  ]);
});

test("a listener may change the book, and is told of that in its turn", async () => {
  const { book, told } = heard();
  book.defineTag("gold");
  book.createSegment("VIP", { filter: "status = vip" });
  book.createSegment("Gold", { filter: "tags has gold" });
  book.on("entered", ({ segment, contacts }) => segment === "VIP" && book.addTags(contacts, ["gold"]));
  book.createContact({ first_name: "Zoé", status: "vip" });
  book.createContact({ first_name: "Léo" });
  await settled();
  assert.deepEqual(told.slice(3), [
    "commit 4 call",
    "entered VIP 0 by 4",
    "commit 5 call",
    "commit 6 call",
    "entered Gold 0 by 6",
  ]);
});

test("a durable book tells what is on the disk, and a reader what it takes over", async () => {
  const path = join(folder, "crm.db");
  const { book, told } = heard(await Book.open(path, CLOCK));
  const reader = heard(await Book.open(path, { ...CLOCK, readOnly: true }));
  const numbers = [];
  book.on("commit", ({ number }) => numbers.push(book.commit(number)));
  book.createSegment("Nord");
  book.createContact({ first_name: "Zoé", segments: ["Nord"] });
  await settled();
  assert.deepEqual(told, ["commit 1 call", "commit 2 call", "entered Nord 0 by 2"]);
  assert.deepEqual((await Promise.all(numbers)).map(({ number }) => number), [1, 2]);
  assert.deepEqual(reader.told, []);
  await reader.book.refresh();
  assert.deepEqual(reader.told, ["commit 1 call", "commit 2 call", "entered Nord 0 by time"]);
  await book.close();
  await reader.book.close();
});

test("who no longer listens is not told, and nothing is kept for them", async () => {
  const { book, told } = heard();
  book.createContact({ first_name: "Zoé" });
  await settled();
  assert.equal(book.listenerCount("commit"), 1);
  assert.deepEqual(book.eventNames(), ["commit", "entered", "left"]);
  book.removeAllListeners();
  book.createContact({ first_name: "Léo" });
  await settled();
  const late = [];
  const listener = ({ number }) => late.push(number);
  assert.equal(book.on("commit", listener), book);
  book.once("commit", listener);
  book.createContact({ first_name: "Ana" });
  await settled();
  book.off("commit", listener);
  book.createContact({ first_name: "Max" });
  await settled();
  assert.deepEqual([told, late], [["commit 1 call"], [3, 3]]);
});

test("books are emitters to Node", async () => {
  const book = new Book(CLOCK);
  setImmediate(() => book.createContact({ first_name: "Zoé" }));
  const [commit] = await once(book, "commit");
  assert.equal(commit.number, 1);
  setImmediate(() => ["Léo", "Ana"].forEach((name) => book.createContact({ first_name: name })));
  const numbers = [];
  for await (const [{ number }] of on(book, "commit")) {
    if (numbers.push(number) === 2) break;
  }
  assert.deepEqual(numbers, [2, 3]);
});

test("there are no other events", () => {
  const book = new Book();
  for (const name of ["on", "once", "off", "listenerCount"]) {
    assert.throws(() => book[name]("comit", () => {}), {
      name: "TypeError",
      message: `\`${name}\` takes the name of an event: commit, entered, left; not comit`,
    });
  }
  assert.throws(() => book.on("commit", "no function"), { code: "ERR_INVALID_ARG_TYPE" });
});

test("what listeners throw stops nobody, and is not lost", async () => {
  const script = `
    import { Book } from "tagmata";
    const book = new Book(${JSON.stringify(CLOCK)});
    process.on("uncaughtException", (error) => console.log("uncaught", error.message));
    book.on("commit", ({ number }) => { throw new Error(String(number)); });
    book.on("entered", ({ segment }) => console.log("entered", segment));
    book.createSegment("Nord");
    book.createContact({ first_name: "Zoé", segments: ["Nord"] });
  `;
  // With listeners and nothing else to do, a process ends, and tells before.
  assert.deepEqual(await printed(script), ["entered Nord", "uncaught 1", "uncaught 2"]);
});

async function printed(script) {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script.replaceAll('"tagmata"', JSON.stringify(import.meta.resolve("tagmata"))))}`), { stdout: true });
  let text = "";
  worker.stdout.on("data", (chunk) => (text += chunk));
  await once(worker, "exit");
  return text.trim().split("\n");
}
