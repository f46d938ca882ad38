// What `stack.test.mjs` does in a thread. A new call is one line.

import assert from "node:assert/strict";
import { parentPort, workerData } from "node:worker_threads";
import { Book, FilterError, TagmataError } from "tagmata";

const NESTING = 64;
const SEGMENTS = 16;
const DIALECTS = ["sqlite", "postgres", "mysql", "duckdb", "clickhouse", "spark"];
const LEAD = { op: "=", field: "status", value: "lead" };
const RULE = { field: "status", operator: "=", value: "lead" };
const MAPPING = { contacts: { table: "people", id: "id" }, fields: { status: { column: "status" }, country: { column: "country" } } };

function nested(wrap, inner, depth) {
  for (let level = 0; level < depth; level += 1) {
    inner = wrap(inner);
  }
  return inner;
}

const canonical = (filter) => ({ v: 1, filter });

const DEEP = {
  text: (depth) => `${"(".repeat(depth)}status = lead${")".repeat(depth)}`,
  nots: (depth) => canonical(nested((arg) => ({ op: "not", arg }), LEAD, depth)),
  groups: (depth) => canonical(nested((arg) => ({ op: "and", args: [LEAD, arg] }), LEAD, depth)),
  rules: (depth) => nested((rule) => ({ combinator: "and", rules: [RULE, rule] }), RULE, depth),
  proxies: (depth) => canonical(nested((arg) => new Proxy({ op: "not", arg }, {}), LEAD, depth)),
};

const CALLS = [
  (book, filter) => book.filter(filter),
  (book, filter) => book.select(filter),
  (book, filter) => book.count(filter),
  (book, filter) => book.matches(0, filter),
  (book, filter) => JSON.stringify(book.explain(0, filter)),
  (book, filter) => book.page({ filter }),
  (book, filter) => book.breakdown({ by: "status", filter }),
  (book, filter) => book.addTags(filter, ["new"]),
  (book, filter) => book.setStatus(filter, "lead"),
  (book, filter) => book.addToSegment(filter, "Nord"),
  (book, filter) => book.updateSegment("French", { filter }),
  (book, filter) => book.previewSegment("French", { filter }),
  (book, filter) => book.createSegment("Made", { filter }),
  (book, filter) => book.createSegments([{ name: "Made too", filter }]),
  (book, filter) => book.addRule("rule", { when: filter, addTags: ["new"] }),
  (book, filter) => book.deleteContacts(filter),
];

const READINGS = [
  (filter) => filter.toString(),
  (filter) => filter.toJson(),
  (filter) => JSON.stringify(filter.toObject()),
  (filter) => JSON.stringify(filter.toQueryBuilder()),
  (filter) => filter.lints,
  (filter) => DIALECTS.map((dialect) => filter.toSql(dialect, MAPPING)),
];

function bookOfOne() {
  const book = new Book({ clock: "2026-11-24T09:00:00Z" });
  book.createContact({ first_name: "Zoé", country: "FR" });
  book.createSegment("French", { filter: "country = FR" });
  book.createSegment("Nord");
  return book;
}

const DEEDS = {
  deepest() {
    for (const deep of Object.values(DEEP)) {
      const book = bookOfOne();
      CALLS.forEach((call) => call(book, deep(NESTING)));
      const filter = book.filter(deep(NESTING));
      READINGS.forEach((read) => read(filter));
    }
  },
  deeper() {
    const book = bookOfOne();
    for (const deep of Object.values(DEEP)) {
      for (const depth of [NESTING + 1, 10_000]) {
        const filter = deep(depth);
        CALLS.forEach((call) => assert.throws(() => call(book, filter), TagmataError, String(call)));
        assert.throws(() => book.count(filter), { code: "E0502" });
      }
    }
    assert.equal(book.count("everyone"), 1);
  },
  chains() {
    const book = bookOfOne();
    book.createSegment("deep 0", { filter: "status = lead" });
    for (let at = 1; at < SEGMENTS; at += 1) {
      const has = { op: "has", field: "segments", value: `deep ${at - 1}` };
      book.createSegment(`deep ${at}`, { filter: canonical(nested((arg) => ({ op: "not", arg }), has, NESTING)) });
    }
    const last = `deep ${SEGMENTS - 1}`;
    assert.deepEqual([...book.members(last)], [0]);
    JSON.stringify(book.explainSegment(last));
    book.setStatus([0], "vip");
    DIALECTS.forEach((dialect) => book.membersSql(dialect, MAPPING, { segments: [last] }));
    book.applyDefinitions(book.definitions());
  },
  circles() {
    const book = bookOfOne();
    const circle = { v: 1 };
    circle.filter = circle;
    const args = [];
    args.push({ op: "and", args });
    const rules = { combinator: "and", rules: [] };
    rules.rules.push(rules);
    const value = [];
    value.push(value);
    for (const filter of [circle, canonical({ op: "and", args }), rules, canonical({ op: "in", field: "source", value })]) {
      assert.throws(() => book.count(filter), FilterError);
    }
    const tags = [];
    tags.push(tags);
    assert.throws(() => book.applyDefinitions({ v: 1, tags }), TagmataError);
    const mapping = { contacts: {} };
    mapping.contacts.table = mapping;
    assert.throws(() => book.filter("everyone").toSql("sqlite", mapping));
  },
};

DEEDS[workerData]();
parentPort.postMessage("done");
