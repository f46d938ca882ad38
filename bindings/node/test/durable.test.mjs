// Durable books: opened, read by others, copied, checked, undone and closed.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { inspect } from "node:util";
import { Book, Commit, ConflictError, FilterError, InvalidValueError, StoreError } from "tagmata";
import { refused, rejected } from "./refused.mjs";
import { inFolder } from "./world.mjs";

const NOW = "2026-11-24T09:00:00Z";
const open = (path, options) => Book.open(path, { clock: NOW, synchronous: "normal", ...options });
const inFile = (run) => inFolder((file) => run(file("crm.db"), file));

test("a book goes on where it was closed", () =>
  inFile(async (path) => {
    let book = await Book.open(path, { timezone: "Europe/Paris", clock: NOW });
    book.defineField("billed", "number");
    book.createSegment("VIP FR", { filter: "status = vip and country = FR" });
    const zoe = book.createContact({ first_name: "Zoé", country: "FR", tags: ["new"], billed: 300 });
    book.setStatus(zoe, "vip", { actor: "ana" });
    book.record(zoe, "payment", { amount: "12.50", label: "INV-1" });
    const [definitions, contact] = [book.definitions(), book.contact(zoe).toObject()];
    await book.close();
    book = await open(path);
    assert.deepEqual([book.definitions(), book.contact(zoe).toObject()], [definitions, contact]);
    assert.deepEqual(book.members("VIP FR"), Uint32Array.of(zoe));
    assert.equal(book.contact(zoe).history.at(-1).actor, "ana");
    assert.equal(book.createContact({ first_name: "Léo" }), zoe + 1);
    assert.equal(book.lastOutcome.commit.number, 6);
    assert.deepEqual(await book.check(), []);
    await book.close();
  }));

test("a book says what it is", () =>
  inFile(async (path) => {
    const says = ({ path, readOnly, closed }) => [path, readOnly, closed];
    const book = await open(path);
    assert.deepEqual(says(book), [path, false, false]);
    book.batch((inside) => assert.deepEqual(says(inside), [path, false, false]));
    await book.close();
    assert.deepEqual(says(book), [path, false, true]);
    const reader = await open(path, { readOnly: true });
    assert.deepEqual(says(reader), [path, true, false]);
    await reader.close();
    const inMemory = new Book({ clock: NOW });
    assert.deepEqual(says(inMemory), [null, false, false]);
    assert.deepEqual(inMemory.opened, { entered: {}, left: {}, commits: [] });
  }));

test("a class that extends the book opens books of its own", () =>
  inFile(async (path) => {
    class Crm extends Book {
      leads() {
        return this.count("status = lead");
      }
    }
    const crm = await Crm.open(path);
    crm.createContact({ first_name: "Zoé" });
    assert.ok(crm instanceof Crm && crm instanceof Book);
    assert.equal(crm.leads(), 1);
    await crm.close();
  }));

test("settings are those of a new book, and one that is there must have them", () =>
  inFile(async (path) => {
    const settings = { timezone: "Europe/Paris", defaultCountry: "fr", weekStart: "sunday", leapDay: "mar_1", limits: { nesting: 1, segmentDepth: 3 } };
    await (await open(path, settings)).close();
    const book = await open(path, { timezone: null, defaultCountry: undefined });
    const kept = { time_zone: "Europe/Paris", week_start: "sunday", leap_day: "mar_1", default_country: "FR" };
    assert.deepEqual(book.definitions().settings, kept);
    refused(() => book.count("((status = lead))"), FilterError, { code: "E0502" });
    await book.close();
    await (await open(path, settings)).close();

    const before = readFileSync(path);
    const help = "open the book without this setting, then change its settings if that is meant";
    for (const readOnly of [false, true]) {
      const others = { timezone: "Europe/London", defaultCountry: "DE", limits: { segmentDepth: 2 } };
      const { diagnostics } = await rejected(open(path, { ...others, readOnly, retention: { commits: 1 } }), ConflictError, { code: "E1509" });
      assert.deepEqual(
        diagnostics.map(({ message }) => message),
        [
          `the time zone of the book \`${path}\` is \`Europe/Paris\`, not \`Europe/London\``,
          `the default country of the book \`${path}\` is \`FR\`, not \`DE\``,
          `the limit \`segment_depth\` of the book \`${path}\` is \`3\`, not \`2\``,
        ],
      );
      assert.deepEqual([...new Set(diagnostics.map((one) => one.help))], [help]);
    }
    assert.deepEqual(readFileSync(path), before);
    const changed = await open(path);
    changed.changeSettings({ timezone: "Europe/London", defaultCountry: null });
    await changed.close();
    await (await open(path, { timezone: "Europe/London" })).close();
  }));

test("what no option takes is refused before there is a file", () =>
  inFile(async (path) => {
    const retention = "`retention` takes `all`, an object with a number of `commits`, or one with a number of `days`, not";
    const table = [
      [{ synchronous: "ful" }, "E0805", "`synchronous` does not take `ful`"],
      [{ readonly: true }, "E0602", "`open` has no option `readonly`"],
      [{ readOnly: 1 }, "E0407", "`readOnly` takes true or false, not a number"],
      [{ create: "no" }, "E0407", "`create` takes true or false, not text"],
      [{ materializeSegments: 1 }, "E0407", "`materializeSegments` takes true or false, not a number"],
      [{ retention: "al" }, "E0805", "`retention` does not take `al`"],
      [{ retention: 3 }, "E0407", `${retention} a number`],
      [{ retention: [3] }, "E0407", `${retention} a list`],
      [{ retention: {} }, "E0407", `${retention} an object`],
      [{ retention: { commits: 1, days: 1 } }, "E0407", `${retention} an object`],
      [{ retention: { weeks: 1 } }, "E0602", "`retention` has no option `weeks`"],
      [{ retention: { days: 1.5 } }, "E0407", "`days` takes a whole number, not 1.5"],
      [{ retention: { commits: -1 } }, "E0407", "`commits` takes a whole number, not -1"],
      [{ timezone: "Europe/Pariss" }, "E0805", "there is no time zone `Europe/Pariss`"],
      [{ clock: "sometimes" }, "E0805", "`clock` does not take `sometimes`"],
    ];
    for (const [options, code, message] of table) {
      await rejected(Book.open(path, options), InvalidValueError, { code, message });
    }
    await rejected(Book.open(7), InvalidValueError, { message: "`path` takes text, not a number" });
    await rejected(Book.open(path, { create: false }), StoreError, { code: "E1501", message: `there is no book \`${path}\`` });
    assert.ok(!existsSync(path));
  }));

test("what happened while it was closed is told", () =>
  inFile(async (path) => {
    let book = await open(path);
    book.createSegment("Recent", { filter: "created_at in last 30 days" });
    book.addRule("dormant", { when: "created_at more than 60 days ago", setStatus: "inactive" });
    const zoe = book.createContact({ first_name: "Zoé" });
    assert.deepEqual(book.opened, { entered: {}, left: {}, commits: [] });
    await book.close();
    const later = "2027-02-22T09:00:00Z";
    book = await open(path, { clock: later });
    assert.deepEqual(book.opened.left, { Recent: Uint32Array.of(zoe) });
    const [commit, ...others] = book.opened.commits;
    assert.deepEqual([commit.cause, commit.contacts, others], ["rule", Uint32Array.of(zoe), []]);
    assert.deepEqual([book.now, book.contact(zoe).status], [new Date(later), "inactive"]);
    await book.close();
    // A fixed instant does not go back, and a clock that runs stands still.
    await rejected(open(path), ConflictError, { code: "E1205" });
    book = await open(path, { clock: () => new Date(NOW) });
    assert.deepEqual(book.now, new Date(later));
    book.defineTag("vip");
    assert.deepEqual(book.lastOutcome.commit.at, new Date(later));
    await book.close();
  }));

test("a clock shows the time of the zone that the file has", () =>
  inFile(async (path) => {
    await (await open(path, { timezone: "Europe/Paris", clock: "2026-11-24T10:00:00" })).close();
    for (const clock of ["2026-11-24T12:00:00", () => "2026-11-24T12:00:00"]) {
      const book = await open(path, { clock });
      assert.deepEqual(book.now, new Date("2026-11-24T11:00:00Z"));
      await book.close();
    }
  }));

test("a book that was closed takes no calls", () =>
  inFile(async (path, file) => {
    const book = await open(path);
    const zoe = book.createContact({ first_name: "Zoé" });
    const outcome = book.addTags(zoe, ["vip"]);
    const [filter, batches] = [book.filter("status = lead"), book.forEach("everyone")];
    assert.equal(await book.close(), undefined);
    assert.equal(await book.close(), undefined);
    const told = { code: "E1508", message: `the book \`${path}\` is closed` };
    const calls = [
      () => book.count("everyone"),
      () => book.select(filter),
      () => book.contact(zoe),
      () => book.now,
      () => book.nextChange(),
      () => book.page(),
      () => book.createContact({ first_name: "Léo" }),
      () => book.undo(outcome),
      () => book.advance(),
      () => book.batch(() => {}),
      () => book.preview(() => {}),
      () => book.changeSettings({ timezone: "UTC" }),
      () => [...batches],
    ];
    calls.forEach((call) => refused(call, StoreError, told));
    const promises = [
      () => book.importCsv(Buffer.from("First name\nZoé\n")),
      () => book.exportCsv(file("out.csv")),
      () => book.refresh(),
      () => book.backup(file("copy.db")),
      () => book.check(),
      () => book.commit(1),
      () => book.compact("all"),
    ];
    for (const call of promises) {
      await rejected(call(), StoreError, told);
    }
    // What it has given out stays, and so does what it was.
    assert.deepEqual([outcome.commit.number, book.lastOutcome.commit.number, book.path], [2, 2, path]);
    assert.match(inspect(book), /^Book \{/);
    const again = await open(path);
    assert.equal(again.count("tags has vip"), 1);
    await again[Symbol.asyncDispose]();
    assert.ok(again.closed);
  }));

test("a book with a clock of its own refuses calls in the same way once it is closed", () =>
  inFile(async (path) => {
    const book = await open(path, { clock: () => new Date(NOW) });
    await book.close();
    refused(() => book.createContact({ first_name: "Zoé" }), StoreError, { code: "E1508" });
    await rejected(book.importCsv(Buffer.from("First name\nZoé\n")), StoreError, { code: "E1508" });
  }));

test("a book in memory is no durable one", async () => {
  const book = new Book({ clock: NOW });
  book.createContact({ first_name: "Zoé" });
  assert.deepEqual([book.closed, await book.check(), await book.refresh()], [false, [], { entered: {}, left: {}, commits: [] }]);
  const message = "the book is in memory, without a file";
  for (const call of [() => book.backup("copy.db"), () => book.commit(1), () => book.compact("all")]) {
    await rejected(call(), StoreError, { code: "E1501", message });
  }
  await book.close();
  refused(() => book.count(), StoreError, { code: "E1508", message: "the book is closed" });
});

test("a book for reading only refuses changes, and tries them", () =>
  inFile(async (path) => {
    await rejected(open(path, { readOnly: true }), StoreError, { code: "E1501" });
    const writer = await open(path);
    const zoe = writer.createContact({ first_name: "Zoé" });
    const reader = await open(path, { readOnly: true });
    const told = { code: "E1506", message: `the book \`${path}\` is open for reading only` };
    refused(() => reader.createContact({ first_name: "Léo" }), StoreError, told);
    refused(() => reader.batch((inside) => inside.setStatus(zoe, "vip")), StoreError, told);
    await rejected(reader.importCsv(Buffer.from("Country,First name,Last name,E-mail\nFR,Léo,Petit,leo@example.com\n")), StoreError, told);
    await rejected(reader.compact("all"), StoreError, told);
    assert.deepEqual(reader.preview((inside) => inside.setStatus(zoe, "vip")).commit.contacts, Uint32Array.of(zoe));
    assert.deepEqual([reader.count("everyone"), reader.count("status = vip")], [1, 0]);
    writer.createSegment("VIPs", { filter: "status = vip" });
    writer.setStatus(zoe, "vip");
    const [first, second] = await Promise.all([reader.refresh(), reader.refresh()]);
    assert.deepEqual([first.entered, first.commits.map(({ number }) => number)], [{ VIPs: Uint32Array.of(zoe) }, [2, 3]]);
    assert.deepEqual(second, { entered: {}, left: {}, commits: [] });
    assert.deepEqual([reader.count("status = vip"), reader.now], [1, writer.now]);
    // Of a segment that is there no more, the name is told that it had.
    writer.deleteSegment("VIPs");
    assert.deepEqual((await reader.refresh()).left, { VIPs: Uint32Array.of(zoe) });
    await Promise.all([reader.close(), writer.close()]);
  }));

test("what is no book stays as it is", () =>
  inFile(async (path, file) => {
    for (const [name, bytes] of [["photo.png", "\x89PNG\r\n\x1a\n".padEnd(200)], ["notes.txt", "notes"]]) {
      writeFileSync(file(name), bytes);
      for (const readOnly of [false, true]) {
        const message = `\`${file(name)}\` is no stored book`;
        await rejected(open(file(name), { readOnly }), StoreError, { code: "E1502", message });
      }
      assert.equal(readFileSync(file(name), "utf8"), bytes);
    }
    await rejected(open(file("no/crm.db")), StoreError, { code: "E1501" });
  }));

test("a backup is a book of its own", () =>
  inFile(async (path, file) => {
    const book = await open(path, { timezone: "Europe/Paris" });
    const zoe = book.createContact({ first_name: "Zoé" });
    const copied = book.backup(file("copy.db"));
    // Nobody waits for it.
    book.createContact({ first_name: "Léo" });
    await copied;
    await rejected(book.backup(file("copy.db")), StoreError, { code: "E1501", message: `there is a file \`${file("copy.db")}\` already` });
    await rejected(book.backup(7), InvalidValueError, { message: "`path` takes text, not a number" });
    const copy = await open(file("copy.db"), { timezone: "Europe/Paris" });
    assert.ok(copy.matches(zoe, "first_name = zoé"));
    copy.deleteContacts(zoe);
    assert.deepEqual([await copy.check(), await book.check(), book.count("first_name = zoé")], [[], [], 1]);
    await Promise.all([book.close(), copy.close()]);
  }));

test("a commit of the file is that of its outcome, and can be undone", () =>
  inFile(async (path) => {
    let book = await open(path);
    const zoe = book.createContact({ first_name: "Zoé" });
    const outcome = book.setStatus(zoe, "vip", { actor: "ana" });
    await book.close();
    book = await open(path);
    const commit = await book.commit(outcome.commit.number);
    assert.ok(commit instanceof Commit && outcome.commit instanceof Commit);
    assert.deepEqual(commit.toJSON(), outcome.commit.toJSON());
    assert.deepEqual([commit.number, commit.actor, commit.cause, commit.undoes, commit.contacts], [2, "ana", "call", null, Uint32Array.of(zoe)]);
    const undone = book.undo(commit);
    assert.deepEqual([undone.commit.undoes, book.contact(zoe).status], [2, "lead"]);
    book.undo(await book.commit(undone.commit.number));
    assert.equal(book.contact(zoe).status, "vip");
    const message = `there is no commit 9: the last one of the book \`${path}\` is commit 4`;
    await rejected(book.commit(9), StoreError, { code: "E1507", message });
    await rejected(book.commit("2"), InvalidValueError, { message: "`commit` takes the number of a commit, not text" });
    await book.close();
  }));

test("a commit says what became true", () =>
  inFile(async (path) => {
    const book = await open(path);
    const zoe = book.createContact({ first_name: "Zoé" });
    const outcome = book.addTags(zoe, ["gold"], { actor: "ana" });
    const expected = {
      commit: 2,
      at: NOW,
      actor: "ana",
      cause: "call",
      facts: [
        { fact: "name", of: "tags", number: 0, old: null, new: "gold" },
        { fact: "linked", field: "tags", name: "gold", count: 1, contacts: [zoe] },
      ],
    };
    const { commit } = outcome;
    assert.deepEqual([commit.toObject(), (await book.commit(2)).toObject()], [expected, expected]);
    assert.deepEqual(commit.toObject({ most: 0 }).facts[1], { ...expected.facts[1], contacts: [] });
    refused(() => commit.toObject({ most: -1 }), InvalidValueError, { message: "`most` takes a whole number, not -1" });
    refused(() => commit.toObject({ limit: 1 }), InvalidValueError, { message: "`toObject` has no option `limit`" });
    await book.close();
    refused(() => commit.toObject(), StoreError, { code: "E1508" });
    assert.deepEqual(commit.toJSON().contacts, Uint32Array.of(zoe));
  }));

test("commits are kept as long as the retention says", () =>
  inFile(async (path) => {
    let book = await open(path, { retention: { commits: 3 } });
    ["a", "b", "c", "d", "e"].forEach((tag) => book.defineTag(tag));
    await book.close();
    // The file remembers it.
    book = await open(path);
    const gone = { code: "E1507", message: `commit 2 of the book \`${path}\` is no longer kept` };
    await rejected(book.commit(2), StoreError, gone);
    assert.equal((await book.commit(3)).number, 3);
    assert.equal(await book.compact({ days: 1 }), 0);
    assert.equal(await book.compact({ commits: 1 }), 2);
    await rejected(book.compact(), InvalidValueError, {
      message: "`retention` takes `all`, an object with a number of `commits`, or one with a number of `days`, not nothing",
    });
    assert.equal(await book.compact("all"), 0);
    assert.deepEqual([await book.check(), Object.keys(book.tags()).length], [[], 5]);
    await book.close();
  }));

test("a batch is one commit, and is in the file as a whole or not at all", () =>
  inFile(async (path) => {
    let book = await open(path);
    book.createSegment("Nord");
    const outcome = book.batch((inside) => {
      const zoe = inside.createContact({ first_name: "Zoé" });
      inside.addToSegment(zoe, "Nord");
      refused(() => inside.batch(() => {}), ConflictError, { code: "E1207" });
    });
    assert.throws(() => book.batch((inside) => inside.createContact({ first_name: "Léo" }) && assert.fail("no")));
    book.preview((inside) => inside.createContact({ first_name: "Ana" }));
    await book.close();
    book = await open(path);
    assert.deepEqual([outcome.commit.number, book.count("everyone"), book.members("Nord").length], [2, 1, 1]);
    assert.equal((await book.commit(2)).contacts.length, 1);
    await book.close();
  }));

test("long work is not taken by a batch, which is over by then", () =>
  inFile(async (path, file) => {
    const book = await open(path);
    const promises = [];
    book.batch((inside) => {
      promises.push(inside.close(), inside.refresh(), inside.backup(file("copy.db")), inside.check(), inside.commit(1), inside.compact("all"));
      promises.forEach((promise) => promise.catch(() => {}));
    });
    for (const promise of promises) {
      await rejected(promise, InvalidValueError, { code: "E0407" });
    }
    // Of the book itself, it waits for the end of the batch.
    let closing;
    book.batch((inside) => {
      inside.createContact({ first_name: "Zoé" });
      closing = book.close();
    });
    await closing;
    const again = await open(path);
    assert.equal(again.count("everyone"), 1);
    await again.close();
  }));

test("files come into a durable book, and closing waits for them", () =>
  inFile(async (path, file) => {
    const rows = Array.from({ length: 2000 }, (_, at) => `FR,Zoé,Martin,zoe${at}@example.com,"nord; vip"`);
    writeFileSync(file("contacts.csv"), ["Country,First name,Last name,E-mail,Tags", ...rows, ""].join("\n"));
    let book = await open(path);
    const told = [];
    const report = await book.importCsv(file("contacts.csv"), { actor: "ana", onProgress: (progress) => told.push(progress.rows) });
    assert.deepEqual([report.created, told.at(-1)], [2000, 2000]);
    const thrown = new Error("enough");
    const onProgress = () => {
      throw thrown;
    };
    await assert.rejects(book.importCsv(file("contacts.csv"), { onProgress, update: "always" }), (error) => error === thrown);
    book.undo(await book.commit(report.outcome.commit.number));
    assert.equal(book.count("everyone"), 0);
    const importing = book.importCsv(file("contacts.csv"));
    const closing = book.close();
    assert.equal((await importing).created, 2000);
    await closing;
    book = await open(path);
    assert.deepEqual([book.count("tags has nord"), await book.check()], [2000, []]);
    const [, , names] = (await book.exportCsv(null, { columns: ["first_name", "email"] })).split("\n");
    assert.match(names, /^Zoé,zoe\d+@example.com$/);
    await book.close();
  }));
