// Classes of vulnerabilities that others published, where JavaScript is its own case (docs/vulnerability-classes.md).

import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, FilterError, InvalidValueError, NotFoundError, Selection, SqlError, TagmataError } from "tagmata";
import { refused, rejected } from "./refused.mjs";

const CLOCK = { clock: "2026-11-24T09:00:00Z" };
const EVERYONE = { v: 1, filter: { op: "everyone" } };

function bookOfTwo() {
  const book = new Book(CLOCK);
  book.defineField("billed", "number");
  book.createContact({ first_name: "Zoé", billed: 12.5, tags: ["old"], email: "zoe@example.com" });
  book.createContact({ first_name: "Léo", tags: ["old"] });
  book.createSegment("List");
  return book;
}

/** Runs with members that every object inherits. */
function withPrototype(members, run) {
  try {
    for (const [name, value] of Object.entries(members)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true });
    }
    return run();
  } finally {
    Object.keys(members).forEach((name) => delete Object.prototype[name]);
  }
}

// Mongoose took `__proto__` for a path: CVE-2023-3696, https://nvd.nist.gov/vuln/detail/CVE-2023-3696

test("names that objects have of themselves are names like all", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
  const book = new Book(CLOCK);
  for (const name of names) {
    book.defineField(name, "text", { label: `Label of ${name}` });
  }
  const values = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
  const given = JSON.parse(JSON.stringify({ first_name: "Zoé", tags: names }).replace("{", `{${names.map((name) => `"${name}":"value of ${name}"`)},`));
  const zoe = book.createContact(given);
  names.forEach((name) => book.createSegment(name, { filter: `${name} is not empty` }));
  const contact = book.contact(zoe);
  for (const name of names) {
    assert.equal(contact.get(name), values[name]);
    assert.equal(Object.getOwnPropertyDescriptor(contact.toObject(), name).value, values[name]);
    assert.equal(Object.getOwnPropertyDescriptor(JSON.parse(JSON.stringify(contact)), name).value, values[name]);
    assert.equal(book.count({ v: 1, filter: { op: "=", field: name, value: values[name] } }), 1);
  }
  const { entered } = book.createContact.call(book, given) && book.lastOutcome.effects;
  assert.deepEqual(Object.keys(entered).sort(), names.toSorted());
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).filter((name) => name.startsWith("value of")), []);
  assert.equal({}.first_name, undefined);
});

test("documents cannot give prototypes members", () => {
  const book = bookOfTwo();
  const hostile = '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}';
  for (const [call, Class] of [
    [() => book.count(JSON.parse(hostile)), FilterError],
    [() => book.count({ ...EVERYONE, ...JSON.parse('{"a": 1}'), constructor: { prototype: { polluted: true } } }), FilterError],
    [() => book.count(JSON.parse('{"v": 1, "filter": {"op": "everyone", "__proto__": {"polluted": true}}}')), FilterError],
    [() => book.createContact(JSON.parse(hostile)), TagmataError],
    [() => book.applyDefinitions(JSON.parse(hostile)), TagmataError],
    [() => book.applyDefinitions(hostile), TagmataError],
    [() => book.addRule("r", JSON.parse(hostile)), TagmataError],
    [() => book.createSegment("s", JSON.parse(hostile)), InvalidValueError],
    [() => book.changeSettings(JSON.parse(hostile)), TagmataError],
    [() => new Book(JSON.parse(hostile)), InvalidValueError],
    [() => book.filter("everyone").toSql("sqlite", JSON.parse(hostile)), SqlError],
  ]) {
    refused(call, Class, {});
    assert.equal({}.polluted, undefined);
  }
});

// What has polluted a prototype elsewhere must not decide here: options are an object's own.

test("options are not inherited", () => {
  withPrototype({ force: true, actor: "mallory", filter: "everyone", alwaysIn: [0, 1], exclude: [0], limit: 1, kind: "payment" }, () => {
    const book = bookOfTwo();
    book.createSegment("Both", { filter: "tags has old" });
    book.createSegment("Rich", { filter: "billed > 100" });
    assert.equal(book.lastOutcome.commit.actor, null);
    assert.deepEqual([...book.members("Rich")], []);
    assert.deepEqual([...book.members("List")], []);
    assert.equal(book.segment("List").kind, "static");
    assert.throws(() => book.deleteField("billed", {}), { code: "E0807" });
    assert.throws(() => book.deleteField("billed"), { code: "E0807" });
    assert.equal(book.page({}).contacts.length, 2);
    assert.equal(book.audience(["Both"], {}).recipients.length, 2);
    book.record(0, "message", {});
    assert.equal(book.deleteInteractions([0], {}).commit.isEmpty, false);
  });
  withPrototype({ v: 1, filter: { op: "everyone" }, combinator: "and", rules: [], op: "everyone", args: [] }, () => {
    const book = bookOfTwo();
    for (const filter of [{}, { v: 1 }, { v: 1, filter: {} }, { filter: {} }, { combinator: "and" }]) {
      refused(() => book.count(filter), FilterError, {});
      refused(() => book.deleteContacts(filter), FilterError, {});
    }
    assert.equal(book.count("everyone"), 2);
  });
});

test("options are read once", () => {
  const book = bookOfTwo();
  book.createSegment("Rich", { filter: "billed > 100" });
  let asked = 0;
  const turning = { get force() { asked += 1; return asked > 1; } };
  assert.throws(() => book.deleteField("billed", turning), { code: "E0807" });
  assert.equal(asked, 1);
});

// JSON leaves out what is undefined: a condition of a mapping that says nothing must not be one that is not there.

test("conditions of a mapping that say nothing are refused", () => {
  const where = (conditions) => ({
    contacts: { table: "people", id: "id" },
    fields: { source: { link: { table: "contact_fields", contact: "contact_id", where: conditions }, column: "value" } },
  });
  const filter = bookOfTwo().filter("source = web");
  const written = (conditions) => filter.toSql("sqlite", where(conditions), { approximateText: true });
  assert.match(written({ field: "source" }).text, /s1\."field" COLLATE BINARY = \?/);
  for (const nothing of [undefined, null, () => 1, Symbol("x")]) {
    refused(() => written({ field: nothing }), SqlError, { code: "E1601" });
    refused(() => written(nothing), SqlError, { code: "E1601" });
  }
});

// Prisma dropped conditions without a value: https://github.com/prisma/orm/issues/20169

test("what says nothing finds nobody, wherever it stands", () => {
  const book = bookOfTwo();
  const before = book.lastOutcome.commit.number;
  const nothing = [
    undefined, null, "", {}, { v: 1 }, { v: 1, filter: undefined }, { v: 1, filter: null }, { v: 1, filter: { op: "and", args: [] } },
    { v: 1, filter: { op: "=", field: "status", value: undefined } }, { v: 1, filter: { op: "=", field: "status", value: null } },
    { v: 1, filter: { op: "in", field: "status", value: [] } }, { v: 1, filter: { op: "in", field: "status", value: [undefined] } },
    { v: 1, filter: { op: "and", args: [undefined] } }, { v: 1, filter: { op: "not", arg: undefined } },
    { combinator: "and", rules: [] }, { combinator: "and", rules: undefined }, { combinator: "and", rules: [undefined] },
    { combinator: "and", rules: [{ field: "status", operator: "=", value: undefined }] }, true, NaN, () => true, new Map(),
  ];
  for (const filter of nothing) {
    for (const call of [
      () => book.filter(filter),
      () => book.select(filter),
      () => book.count(filter),
      () => book.matches(0, filter),
      () => book.explain(0, filter),
      () => book.addTags(filter, ["new"]),
      () => book.removeTags(filter, ["old"]),
      () => book.setStatus(filter, "inactive"),
      () => book.addToSegment(filter, "List"),
      () => book.deleteContacts(filter),
      () => book.updateContacts(filter, { source: "x" }),
    ]) {
      assert.throws(call, TagmataError, `${String(call)}: ${JSON.stringify(filter)}`);
    }
  }
  assert.equal(book.lastOutcome.commit.number, before);
  assert.equal(book.deleteContacts([]).commit.isEmpty, true);
  assert.equal(book.setStatus(new Uint32Array(), "inactive").commit.isEmpty, true);
  assert.equal(book.count("everyone"), 2);
});

test("options that narrow say something, or are left out", async () => {
  const FILE = Buffer.from("First name,Last name,E-mail\nZoé,Martin,zoe@example.com\n");
  const PAID = Buffer.from("E-mail,Kind,Time\nzoe@example.com,payment,2026-11-20\n");
  const calls = [
    [["kind", "label", "since", "until"], (book, options) => book.deleteInteractions([0, 1], options)],
    [["kind", "label", "since", "until"], (book, options) => book.promises.deleteInteractions([0, 1], options)],
    [["exclude", "channel", "optOut"], (book, options) => book.audience(["List"], options)],
    [["exclude", "expect"], (book, options) => book.deleteContacts(new Selection([0, 1], options))],
    [["alwaysOut"], (book, options) => book.createSegment("New", { filter: "everyone", ...options })],
    [["alwaysOut"], (book, options) => book.createSegments([{ name: "New", filter: "everyone", ...options }])],
    [["condition", "enabled"], (book, options) => book.addRule("new", { on: "payment", setStatus: "vip", ...options })],
    [["update", "create", "dryRun"], (book, options) => book.importCsv(FILE, options)],
    [["dryRun"], (book, options) => book.importInteractions(PAID, options)],
  ];
  for (const [names, call] of calls) {
    for (const name of names) {
      const book = bookOfTwo();
      const before = book.lastOutcome.commit.number;
      for (const nothing of [undefined, null]) {
        const error = await rejected((async () => call(book, { [name]: nothing }))(), InvalidValueError, { code: "E0407" });
        assert.match(error.message, new RegExp(`is given nothing as its \`${name}\`[^]*or leave \`${name}\` out to `));
        assert.equal(book.lastOutcome.commit.number, before);
      }
      await call(book, {});
      await call(bookOfTwo());
    }
  }
});

test("questions and changes of what there is take nothing for what is not asked", async () => {
  const book = bookOfTwo();
  for (const nothing of [undefined, null]) {
    assert.equal(book.page({ filter: nothing, preset: nothing, search: nothing, after: nothing }).total, 2);
    assert.equal(book.breakdown({ by: "status", filter: nothing, measure: nothing })[0].count, 2);
    assert.equal((await book.exportCsv(null, { filter: nothing, columns: nothing })).trimEnd().split("\n").length, 3);
  }
  book.createSegment("Rich", { filter: "billed > 10", alwaysOut: [0] });
  book.updateSegment("Rich", { filter: "billed > 5", alwaysOut: undefined });
  assert.deepEqual([...book.segment("Rich").alwaysOut], [0]);
  book.addRule("paid", { on: "payment", condition: "billed > 5", setStatus: "vip" });
  book.updateRule("paid", { condition: undefined, enabled: undefined, position: 0 });
  assert.equal(book.rules()[0].condition, "billed > 5");
  book.updateRule("paid", { condition: null });
  assert.equal(book.rules()[0].condition, null);
});

// Objects that lie about themselves

test("objects of every kind come to an end, with an error or with what they say", () => {
  const book = bookOfTwo();
  const endless = new Proxy({}, {
    ownKeys: () => ["op", "arg"],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    get: (target, key, receiver) => (key === "op" ? "not" : receiver),
  });
  const { proxy: gone, revoke } = Proxy.revocable({}, {});
  revoke();
  const sparse = [];
  sparse.length = 4_294_967_295;
  const throwing = (name) => new Proxy({}, { [name]() { throw new RangeError(name); } });
  const of = (filter) => ({ v: 1, filter });
  const of_list = (value) => of({ op: "in", field: "source", value });
  for (const [filter, expected] of [
    [new Proxy(EVERYONE, {}), 2],
    [Object.assign(Object.create(null), EVERYONE), 2],
    [structuredClone(EVERYONE), 2],
    [Object.freeze({ ...EVERYONE }), 2],
    [of(endless), { code: "E0502" }],
    [of_list(sparse), { code: "E0501" }],
    [of_list([, "a"]), TagmataError],
    [of({ op: "and", args: sparse }), { code: "E0501" }],
    [sparse, TagmataError],
    [gone, TypeError],
    [throwing("ownKeys"), RangeError],
    [throwing("getPrototypeOf"), RangeError],
    [{ v: 1, get filter() { throw new RangeError("mine"); } }, RangeError],
    [of_list({ length: 4_294_967_295 }), TagmataError],
    [of({ op: "=", field: "source", value: { toString: () => "x" } }), TagmataError],
    [of({ op: "=", field: "source", value: new String("x") }), TagmataError],
    [of({ op: ">", field: "billed", value: 10n ** 400n }), { code: "E0104" }],
    [of({ op: "=", field: "source", value: "\ud800" }), 0],
    [of({ op: "=", field: "source", value: Symbol.iterator }), InvalidValueError],
    [new (class { v = 1; get filter() { return { op: "everyone" }; } })(), FilterError],
  ]) {
    if (typeof expected === "number") {
      assert.equal(book.count(filter), expected);
    } else {
      assert.throws(() => book.count(filter), expected);
    }
  }
  for (const call of [
    () => book.deleteContacts(sparse),
    () => book.addTags([0], sparse),
    () => book.createSegments(sparse),
    () => book.recordMany(sparse),
    () => book.recordMany({ contact: sparse, kind: "payment" }),
    () => book.recordMany({ contact: [0], kind: sparse }),
    () => book.applyDefinitions({ tags: sparse }),
    () => book.createContact({ tags: sparse }),
    () => book.audience(["List"], { exclude: sparse }),
    () => book.audience(sparse),
    () => book.membersSql("sqlite", { contacts: { table: "t", id: "id" } }, { segments: sparse }),
  ]) {
    assert.throws(call, TagmataError, String(call));
  }
});

test("orders of lists are fields", () => {
  const book = bookOfTwo();
  for (const sort of ["last_name; DROP TABLE x", "last_name desc", "__proto__", "", "constructor"]) {
    refused(() => book.page({ sort }), NotFoundError, { code: "E0201" });
  }
});
