// What a new book begins with: the fields of a business, and its contacts from the sample files or as many as are drawn.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Book, type FieldType } from "tagmata";
import { OPTIONS, writeContacts } from "./generate.ts";

const FIELDS: [key: string, type: FieldType, label: string][] = [
  ["billed", "number", "Montant facturé"],
  ["employees", "number", "Effectif"],
  ["client_type", "select", "Type de client"],
  ["newsletter", "bool", "Lettre d'information"],
  ["software", "multi_select", "Logiciels"],
  ["birthday", "date", "Anniversaire"],
];

/** The headers of the sample files that are no labels here. */
const COLUMNS: Record<string, Record<string, string | null>> = {
  "contacts-fr.csv": { "Créé le": "created_at" },
  "contactos-es.csv": {
    "Importe facturado": "billed",
    Empleados: "employees",
    Boletín: "newsletter",
    Cumpleaños: "birthday",
    "Creado el": "created_at",
    "Tipo de cliente": null,
  },
};

const SEGMENTS: [name: string, filter: string][] = [
  ["Key accounts", "billed > 100000 and status in (active, vip)"],
  ["New this month", "created_at in this month"],
  ["Birthdays", "birthday anniversary in next 14 days"],
  ["Quiet clients", "status in (active, vip) and not last_interaction in last 180 days"],
];

export interface Seed {
  /** The folder of the sample files. */
  samples?: string;
  /** How many contacts are drawn, instead of those of the sample files. */
  contacts?: number;
}

/** Opens the book in a file. Where there is none it is made, and filled. */
export async function openBook(path: string, seed: Seed): Promise<Book> {
  const book = await Book.open(path, { timezone: "Europe/Paris" });
  if (book.count("everyone") === 0 && book.segments().length === 0) await fill(book, seed);
  return book;
}

export async function fill(book: Book, { samples, contacts }: Seed): Promise<void> {
  // The last time may have been stopped on its way.
  const known = new Set(book.fields().map(({ key }) => key));
  for (const [key, type, label] of FIELDS) {
    if (!known.has(key)) book.defineField(key, type, { label, options: OPTIONS[key] ?? [] });
  }
  if (contacts !== undefined) await importDrawn(book, contacts);
  else if (samples !== undefined) await importSamples(book, samples);
  book.createSegments(SEGMENTS.map(([name, filter]) => ({ name, filter })));
}

async function importSamples(book: Book, folder: string): Promise<void> {
  for (const [file, columns] of Object.entries(COLUMNS)) {
    await book.importCsv(join(folder, file), { columns, unknownSegments: "create" });
  }
  await book.importInteractions(join(folder, "interactions-fr.csv"));
}

async function importDrawn(book: Book, contacts: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tagmata-crm-"));
  try {
    const path = join(folder, "contacts.csv");
    await writeContacts(path, contacts);
    await book.importCsv(path, { unknownSegments: "create", match: ["external_id"] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
