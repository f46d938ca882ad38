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
};

const [handle, deed] = workerData;
parentPort.postMessage(await DEEDS[deed](Book.attach(handle)));
