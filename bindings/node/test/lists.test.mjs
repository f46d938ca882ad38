// Lists, presets, batches of contacts, breakdowns, audiences.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, InvalidValueError, NotFoundError } from "tagmata";

/** Three contacts, who sort as Ana, Léo, Zoé. */
function world() {
  const book = new Book({ clock: "2026-11-24T09:00:00Z", defaultCountry: "FR" });
  book.defineField("billed", "number");
  book.createContact({ first_name: "Zoé", last_name: "Martin", billed: 120, tags: ["shop"], mobile: "06 12 34 56 78" });
  book.createContact({ first_name: "Léo", last_name: "Élie", billed: 80.5, tags: ["shop", "web"] });
  book.createContact({ first_name: "Ana", last_name: "Ado", status: "vip" });
  book.createSegment("All", { filter: "everyone" });
  book.createSegment("VIPs", { filter: "status = vip" });
  return book;
}

const names = (contacts) => contacts.map((contact) => contact.firstName);

test("a page is filtered, searched and sorted", () => {
  const book = world();
  for (const [options, total, expected] of [
    [undefined, 3, ["Ana", "Léo", "Zoé"]],
    [{ sort: "-billed", limit: 2 }, 3, ["Zoé", "Léo"]],
    [{ offset: 2 }, 3, ["Zoé"]],
    [{ after: 1 }, 3, ["Zoé"]],
    [{ preset: "status:vip" }, 1, ["Ana"]],
    [{ filter: "tags has shop", search: "mart" }, 1, ["Zoé"]],
  ]) {
    const page = book.page(options);
    assert.deepEqual([page.total, names(page.contacts)], [total, expected], JSON.stringify(options));
  }
  assert.throws(() => book.page({ limit: 0 }), InvalidValueError);
  assert.throws(() => book.page({ preset: "vips" }), NotFoundError);
  assert.deepEqual(book.presets()[3], { key: "status:vip", label: "VIP", filter: 'status = "vip"' });
});

test("contacts come in batches of plain objects", () => {
  const book = world();
  const sizes = [...book.forEach("everyone", { batch: 2 })].map((batch) => batch.length);
  assert.deepEqual(sizes, [2, 1]);
  const [[zoe]] = book.forEach([0]);
  assert.deepEqual(zoe, book.contact(0).toObject());
  assert.deepEqual([zoe.id, zoe.billed, zoe.segments, zoe.email], [0, 120, ["All"], null]);
  // Who is deleted in between is passed over.
  const rest = [];
  for (const batch of book.forEach("everyone", { batch: 1 })) {
    rest.push(...batch.map(({ id }) => id));
    rest.length === 1 && book.deleteContacts(1);
  }
  assert.deepEqual(rest, [0, 2]);
  assert.throws(() => book.forEach("everyone", { batch: 0 }), InvalidValueError);
  assert.throws(() => book.forEach("everyone", { size: 2 }), InvalidValueError);
  assert.equal([...book.forEach("everyone", null)].length, 1);
});

test("a breakdown has a row for each value", () => {
  const rows = world().breakdown({ by: "tags", measure: "billed" });
  assert.deepEqual(
    rows.map(({ value, count, sum, avg, min, max }) => [value, count, sum, avg, min, max]),
    [
      ["shop", 2, 200.5, 100.25, 80.5, 120],
      ["web", 1, 80.5, 80.5, 80.5, 80.5],
      [null, 1, null, null, null, null],
    ],
  );
  assert.throws(() => world().breakdown(), InvalidValueError);
});

test("an audience says who gets a message and why others do not", () => {
  const book = world();
  const { recipients, skipped } = book.audience(["All"], { exclude: [book.segment("VIPs")], channel: "sms", optOut: "web" });
  assert.deepEqual(recipients, Uint32Array.of(0));
  assert.deepEqual(skipped, { excluded: Uint32Array.of(2), opted_out: Uint32Array.of(1) });
  assert.throws(() => book.audience(["All"], { channel: "fax" }), InvalidValueError);
  assert.throws(() => book.audience(["None"]), NotFoundError);
});

test("definitions go from one book to another", () => {
  const [book, other] = [world(), new Book({ clock: "2026-11-24T09:00:00Z" })];
  const definitions = book.definitions();
  other.applyDefinitions(definitions);
  assert.deepEqual(other.definitions(), definitions);
  assert.equal(other.applyDefinitions(JSON.stringify(definitions)).commit.isEmpty, true);
  other.applyDefinitions({ v: 1, tags: ["gold"] }, { prune: true });
  assert.deepEqual(other.tags(), { gold: 0 });
  other.defineKind("demo");
  other.deleteKind("demo");
  assert.ok(!other.kinds().some(({ key }) => key === "demo"));
});

test("settings are changed one by one, and taken back", () => {
  const book = world();
  const before = book.definitions().settings;
  const outcome = book.changeSettings({ timezone: "Pacific/Auckland", defaultCountry: null });
  assert.notDeepEqual(book.definitions().settings, before);
  assert.ok(outcome.commit.sizeInBytes > 0);
  book.undo(outcome);
  assert.deepEqual(book.definitions().settings, before);
  assert.throws(() => book.changeSettings({ timezon: "UTC" }), InvalidValueError);
});
