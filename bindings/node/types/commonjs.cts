// The types as a CommonJS module sees them.

import tagmata = require("tagmata");

const book: tagmata.Book = new tagmata.Book({ clock: "system" });
export const count: number = book.count("everyone");
