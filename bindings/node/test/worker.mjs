import { parentPort } from "node:worker_threads";
import { Book } from "tagmata";

const book = new Book();
book.createContact({ first_name: "Zoé" });
parentPort.postMessage(book.count("everyone"));
