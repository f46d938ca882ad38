// What other processes and threads do to a book: the deed and the path of the book are its arguments.

import { createInterface } from "node:readline";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { Book } from "tagmata";

const [deed, path] = isMainThread ? process.argv.slice(2) : workerData;
const tell = (text) => (isMainThread ? process.stdout.write(`${text}\n`) : parentPort.postMessage(text));

const DEEDS = {
  /** Tells why it may not write. */
  async write() {
    await Book.open(path).catch(({ code }) => tell(code));
  },
  /** Reads, and at each line that comes takes over what was done. */
  async read() {
    const book = await Book.open(path, { readOnly: true });
    tell(book.count("everyone"));
    for await (const _ of createInterface({ input: process.stdin })) {
      const { entered, commits } = await book.refresh();
      const who = Object.entries(entered).map(([name, ids]) => `${name} ${Array.from(ids)}`);
      tell(`${book.count("everyone")}, ${commits.length} commits, ${who}`);
    }
  },
  /** Changes the book until it is killed, and tells what it has done. */
  async go_on() {
    const book = await Book.open(path);
    book.createSegment("Nord");
    tell("begun");
    for (;;) {
      const zoe = book.createContact({ first_name: "Zoé", tags: ["vip"] });
      book.batch((inside) => {
        inside.addToSegment(zoe, "Nord");
        inside.setStatus(zoe, "vip");
      });
      tell(zoe);
      // What is told leaves the process when it has nothing else to do.
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  /** Leaves a contact behind. */
  async leave() {
    const book = await Book.open(path, { synchronous: "normal" });
    book.createContact({ first_name: "Zoé" });
    await book.close();
    tell("left");
  },
  /** Says that it has the book, and keeps it until it is terminated. */
  async keep() {
    const book = await Book.open(path, { synchronous: "normal" });
    tell("kept");
    setInterval(() => book.now, 1000);
  },
};

await DEEDS[deed]();
