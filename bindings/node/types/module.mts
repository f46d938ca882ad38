// How the package is called, for `tsc`: what is written here has to be accepted, but for the lines that say otherwise.
// `answers.mts` does the same for what it answers, and `test/types.test.mjs` sees to it that no member is left out.

import {
  type Advance,
  type Audience,
  Book,
  type BookEvents,
  type BookPromises,
  type BreakdownRow,
  type CommitObject,
  ConflictError,
  type Contact,
  type Definitions,
  type Diagnostic,
  type Explanation,
  Filter,
  FilterError,
  type ImportReport,
  type Move,
  type Outcome,
  type Page,
  type Preset,
  type QueryBuilderField,
  type SegmentExplanation,
  Selection,
  type Sql,
  type SqlDifference,
  type SqlField,
  type SqlMapping,
  type StopSignal,
  TagmataError,
  type WatchOptions,
  type WorkProgress,
  accentFold,
  fold,
  importTemplate,
} from "tagmata";

const book = new Book({
  timezone: "Europe/Paris",
  defaultCountry: "FR",
  weekStart: "monday",
  leapDay: "mar_1",
  clock: new Date("2026-11-24T09:00:00Z"),
  limits: { source: 1000, nesting: 8, segmentDepth: 2, nodes: 100, listItems: 50, string: 100, diagnostics: 5 },
});
new Book({ clock: "system" });
new Book({ clock: () => new Date() });
// @ts-expect-error an option that there is not
new Book({ timezon: "Europe/Paris" });
// @ts-expect-error a word that there is not
new Book({ weekStart: "mittwoch" });

// Events
book
  .on("commit", (commit) => commit.number)
  .once("entered", ({ segment, contacts, commit }) => [segment.length, contacts.length, commit?.actor])
  .off("left", (move: Move) => move.segment)
  .addListener("left", (move) => move.contacts)
  .removeListener("commit", (commit) => commit.at)
  .prependListener("entered", () => {})
  .prependOnceListener("entered", () => {})
  .removeAllListeners("commit")
  .removeAllListeners();
const listening: number = book.listenerCount("left") + book.listeners("entered").length;
const events: Array<keyof BookEvents> = book.eventNames();
// @ts-expect-error an event that there is not
book.on("comit", () => {});
// @ts-expect-error what leaves is no commit
book.on("left", ({ number }) => number);

// Threads
const handle: number = book.handle;
const attached: Book = Book.attach(handle);

// Durable books
const stored: Book = await Book.open("crm.db", { timezone: "Europe/Paris", clock: "system", limits: { nodes: 5 }, readOnly: true });
await Book.open("crm.db");
await Book.open("crm.db", { create: false, synchronous: "normal", materializeSegments: true, retention: { days: 90 } });
// @ts-expect-error an answer that there is not
Book.open("crm.db", { synchronous: "never" });
const refreshed: Advance = await stored.refresh();
await stored.backup("copy.db");
declare const stop: StopSignal;
const watching: WatchOptions = { signal: stop, onProgress: ({ done, total }: WorkProgress) => done / total };
await Book.open("crm.db", { ...watching, readOnly: true });
await stored.backup("copy.db", watching);
await stored.refresh(watching);
await stored.compact("all", watching);
const problems: string[] = await stored.check(watching);
// @ts-expect-error what is no signal
stored.check({ signal: "stop" });

// Changes of many contacts as promises
const promises: BookPromises = stored.promises;
const changes: Outcome[] = [
  await promises.addTags("everyone", ["new"], { actor: "ana" }),
  await promises.removeTags("everyone", ["new"]),
  await promises.setStatus("everyone", "active"),
  await promises.updateContacts("everyone", { source: "web" }),
  await promises.addToSegment("everyone", "Nord"),
  await promises.removeFromSegment("everyone", "Nord"),
  await promises.deleteInteractions("everyone", { kind: "payment" }),
  await promises.deleteContacts("status = inactive"),
];
await promises.undo(changes[0]!, { force: true });
// @ts-expect-error tags are a list
promises.addTags("everyone", "new");
console.log(problems, changes.length);
stored.undo(await stored.commit(17), { actor: "ana" });
const removed: number = (await stored.compact("all")) + (await stored.compact({ commits: 1000 }));
// @ts-expect-error either commits or days
stored.compact({ commits: 1000, years: 1 });
const told: CommitObject = (await stored.commit(17)).toObject({ most: 10 });
console.log(told.commit, told.at, told.actor, told.cause, told.facts[0]?.fact);
await stored.close();
await stored[Symbol.asyncDispose]();

// Definitions
book.defineField("billed", "number", { label: "Montant facturé", actor: "ana" });
book.defineField("software", "multi_select", { options: { xero: "Xero" } });
book.updateField("software", { addOptions: ["MYOB"] });
book.deleteStatus("inactive", { replacement: "active" });
book.deleteField("software", { force: true, actor: "ana" });
book.renameOption("software", "xero", "Xero Ltd", { actor: "ana" });
book.deleteOption("software", "xero", { force: true });
book.defineStatus("churned", { label: "Perdu" });
book.updateStatus("churned", { label: "Parti", position: 0 });
book.defineKind("demo", { outgoing: true });
book.deleteKind("demo", { force: false });
book.defineTag("vip", { actor: null });
book.renameTag("vip", "gold");
book.deleteTag("gold", { force: true });
book.changeSettings({ timezone: "Europe/Paris", defaultCountry: null, limits: { nodes: 5 }, actor: "ana" });
// @ts-expect-error the clock of a book stays
book.changeSettings({ clock: "system" });
const definitions: Definitions = book.definitions();
book.applyDefinitions(definitions, { prune: true, actor: "ana" });
book.applyDefinitions(JSON.stringify({ v: 1 }));
// @ts-expect-error a type that there is not
book.defineField("billed", "nubmer");

// Contacts
const zoe: number = book.createContact({ first_name: "Zoé", tags: ["vip"], billed: 120, birthday: "1990-02-28" });
const updated: Outcome = book.updateContact(zoe, { billed: null, created_at: new Date() });
book.updateContact(zoe, { external_id: "A-1", account_number: "7", last_name: "Martin", mobile: null, organization: "Ltd" });
book.updateContact(zoe, { last_interaction: "2026-11-20T10:00:00Z" }, { actor: "ana" });
const contact: Contact = book.contact(zoe);
const found: number | null = book.find({ email: "zoe@example.com" });
book.mergeContacts(zoe, [1, 2], { actor: "ana" });
book.deleteContacts([1, 2]);
book.record(zoe, "payment", { amount: "49.90", at: "2026-11-20T10:00:00Z", label: "deposit" });
book.recordMany([{ contact: zoe, kind: "payment", amount: 120, at: new Date(), label: null }, [zoe, "message"]], { actor: "ana" });
book.recordMany({ contact: new Uint32Array([zoe]), kind: "email_viewed", at: new Float64Array([0]), amount: null, label: ["deposit"] });
book.deleteInteractions("everyone", { kind: "payment", label: "deposit", since: new Date(), until: "2026-12-01", actor: "ana" });
// @ts-expect-error what narrows says something, or is left out
book.deleteInteractions("everyone", { kind: undefined });
// @ts-expect-error what narrows says something, or is left out
book.deleteInteractions("everyone", { since: null });
// @ts-expect-error an interaction has a kind
book.recordMany([{ contact: zoe }]);
// @ts-expect-error contacts are not found by their source
book.find({ source: "web" });
// @ts-expect-error a field of names takes a list
book.createContact({ tags: "vip" });

// Selections and filters
const filter: Filter = book.filter({ combinator: "and", rules: [{ field: "status", operator: "=", value: "lead" }] });
const ids: Uint32Array = book.select(filter);
book.addTags(ids, ["a"]);
book.addTags([zoe], ["a"]);
book.removeTags(zoe, ["a"], { actor: "ana" });
book.addToSegment("everyone", "Nord");
book.removeFromSegment(ids, book.segment("Nord"), { actor: "ana" });
book.setStatus(new Selection("everyone", { exclude: ids, expect: 3 }), "vip", { actor: null });
// @ts-expect-error what narrows says something, or is left out
new Selection("everyone", { exclude: undefined });
// @ts-expect-error what narrows says something, or is left out
new Selection("everyone", { expect: null });
book.updateContacts(book.segment("Nord"), { source: "fair" });
const read: Filter = Filter.fromJson(book, filter.toJson());
book.count(filter.toObject());
book.count(filter.toQueryBuilder());
// @ts-expect-error a segment is no filter
book.count(book.segment("Nord"));

// Rules
book.addRule("dormant", { when: "status = active", condition: filter, setStatus: "inactive", enabled: false, position: 0 });
book.addRule("paid", { on: "payment", addTags: ["client"], removeTags: [], setFields: { billed: 1, source: null }, applyToExisting: true });
book.updateRule("paid", { rename: "client", condition: null, addToSegments: ["Nord"], removeFromSegments: [], actor: "ana" });
book.previewRule("client").warnings;
book.deleteRule("client", { actor: "ana" });
book.setAutomation({ leadToActive: true, rules: { first_invoice: false } });
// @ts-expect-error what narrows says something, or is left out
book.addRule("paid", { on: "payment", condition: null });
// @ts-expect-error no default rule
book.setAutomation({ rules: { last_invoice: false } });

// Segments
book.createSegment("Nord", { members: "country = FR" });
book.createSegment("VIP", { filter, alwaysIn: [zoe], alwaysOut: ids });
book.createSegments(["Sud", { name: "Est", filter: "everyone" }]);
// @ts-expect-error what narrows says something, or is left out
book.createSegment("Ouest", { filter, alwaysOut: undefined });
// @ts-expect-error either a filter or members
book.createSegment("Ouest", { filter, members: "everyone" });
const left: Uint32Array | undefined = book.previewSegment("VIP", { filter: "nobody" }).left["VIP"];
book.updateSegment("VIP", { filter: "everyone", alwaysIn: ids, alwaysOut: [], actor: "ana" });
book.renameSegment("VIP", "Key accounts");
book.deleteSegment("VIP", { force: true });
book.freezeSegment(book.segment("VIP"));
const names: string[] = book.segmentsOf(zoe);
const members: Uint32Array = book.members("VIP");

// Questions
const matches: boolean = book.matches(zoe, filter);
const explanation: Explanation = book.explain(zoe, "VIP");
const numbers: SegmentExplanation = book.explainSegment("VIP");
book.explainSegment(book.segment("VIP"));
const page: Page = book.page({ filter, preset: "everyone", search: "zo", sort: "-billed", offset: 0, limit: 50 });
book.page({ after: zoe });
const preset: Preset | undefined = book.presets()[0];
const rows: BreakdownRow[] = book.breakdown({ by: "status", filter: "everyone", measure: "billed" });
const audience: Audience = book.audience(["VIP", book.segment("Nord")], { exclude: ["Sud"], channel: "sms", optOut: ["stop"] });
// @ts-expect-error what narrows says something, or is left out
book.audience(["VIP"], { exclude: undefined });
// @ts-expect-error what narrows says something, or is left out
book.audience(["VIP"], { channel: undefined });
// @ts-expect-error what narrows says something, or is left out
book.audience(["VIP"], { optOut: null });
// @ts-expect-error a channel that there is not
book.audience(["VIP"], { channel: "fax" });
const fields: QueryBuilderField[] = book.queryBuilderFields();
const sound: boolean = (await book.check()).length === 0;
for (const batch of book.forEach("everyone", { batch: 100 })) {
  const id: number | undefined = batch[0]?.id;
  console.log(id, batch[0]?.["billed"]);
}

// Files
const report: ImportReport = await book.importCsv(new Uint8Array(), {
  match: ["external_id", "email"],
  replaceSegments: true,
  unknownSegments: "create",
  update: "fill_empty",
  create: false,
  invalidValues: "skip",
  dates: "dmy",
  decimal: ",",
  columns: { Nom: "last_name", Divers: null },
  delimiter: ";",
  encoding: "windows-1252",
  dryRun: true,
  signal: stop,
  onProgress: ({ doneBytes, totalBytes, rows }) => console.log(doneBytes / totalBytes, rows),
  actor: "ana",
});
await book.importCsv("contacts.csv");
const recorded: ImportReport = await book.importInteractions("payments.csv", { columns: { Paid: "time" }, match: ["email"], dryRun: true });
// @ts-expect-error interactions make no contacts
book.importInteractions("payments.csv", { create: true });
// @ts-expect-error an answer that there is not
book.importCsv("contacts.csv", { update: "sometimes" });
const written: number = await book.exportCsv("out.csv", { filter, columns: ["email"], guardFormulas: false });
const piped: number = await book.exportCsv(sink, { signal: stop, onProgress: ({ doneBytes, totalBytes }) => doneBytes / totalBytes });
await book.exportCsv(webSink);
const text: string = await book.exportCsv();
const template: string = importTemplate("fr");

// SQL
const email: SqlField = { column: "email", folded: "email_folded", searchable: "email_search", nullable: false };
const organization: SqlField = { column: "organization", fold: "native", search_fold: { function: "tagmata_accent_fold" } };
const people = { table: ["crm", "people"], contact: "person", where: { kind: "person", deleted: false }, tenant: "owner" };
const mapping: SqlMapping = {
  contacts: { table: "people", id: "id", tenant: "owner" },
  tenant: 42,
  fields: {
    email,
    organization,
    status: { column: "stage", names: { map: { lead: 1, vip: 3 } } },
    software: { column: "custom", path: ["software"], list: "json" },
    last_interaction: { column: "heard", format: "timestamptz", recorded: true },
    tags: { link: people, column: "tag", names_in: { table: "tags", id: "id", name: "name", tenant: "owner" } },
    segments: { link: people, column: "segment", names: "numbers" },
  },
  interactions: {
    "*": { rows: people, kind: "kind", kinds: "keys", at: "at", at_format: "iso_millis", amount: "amount", amount_format: "micros", label: email },
  },
  members: { table: "memberships", segment: "segment", contact: "person", tenant: "owner" },
};
const sql: Sql = filter.toSql("postgres", mapping, { approximateText: true, output: "count", segmentsFrom: "members", placeholders: "format", now: "2026-12-01" });
filter.toSql("mariadb", JSON.stringify(mapping));
const memberships: Sql[] = book.membersSql("spark", await stored.sqlMapping(), { segments: ["VIP", book.segment("Nord")] });
const differences: SqlDifference[] = book.differencesSql("duckdb", mapping, { approximateText: false, now: new Date() });
// @ts-expect-error a database that there is not
filter.toSql("oracle", mapping);
// @ts-expect-error a key that no mapping has
filter.toSql("sqlite", { contacts: { table: "people", key: "id" } });
// @ts-expect-error segments are named for statements about them
filter.toSql("sqlite", mapping, { segments: ["VIP"] });
const folded: string = fold("Zoé") + accentFold("Zoé");
const unfolded: null = fold(null);

// Batches
const outcome: Outcome = book.batch((inside) => inside.addTags([zoe], ["a"]));
const tried: Outcome = book.preview((inside) => inside.setStatus([zoe], "vip"), { actor: "ana" });
book.undo(outcome, { force: true });
const advance: Advance = book.advance();
const next: Date | null = book.nextChange();
book.advance("2026-12-01T09:00:00Z");
const last: Outcome | null = book.lastOutcome;
const now: Date = book.now;

try {
  book.count("biled > 3");
} catch (error) {
  if (error instanceof FilterError) {
    const { start, end, expected }: Diagnostic = error.diagnostics[0]!;
    console.log(error.code.startsWith("E"), start, end, expected.length);
  } else if (error instanceof ConflictError) {
    console.log(error.contacts.length, error instanceof TagmataError);
  }
}

declare const sink: { write(chunk: Uint8Array): boolean; end(): void };
declare const webSink: { getWriter(): object };
declare const console: { log(...values: unknown[]): void };
console.log(updated, contact, found, read, left, piped, listening, events, attached, names, members, matches, explanation, numbers, page, preset, rows, audience, fields);
console.log(sql, memberships, differences, folded, unfolded, refreshed, removed, sound, report, written, text, template, tried, advance, next, last, now);
