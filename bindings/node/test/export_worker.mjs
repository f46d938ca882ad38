// Writes a file of more than a few kilobytes, and tells why it cannot.

import { Book } from "tagmata";

// A process that does not look at this signal ends where a file gets too large.
process.on("SIGXFSZ", () => {});

const book = new Book({ clock: "2026-11-24T09:00:00Z" });
for (let at = 0; at < 500; at += 1) {
  book.createContact({ first_name: "a first name as there are many" });
}
try {
  await book.exportCsv(process.argv[2], { columns: ["first_name"] });
} catch (error) {
  console.log(`${error.name}: ${error.diagnostics[0].message}`);
}
