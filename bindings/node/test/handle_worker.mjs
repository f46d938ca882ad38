// What another thread does with a book of which it has the handle.

import { parentPort, workerData } from "node:worker_threads";
import { Book } from "tagmata";

const DEEDS = {
  create(book) {
    for (let turn = 0; turn < 50; turn += 1) {
      book.batch((inside) => {
        inside.createContact({ first_name: "Zoé" });
        inside.createContact({ first_name: "Léo" });
      });
      book.count("everyone");
    }
    return "created";
  },
  batch(book) {
    const { commit } = book.batch((inside) => {
      inside.createContact({ first_name: "Zoé" });
      inside.createContact({ first_name: "Léo" });
    });
    return `${book.count("everyone")} contacts, commit ${commit.number}`;
  },
  async "ask and change"(book) {
    const [counts, codes] = [[], []];
    for (let turn = 0; turn < 50; turn += 1) {
      counts.push(book.count("country = FR"));
      try {
        book.defineTag(`turn ${turn}`);
        codes.push("changed");
      } catch ({ code }) {
        codes.push(code);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return [counts, codes];
  },
  async "change at random"(book, seed) {
    let dice = seed;
    const below = (bound) => (dice = (dice * 1_103_515_245 + 12_345) % 2_147_483_648) % bound;
    let last;
    for (let turn = 0; turn < 80; turn += 1) {
      const some = Array.from({ length: 1 + below(6) }, () => below(40));
      const changes = [
        () => book.addTags(some, [`t${below(3)}`]),
        () => book.promises.removeTags("tags has t0", ["t0"]),
        () => book.setStatus(some, below(2) ? "vip" : "lead"),
        () => book.promises.updateContacts(some, { source: below(2) ? "web" : null }),
        () => (last ? book.undo(last, { force: true }) : book.addTags(some, ["t1"])),
        () =>
          book.batch((inside) => {
            inside.setStatus(some, "vip");
            inside.addTags(some, ["t1"]);
          }),
      ];
      last = await changes[below(changes.length)]();
      // A question sees one moment: nobody is counted twice, or not at all.
      const counted = book.breakdown({ by: "status" }).reduce((sum, { count }) => sum + count, 0);
      if (counted !== 40) {
        return `${counted} contacts`;
      }
    }
    return "changed";
  },
};

const [handle, deed, seed] = workerData;
parentPort.postMessage(await DEEDS[deed](Book.attach(handle), seed));
