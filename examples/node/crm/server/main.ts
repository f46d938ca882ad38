// node dist/server/main.js --book crm.db [--contacts N] [--samples FOLDER] [--port P]

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createApp } from "./app.ts";
import { openBook } from "./seed.ts";

const { values } = parseArgs({
  options: {
    book: { type: "string", default: "crm.db" },
    samples: { type: "string" },
    contacts: { type: "string" },
    port: { type: "string", default: "8080" },
  },
});

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) {
    console.error(`--${name} takes a whole number up to ${most}`);
    process.exit(1);
  }
  return number;
}

const port = wholeNumber("port", values.port, 65_535);
const { samples } = values;
const book = await openBook(values.book, {
  ...(samples === undefined ? {} : { samples }),
  ...(values.contacts === undefined ? {} : { contacts: wholeNumber("contacts", values.contacts, 10_000_000) }),
});
const app = await createApp(book, { page: fileURLToPath(new URL("../page", import.meta.url)), log: true });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void app.close());
}
// Nobody has to log in: the page is for this machine alone.
const address = await app.listen({ port, host: "127.0.0.1" }).catch(async (error: NodeJS.ErrnoException) => {
  await app.close();
  console.error(error.code === "EADDRINUSE" ? `port ${port} is taken: name another one with --port` : error.message);
  process.exit(1);
});
console.log(`${book.count("everyone")} contacts in ${values.book}: ${address}`);
