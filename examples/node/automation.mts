// A business lets its book do things by itself: default rules, rules of its own, and what is to come.
//
//     node examples/node/automation.mts     # before Node 22.18: npx tsx examples/node/automation.mts
//
// `examples/rust/automation.rs` and `examples/python/automation.py` do the same and print the same.

import { fileURLToPath } from "node:url";
import { Book, ConflictError, type Contact } from "tagmata";

const DATA = process.env.TAGMATA_EXAMPLES ?? fileURLToPath(new URL("..", import.meta.url));

const heading = (text: string) => console.log(`\n── ${text}`);

// The clock stands still until the book is advanced, so that the answers are the same on every day.
const book = new Book({ timezone: "Europe/Paris", clock: "2026-11-22T09:30:00Z" });
const find = (externalId: string) => book.find({ external_id: externalId })!;
const nameOf = (contact: number) => book.contact(contact).name;
const statusOf = (contact: number) => book.contact(contact).status;

function printHistory({ history }: Contact) {
  for (const { change, at, old: before, new: after, cause, rule, actor } of history) {
    if (!["created", "status", "merged"].includes(change)) continue;
    const what = change === "status" ? `${before} → ${after}` : change;
    const origin = `${cause}${rule ? ` ${rule}` : ""}${actor ? ` of ${actor}` : ""}`;
    console.log(`  ${at.toISOString().slice(0, 10)}  ${what.padEnd(13)}  by ${origin}`);
  }
}

heading("Contacts come in, and what happened with them");
const contacts = await book.importCsv(`${DATA}/data/contacts-fr.csv`, {
  columns: { "Créé le": "created_at" },
  unknownSegments: "create",
});
console.log(`contacts-fr.csv: ${contacts.created} created, ${contacts.rejected} rejected`);
const happened = await book.importInteractions(`${DATA}/data/interactions-fr.csv`);
console.log(`interactions-fr.csv: ${happened.created} recorded, ${happened.rejected} rejected`);

heading("A first payment makes a client of a lead; after that, a person has the last word");
const ludivine = find("CRM-10046");
console.log(`${nameOf(ludivine)} is ${statusOf(ludivine)}`);
book.record(ludivine, "payment", { amount: "120.00" });
console.log(`she pays: ${statusOf(ludivine)}`);
book.setStatus(ludivine, "lead", { actor: "ana" });
console.log(`ana knows better: ${statusOf(ludivine)}`);
book.record(ludivine, "payment", { amount: "80.00" });
console.log(`she pays again: ${statusOf(ludivine)}`);

heading("A default rule is switched off");
book.setAutomation({ rules: { first_invoice: false } });
const nadege = find("CRM-10055");
book.record(nadege, "invoice", { amount: "300.00" });
console.log(`${nameOf(nadege)} gets her first invoice: ${statusOf(nadege)}`);

heading("A rule on payments, with a condition");
book.addRule("big spender", { on: "payment", condition: "sum(payment) > 1000", setStatus: "vip", addTags: ["gold"] });
const marijke = find("CRM-10001");
book.record(marijke, "payment", { amount: "50.00" });
console.log(`${nameOf(marijke)} pays 50.00 more: ${statusOf(marijke)}`);
console.log(`${book.count("tags has gold")} has the tag gold`);

heading("A rule on a filter that becomes true, tried before it counts");
book.createSegment("Regulars");
const regular = { when: "count(payment in last 90 days) >= 2", addToSegments: ["Regulars"], enabled: false };
book.addRule("regular", regular);
const look = book.previewRule("regular");
console.log(`a look, ${look.effects.entered.Regulars.length} would enter:`);
for (const contact of look.commit.contacts) {
  console.log(`  ${nameOf(contact)}`);
}
book.updateRule("regular", { enabled: true, applyToExisting: true });
console.log(`for those who are there already: ${book.segment("Regulars").count} are Regulars`);
const edith = find("CRM-10031");
const { entered } = book.record(edith, "payment", { amount: "80.00" }).effects;
const { count } = book.segment("Regulars");
console.log(`${nameOf(edith)} pays for the second time: ${entered.Regulars.length} enters, ${count} are Regulars`);

heading("Rules that contradict each other are told of when they are saved");
for (const { code, message } of book.addRule("welcome back", { on: "payment", setStatus: "active" }).warnings) {
  console.log(`${code}: ${message}`);
}
try {
  book.addRule("refund", { on: "payment", setStatus: "inactive" });
} catch (error) {
  if (!(error instanceof ConflictError)) throw error;
  console.log(`${error.code}: ${error.diagnostics[0].message}`);
}
book.deleteRule("welcome back");

heading("What is to come fires when its time comes");
const gaelle = find("CRM-10061");
book.record(gaelle, "appointment", { at: "2026-12-01T10:00:00Z" });
console.log(`${nameOf(gaelle)} has an appointment in December: ${statusOf(gaelle)}`);
for (const commit of book.advance("2026-12-02T08:00:00Z").commits) {
  const minute = commit.at.toISOString().slice(0, 16).replace("T", " ");
  console.log(`${minute}: ${commit.contacts.length} contact changes`);
}
console.log(`${nameOf(gaelle)} has had it: ${statusOf(gaelle)}`);

heading("Who had which status, since when and why");
for (const contact of [find("CRM-10022"), ludivine, gaelle]) {
  console.log(nameOf(contact));
  printHistory(book.contact(contact));
}

heading("Two records of one person become one");
book.createContact({
  first_name: "Valérie",
  email: "v.hebrard@example.org",
  mobile: "+33 6 47 90 61 20",
  tags: ["fair"],
  segments: ["Grands comptes"],
});
const [valerie, twin] = book.select('mobile = "+33 6 47 90 61 20"');
book.record(twin, "appointment");
book.mergeContacts(valerie, [twin], { actor: "ana" });
const { name, tags, segments, interactions } = book.contact(valerie);
console.log(name);
console.log(`  tags: ${tags.join("; ")}`);
console.log(`  segments: ${segments.join("; ")}`);
console.log(`  interactions: ${interactions.map(({ kind }) => kind).join("; ")}`);
printHistory(book.contact(valerie));
console.log(`v.hebrard@example.org leads to ${nameOf(book.find({ email: "v.hebrard@example.org" })!)}`);

heading("An undo takes back what rules did, too");
const leads = 'segments has "Région Nord" and status = lead';
console.log(`${book.count(leads)} leads in Région Nord`);
const paid = book.recordMany({ contact: book.select(leads), kind: "payment" });
console.log(`all have paid: ${book.count(leads)} leads`);
book.undo(paid);
console.log(`undone: ${book.count(leads)} leads`);

heading("Why so many are on a list, and who calls whom");
const others = 'segments has any ("Relance impayés", "Ne plus contacter")';
book.createSegment("To call", { filter: `${leads} and mobile is not empty and not ${others}` });
console.log(`${book.explainSegment("To call")}`);
const callers = ["ana", "ben"];
for (const batch of book.forEach(book.segment("To call"), { batch: 10 })) {
  const [first] = batch;
  console.log(`${callers.shift()} calls ${batch.length}, first ${first.name} at ${first.mobile}`);
}

heading("The rules go to another book");
const other = new Book();
other.applyDefinitions(book.definitions());
for (const { name, on, when, condition } of other.rules()) {
  console.log(`${name}: ${on ? `on ${on}` : `when ${when}`}${condition ? ` if ${condition}` : ""}`);
}
console.log(`first_invoice: ${other.automation().rules.first_invoice ? "on" : "off"}`);
const again = other.applyDefinitions(book.definitions());
console.log(`applied again: ${again.commit.isEmpty ? "nothing" : "something"} changes`);
