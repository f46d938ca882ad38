// How the package is used, for `tsc`: what is written here has to be accepted, but for the lines that say otherwise.

import {
  Book,
  ConflictError,
  type Contact,
  type Diagnostic,
  type FieldValue,
  Filter,
  FilterError,
  type Outcome,
  type Segment,
  Selection,
  TagmataError,
} from "tagmata";

const book = new Book({
  timezone: "Europe/Paris",
  defaultCountry: "FR",
  weekStart: "monday",
  leapDay: "mar_1",
  clock: new Date("2026-11-24T09:00:00Z"),
  limits: { nodes: 100 },
});
// @ts-expect-error an option that there is not
new Book({ timezon: "Europe/Paris" });
// @ts-expect-error a word that there is not
new Book({ weekStart: "mittwoch" });

// Definitions
book.defineField("billed", "number", { label: "Montant facturé", actor: "ana" });
book.defineField("software", "multi_select", { options: { xero: "Xero" } });
book.updateField("software", { addOptions: ["MYOB"] });
book.deleteStatus("inactive", { replacement: "active" });
// @ts-expect-error a type that there is not
book.defineField("billed", "nubmer");
const choices: string[] = book.fields().flatMap((field) => field.options.map((option) => option.label));
const tags: Record<string, number> = book.tags();

// Contacts
const zoe: number = book.createContact({ first_name: "Zoé", tags: ["vip"], billed: 120, birthday: "1990-02-28" });
const updated: Outcome = book.updateContact(zoe, { billed: null, created_at: new Date() });
const contact: Contact = book.contact(zoe);
const billed: FieldValue = contact.get("billed");
const email: string | null = contact.email;
const when: Date | undefined = contact.interactions[0]?.at;
const found: number | null = book.find({ email: "zoe@example.com" });
book.mergeContacts(zoe, [1, 2]);
book.record(zoe, "payment", { amount: "49.90", at: "2026-11-20T10:00:00Z" });
// @ts-expect-error contacts are not found by their source
book.find({ source: "web" });
// @ts-expect-error a field of names takes a list
book.createContact({ tags: "vip" });

// Selections and filters
const filter: Filter = book.filter({ combinator: "and", rules: [{ field: "status", operator: "=", value: "lead" }] });
const ids: Uint32Array = book.select(filter);
book.addTags(ids, ["a"]);
book.addTags([zoe], ["a"]);
book.setStatus(new Selection("everyone", { exclude: ids, expect: 3 }), "vip", { actor: null });
book.updateContacts(book.segment("Nord"), { source: "fair" });
const lints: Diagnostic[] = filter.lints;
const stored: Filter = Filter.fromJson(book, filter.toJson());
book.count(filter.toObject());
book.count(filter.toQueryBuilder());
// @ts-expect-error a segment is no filter
book.count(book.segment("Nord"));

// Segments
book.createSegment("Nord", { members: "country = FR" });
book.createSegment("VIP", { filter, alwaysIn: [zoe], alwaysOut: ids });
book.createSegments(["Sud", { name: "Est", filter: "everyone" }]);
// @ts-expect-error either a filter or members
book.createSegment("Ouest", { filter, members: "everyone" });
const segments: Segment[] = book.segments();
const entered: Uint32Array | undefined = book.previewSegment("VIP", { filter: "nobody" }).left["VIP"];
const until: Date | null = book.explain(zoe, "VIP").validUntil;
const parts: string[] = book.explain(zoe, "VIP").tree.children.map((part) => part.text);

// Batches
const outcome: Outcome = book.batch((inside) => inside.addTags([zoe], ["a"]));
book.undo(outcome, { force: true });
book.advance();

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

declare const console: { log(...values: unknown[]): void };
console.log(choices, tags, updated, billed, email, when, found, lints, stored, segments, entered, until, parts);
