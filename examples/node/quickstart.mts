// A business opens its book: two CSV exports come in, segments are made, statuses change in bulk, and a campaign finds its
// audience.
//
//     node examples/node/quickstart.mts            # the book is gone at the end; before Node 22.18: npx tsx …
//     node examples/node/quickstart.mts crm.db     # the book stays in this file
//
// `examples/rust/quickstart.rs` and `examples/python/quickstart.py` do the same and print the same.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Book, type FieldType, Selection } from "tagmata";

const DATA = process.env.TAGMATA_EXAMPLES ?? fileURLToPath(new URL("..", import.meta.url));

/** The custom fields of this business, as its French export names them. */
const FIELDS: Array<[key: string, type: FieldType, label: string]> = [
  ["billed", "number", "Montant facturé"],
  ["employees", "number", "Effectif"],
  ["client_type", "select", "Type de client"],
  ["newsletter", "bool", "Lettre d'information"],
  ["software", "multi_select", "Logiciels"],
  ["birthday", "date", "Anniversaire"],
];

const OPTIONS: Record<string, string[]> = {
  client_type: ["Cabinet", "Exploitation", "Concession", "Entreprise de travaux", "Coopérative"],
  software: [
    "A3", "Agroptima", "Aspel", "Bejerman", "Cegid", "Contasol", "Contpaqi", "EBP", "Ekylibre", "Holded", "Isagri", "Pennylane",
    "Quadra", "Sage", "Smag Farmer", "Tango", "Xubio",
  ],
};

/** The headers of the exports that are no labels here. What the Spanish one calls its types of clients is left out. */
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

const heading = (text: string) => console.log(`\n── ${text}`);

const folder = mkdtempSync(join(tmpdir(), "quickstart-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const path = process.argv[2] ?? join(folder, "crm.db");
if (existsSync(path)) {
  console.error(`${path} is there already: name a file that is not`);
  process.exit(1);
}
// The clock stands still, so that the answers are the same on every day.
const book = await Book.open(path, { timezone: "Europe/Paris", clock: "2026-11-22T09:30:00Z" });
for (const [key, type, label] of FIELDS) {
  book.defineField(key, type, { label, options: OPTIONS[key] ?? [] });
}

heading("Two exports come in");
for (const [file, columns] of Object.entries(COLUMNS)) {
  const report = await book.importCsv(`${DATA}/data/${file}`, { columns, unknownSegments: "create" });
  const { created, updated, unchanged, rejected, problems } = report;
  console.log(`${file}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`);
  for (const { row, line, column, code, message } of problems.slice(0, 3)) {
    console.log(`  row ${row}, line ${line}, ${column}: ${message} [${code}]`);
  }
  console.log(`  … and ${problems.length - 3} more problems`);
}

heading("Dynamic segments are filters, static ones are lists");
for (const [name, filter] of Object.entries({
  "Key accounts": "billed > 100000 and status in (active, vip)",
  Birthdays: "birthday anniversary in next 14 days",
  Greetings: 'segments has Birthdays and not segments has any (Morosos, "Relance impayés")',
})) {
  book.createSegment(name, { filter });
}
book.createSegment("Fair 2027", { members: "newsletter is true and tags has any (fiel, fidèle)" });
for (const { name, count, filter } of book.segments().slice(-4)) {
  console.log(`${name.padEnd(12)} ${String(count).padStart(3)}  ${filter ?? "a static segment"}`);
}

heading("The members of one of them, by what they were billed");
const page = book.page({ filter: 'segments has "Key accounts"', sort: "-billed", limit: 5 });
console.log(`${page.contacts.length} of ${page.total}`);
for (const contact of page.contacts) {
  const billed = Number(contact.get("billed")).toFixed(2).padStart(10);
  console.log(`  ${billed}  ${contact.country}  ${contact.status?.padEnd(6)}  ${contact.name}`);
}

heading("They become VIPs: first a look, then really, then back");
const keyAccounts = new Selection(book.segment("Key accounts"), { expect: page.total });
const look = book.preview((tried) => tried.setStatus(keyAccounts, "vip"));
console.log(`a look: ${look.commit.contacts.length} would change`);
const outcome = book.setStatus(keyAccounts, "vip", { actor: "ana" });
console.log(`really: ${outcome.commit.contacts.length} changed, ${book.count("status = vip")} are VIPs`);
book.undo(outcome);
console.log(`undone: ${book.count("status = vip")} are VIPs`);

heading("Why somebody is in a segment, or not");
const celine = book.find({ external_id: "CRM-10010" })!;
console.log(String(book.explain(celine, book.segment("Key accounts"))));

heading("The largest segments, and what their members were billed");
const rows = book.breakdown({ by: "segments", measure: "billed" }).sort((a, b) => b.count - a.count);
for (const { value, count, sum } of rows.slice(0, 6)) {
  console.log(`  ${String(count).padStart(3)}  ${(sum ?? 0).toFixed(2).padStart(11)}  ${value ?? "none"}`);
}

heading("Who gets a text message, and who does not");
const { recipients, skipped } = book.audience(["Key accounts", "Fair 2027"], {
  exclude: ["Morosos", "Relance impayés"],
  channel: "sms",
});
console.log(`${recipients.length} recipients`);
for (const [reason, contacts] of Object.entries(skipped)) {
  console.log(`  ${contacts.length} skipped: ${reason}`);
}

heading("A segment goes out as a file");
const file = await book.exportCsv(null, {
  filter: "segments has Greetings",
  columns: ["first_name", "last_name", "mobile", "tags"],
});
console.log(`${book.count("segments has Greetings")} rows`);
process.stdout.write(file);

await book.close();

heading("The book is a file: closed, opened a month later");
const later = await Book.open(path, { clock: "2026-12-22T09:30:00Z" });
const [entered, left] = [later.opened.entered, later.opened.left].map((moved) => moved.Birthdays?.length ?? 0);
console.log(`${later.count("everyone")} contacts; birthdays: ${entered} came up meanwhile, ${left} are over`);
console.log(`${(await later.check()).length} problems in the file`);
await later.close();
