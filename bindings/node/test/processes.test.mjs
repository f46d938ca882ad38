// Durable books, other processes and other threads: one writes, others read, and any of them may die.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Book, StoreError } from "tagmata";
import { rejected } from "./refused.mjs";
import { inFolder } from "./world.mjs";

const WORKER = new URL("./durable_worker.mjs", import.meta.url);
const open = (path, options) => Book.open(path, { synchronous: "normal", ...options });

/** Runs with a process that does something to a book, and tells line by line. */
async function withProcess(deed, path, run) {
  const child = spawn(process.execPath, [fileURLToPath(WORKER), deed, path], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "close");
  try {
    return await run({ child, answer: async () => (await lines.next()).value, ended });
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

const inFile = (run) => inFolder((file) => run(file("crm.db")));

test("a second writer is refused, in this process and in another one", () =>
  inFile(async (path) => {
    const book = await open(path);
    const message = `the book \`${path}\` is open for changes already`;
    await rejected(open(path), StoreError, { code: "E1504", message });
    await withProcess("write", path, async ({ answer }) => assert.equal(await answer(), "E1504"));
    await book.close();
    await withProcess("leave", path, async ({ answer }) => assert.equal(await answer(), "left"));
    const again = await open(path);
    assert.equal(again.count("everyone"), 1);
    await again.close();
  }));

test("a reader in another process takes over what was done", () =>
  inFile(async (path) => {
    const book = await open(path);
    book.createSegment("VIPs", { filter: "status = vip" });
    await withProcess("read", path, async ({ child, answer }) => {
      assert.equal(await answer(), "0");
      const zoe = book.createContact({ first_name: "Zoé" });
      book.setStatus(zoe, "vip");
      child.stdin.write("\n");
      assert.equal(await answer(), "1, 2 commits, VIPs 0");
      child.stdin.write("\n");
      assert.equal(await answer(), "1, 0 commits, ");
    });
    await book.close();
  }));

for (const answers of [1, 7, 60]) {
  test(`nothing that was answered is lost by a kill after ${answers} answers`, () =>
    inFile(async (path) => {
      const told = [];
      await withProcess("go_on", path, async ({ child, answer }) => {
        assert.equal(await answer(), "begun");
        while (told.length < answers) {
          told.push(Number(await answer()));
        }
        child.kill("SIGKILL");
        for (let line = await answer(); line !== undefined; line = await answer()) {
          told.push(Number(line));
        }
      });
      const book = await open(path);
      assert.deepEqual(await book.check(), []);
      const found = Array.from(book.members("Nord"));
      // One more may be there, which was not told any more.
      assert.deepEqual(found.slice(0, told.length), told);
      assert.ok(found.length <= told.length + 1, `${found.length} found, ${told.length} told`);
      assert.deepEqual(Array.from(book.select("status = vip")), found);
      book.createContact({ first_name: "Léo" });
      await book.close();
    }));
}

test("threads open books, one of them for changes", () =>
  inFile(async (path) => {
    const thread = (deed) => new Worker(WORKER, { workerData: [deed, path] });
    const [[left]] = await Promise.all([once(thread("leave"), "message")]);
    assert.equal(left, "left");
    const keeping = thread("keep");
    assert.deepEqual(await once(keeping, "message"), ["kept"]);
    await rejected(open(path), StoreError, { code: "E1504" });
    const reader = await open(path, { readOnly: true });
    assert.equal(reader.count("everyone"), 1);
    await reader.close();
    // What a thread has open is closed at its end.
    await keeping.terminate();
    const book = await open(path);
    assert.deepEqual([book.count("everyone"), await book.check()], [1, []]);
    await book.close();
  }));
