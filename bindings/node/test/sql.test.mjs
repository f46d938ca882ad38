// Filters as SQL: statements and parameters. What the statements find is tested in Rust and in Python.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Book,
  ConflictError,
  InvalidValueError,
  NotFoundError,
  SqlError,
  StoreError,
  accentFold,
  fold,
} from "tagmata";
import { refused, rejected } from "./refused.mjs";
import { HOMES, inFolder } from "./world.mjs";

const NOW = "2026-11-24T09:00:00Z";

const MAPPING = {
  contacts: { table: "people", id: "id" },
  fields: {
    first_name: { column: "first", folded: "first_folded" },
    last_name: { column: "last", fold: { function: "tagmata_fold" } },
    country: { column: "land", nullable: false },
    status: { column: "stage", names: { map: { lead: 1, active: 2, vip: 3, inactive: 4 } }, nullable: false },
    billed: { column: "total" },
    created_at: { column: "made", format: "micros", nullable: false },
    tags: { link: { table: "people_tags", contact: "person" }, column: "tag", nullable: false },
  },
  members: { table: "memberships", segment: "segment", contact: "person" },
};

function bookOfHost(options) {
  const book = new Book({ timezone: "Europe/Paris", clock: NOW, ...options });
  book.defineField("billed", "number");
  book.defineTag("vip");
  book.createSegment("French", { filter: "country = FR" });
  book.createSegment("VIP", { filter: "status = vip" });
  return book;
}

const book = bookOfHost();
const sqlite = (filter, options, mapping = MAPPING) => book.filter(filter).toSql("sqlite", mapping, options);

test("a filter is written as it is asked for", () => {
  const select = (condition) => `SELECT c."id" FROM "people" AS c WHERE ${condition}`;
  const folded = '(c."first_folded" IS NOT NULL AND c."first_folded" COLLATE BINARY = ?)';
  const billed = '(c."total" IS NOT NULL AND c."total" > CAST($1 AS double precision))';
  for (const [filter, dialect, options, text, params] of [
    ["country = FR", "sqlite", {}, select('c."land" COLLATE BINARY = ?'), ["FR"]],
    ["country = FR", "SQLite", { output: "select" }, select('c."land" COLLATE BINARY = ?'), ["FR"]],
    ['first_name = "ZOÉ"', "sqlite", undefined, select(folded), ["zoé"]],
    ["billed > 100", "postgres", { output: "condition" }, billed, [100]],
    ["billed > 100", "postgresql", { output: "count" }, `SELECT COUNT(*) FROM "people" AS c WHERE ${billed}`, [100]],
    ["billed > 100", "mariadb", { output: "condition", placeholders: "format" }, "(c.`total` IS NOT NULL AND c.`total` > %s)", [100]],
    ["tags has vip", "sqlite", { output: "condition" },
      'EXISTS (SELECT 1 FROM "people_tags" AS s1 WHERE s1."person" = c."id" AND s1."tag" COLLATE BINARY = ?)', ["vip"]],
    ["segments has French", "sqlite", { output: "condition" }, 'c."land" COLLATE BINARY = ?', ["FR"]],
    ["segments has VIP", "sqlite", { output: "condition", segmentsFrom: "members" },
      'EXISTS (SELECT 1 FROM "memberships" AS s1 WHERE s1."person" = c."id" AND s1."segment" = ?)', [1]],
  ]) {
    const sql = book.filter(filter).toSql(dialect, MAPPING, options);
    assert.deepEqual(sql, { text, params, validUntil: null, warnings: [] }, filter);
  }
});

test("parameters are values of JavaScript", () => {
  const ids = Array.from({ length: 30 }, (_, id) => id);
  const countries = "AT BE BG CH CZ DE DK ES FI FR GB GR HR HU IE IS IT LU NL NO PL PT RO SE SI".split(" ");
  for (const [filter, params] of [
    ["country = FR", ["FR"]],
    ["status = vip", [3]],
    ["billed > 1.5", [1.5]],
    ["everyone", []],
    [`id in (${ids})`, [ids]],
    [`country in (${countries})`, [countries]],
    ["created_at before 2026-11-24", [1_795_474_800_000_000]],
    ["created_at before 9000-01-01", [221_845_388_400_000_000n]],
  ]) {
    const found = book.filter(filter).toSql("postgres", MAPPING).params;
    assert.deepEqual(found.map((param) => (Array.isArray(param) ? param.toSorted((a, b) => (a < b ? -1 : 1)) : param)), params, filter);
  }
  const tenant = { ...MAPPING, contacts: { ...MAPPING.contacts, tenant: "is_ours" }, tenant: true };
  assert.deepEqual(book.filter("everyone").toSql("duckdb", tenant).params, [true]);
});

test("statements are written for an instant", () => {
  const [september, october, november] = ["2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z"].map((at) => Date.parse(at) * 1000);
  const { params, validUntil } = sqlite("created_at in last month");
  assert.deepEqual(params, [september, october]);
  assert.deepEqual(validUntil, new Date("2026-11-30T23:00:00Z"));
  for (const now of [validUntil, "2026-12-01T00:00:00", "2026-11-30T23:00:00Z"]) {
    assert.deepEqual(sqlite("created_at in last month", { now }).params, [october, november]);
  }
  book.createSegment("October", { filter: "created_at in last month" });
  const [sql] = book.membersSql("sqlite", MAPPING, { segments: ["October"], now: validUntil });
  assert.deepEqual(sql.params, [october, november]);
  book.deleteSegment("October");
  assert.deepEqual(book.now, new Date(NOW));
});

test("a mapping is an object or its JSON", () => {
  assert.deepEqual(sqlite("country = FR", {}, JSON.stringify(MAPPING)), sqlite("country = FR"));
});

test("only the rows of a tenant count", () => {
  const { contacts, fields } = MAPPING;
  const mapping = { contacts: { ...contacts, tenant: "owner" }, tenant: 7, fields };
  const { text, params } = sqlite("country = FR", { output: "condition" }, mapping);
  assert.deepEqual([text, params], ['(c."owner" = ? AND c."land" COLLATE BINARY = ?)', [7, "FR"]]);
  const { tenant, ...incomplete } = mapping;
  refused(() => sqlite("everyone", {}, incomplete), SqlError, {
    code: "E1601",
    message: "the mapping has a column of tenants, `owner`, but no tenant",
  });
});

test("warnings are diagnostics", () => {
  const [warning] = sqlite("last_name = martin").warnings;
  assert.deepEqual([warning.code, warning.severity], ["W0908", "warning"]);
  assert.equal(warning.message, "the statement calls the function `tagmata_fold` of the database");
  const mapping = { ...MAPPING, fields: { last_name: { column: "last" } } };
  refused(() => sqlite("last_name = martin", {}, mapping), SqlError, { code: "E1603" });
  assert.deepEqual(sqlite("last_name = martin", { approximateText: true }, mapping).warnings.map(({ code }) => code), ["W0907"]);
});

const FRENCH = 'CASE WHEN c."land" COLLATE BINARY = ? THEN 0 END';
const VIP = 'CASE WHEN c."stage" = ? THEN 1 END';
const members = (...answers) =>
  `SELECT m.value AS segment_id, c."id" AS contact_id FROM "people" AS c, json_each(json_array(${answers.join(", ")})) AS m WHERE m.value IS NOT NULL`;

test("the members of many segments are asked for at once", () => {
  assert.deepEqual(book.segments().map(({ id }) => id), [0, 1]);
  const all = { text: members(FRENCH, VIP), params: ["FR", 3], validUntil: null, warnings: [] };
  assert.deepEqual(book.membersSql("sqlite", MAPPING), [all]);
  const some = { text: members(VIP, FRENCH), params: [3, "FR"], validUntil: null, warnings: [] };
  assert.deepEqual(book.membersSql("sqlite", MAPPING, { segments: ["vip", book.segment("French"), "VIP"] }), [some]);
  assert.deepEqual(book.membersSql("sqlite", MAPPING, { segments: [] }), []);
  const other = bookOfHost();
  for (let number = 0; number < 150; number += 1) {
    other.createSegment(`S${number}`, { filter: `billed >= ${number}` });
  }
  assert.equal(other.membersSql("sqlite", MAPPING).length, 2);
});

test("a table of members is brought up to date", () => {
  const known = 'SELECT s."segment" AS segment_id, s."person" AS contact_id FROM "memberships" AS s WHERE s."segment" = ?';
  const [difference, ...others] = book.differencesSql("sqlite", MAPPING, { segments: ["VIP"] });
  assert.deepEqual([difference.segments, others], [["VIP"], []]);
  assert.deepEqual(difference.entered.params, [3, 1]);
  assert.equal(
    difference.entered.text,
    `SELECT n.segment_id, n.contact_id FROM (${members(VIP)}) AS n WHERE NOT EXISTS (SELECT 1 FROM (${known}) AS k WHERE k.segment_id = n.segment_id AND k.contact_id = n.contact_id)`,
  );
  assert.deepEqual(difference.left.params, [1, 3]);
  assert.equal(
    difference.left.text,
    `SELECT k.segment_id, k.contact_id FROM (${known}) AS k WHERE NOT EXISTS (SELECT 1 FROM (${members(VIP)}) AS n WHERE n.segment_id = k.segment_id AND n.contact_id = k.contact_id)`,
  );
  assert.deepEqual(book.differencesSql("sqlite", MAPPING).map(({ segments }) => segments), [["French", "VIP"]]);
});

test("the file of a durable book has a mapping", () =>
  inFolder(async (file) => {
    for (const materializeSegments of [false, true]) {
      const path = file(`${materializeSegments}.db`);
      const durable = await Book.open(path, { clock: NOW, materializeSegments });
      durable.createSegment("French", { filter: "country = FR" });
      const mapping = await durable.sqlMapping();
      assert.equal("members" in mapping, materializeSegments);
      assert.deepEqual(mapping.contacts, { table: "contacts", id: "id" });
      const french = durable.filter("segments has French");
      assert.deepEqual(french.toSql("sqlite", mapping).params, ["FR"]);
      const kept = () => french.toSql("sqlite", mapping, { segmentsFrom: "members" });
      if (materializeSegments) {
        assert.deepEqual(kept().params, [0]);
      } else {
        refused(kept, SqlError, { code: "E1602" });
      }
      await durable.close();
      await rejected(durable.sqlMapping(), StoreError, { code: "E1508" });
      refused(() => french.toSql("sqlite", mapping), StoreError, { code: "E1508" });
      refused(() => durable.membersSql("sqlite", mapping), StoreError, { code: "E1508" });
    }
    await rejected(book.sqlMapping(), StoreError, { message: "the book is in memory, without a file" });
  }));

test("folds", () => {
  assert.equal(fold("  STRASSE "), "strasse");
  assert.equal(fold("straße"), "strasse");
  assert.equal(fold("Zoé"), "zoé");
  assert.equal(accentFold("Élodie NÚÑEZ"), "elodie nunez");
  for (const function_ of [fold, accentFold]) {
    assert.deepEqual([function_(null), function_(undefined)], [null, null]);
    refused(() => function_(5), InvalidValueError, { message: "`text` takes text, not a number" });
  }
});

test("what is wrong is told with what is allowed", () => {
  const { contacts } = MAPPING;
  for (const [given, Class, code, message, help] of [
    [["postgress", MAPPING], SqlError, "E1605", "there is no database `postgress`", "did you mean `postgres`?"],
    [["sqlite", MAPPING, { output: "delete" }], InvalidValueError, "E0805", "`output` does not take `delete`", "it takes `select`, `count` or `condition`"],
    [["sqlite", MAPPING, { segmentsFrom: "here" }], InvalidValueError, "E0805", "`segmentsFrom` does not take `here`", "it takes `filters` or `members`"],
    [["sqlite", MAPPING, { placeholders: "?" }], InvalidValueError, "E0805", "`placeholders` does not take `?`", "it takes `native` or `format`"],
    [["sqlite", MAPPING, { approximateText: 1 }], InvalidValueError, "E0407", "`approximateText` takes true or false, not a number", null],
    [["sqlite", MAPPING, { approximate_text: true }], InvalidValueError, "E0602", "`toSql` has no option `approximate_text`",
      "did you mean `approximateText`? it has `output`, `approximateText`, `segmentsFrom`, `placeholders` and `now`"],
    [["sqlite", MAPPING, { now: 5 }], InvalidValueError, "E0407", "`now` takes a datetime, not a number", null],
    [["sqlite", { contacts }], SqlError, "E1602", "the mapping does not say where `country` is", 'add `"country": {"column": …}` to its `fields`'],
    [["sqlite", [MAPPING]], InvalidValueError, "E0407", "`mapping` takes an object, or its JSON as text, not a list", null],
    [["sqlite"], InvalidValueError, "E0407", "`mapping` takes an object, or its JSON as text, not nothing", null],
    [[undefined, MAPPING], InvalidValueError, "E0407", "`dialect` takes text, not nothing", null],
  ]) {
    const error = refused(() => book.filter("country = FR").toSql(...given), Class, { code, message });
    assert.equal(error.diagnostics[0].help, help, message);
  }
  assert.throws(() => sqlite("everyone", {}, { contacts: 5n }), TypeError);
});

test("a wrong mapping is told with its place", () => {
  const { contacts } = MAPPING;
  for (const [mapping, pointer] of [
    [{ contacts: { table: "people", key: "id" } }, "/contacts/key"],
    [{ contacts, fields: { "a/b": { column: 5 } } }, "/fields/a~1b/column"],
    [{ contacts, fields: { billed: { format: "cents" } } }, "/fields/billed/format"],
    ["{", ""],
  ]) {
    for (const call of [() => sqlite("everyone", {}, mapping), () => book.membersSql("sqlite", mapping), () => book.differencesSql("sqlite", mapping)]) {
      assert.equal(refused(call, SqlError, { code: "E1601" }).diagnostics[0].pointer, pointer);
    }
  }
});

test("all that is missing is told at once", () => {
  const { contacts } = MAPPING;
  const error = refused(() => sqlite("billed > 1 and not tags has vip", {}, { contacts }), SqlError, { code: "E1602" });
  assert.deepEqual(
    error.diagnostics.map(({ message }) => message),
    ["the mapping does not say where `billed` is", "the mapping does not say where `tags` is"],
  );
});

test("segments that are not there, or broken", () => {
  const other = bookOfHost();
  for (const name of ["membersSql", "differencesSql"]) {
    const call = (segments) => () => other[name]("sqlite", MAPPING, { segments });
    assert.equal(refused(call(["Frnch"]), NotFoundError, {}).diagnostics[0].help, "did you mean `French`?");
    refused(call("French"), InvalidValueError, { message: "`segments` takes a list of segments, not text" });
    refused(() => other[name]("sqlite", MAPPING, ["French"]), InvalidValueError, {});
  }
  other.createSegment("Rich", { filter: "billed > 1000" });
  other.deleteField("billed", { force: true });
  refused(() => other.membersSql("sqlite", MAPPING), SqlError, { code: "E0808" });
  const segments = other.segments().filter(({ error }) => error === null);
  assert.equal(other.membersSql("sqlite", MAPPING, { segments }).length, 1);
});

test("a filter whose field is gone", () => {
  const other = bookOfHost();
  const rich = other.filter("billed > 1");
  other.deleteField("billed");
  refused(() => rich.toSql("sqlite", MAPPING), NotFoundError, { code: "E0804" });
});

test("in a batch segments are written by its book, and filters behind it", () => {
  const other = bookOfHost();
  let french;
  other.batch((inside) => {
    inside.createSegment("Swiss", { filter: "country = CH" });
    assert.deepEqual(inside.membersSql("sqlite", MAPPING, { segments: ["Swiss"] })[0].params, ["CH"]);
    french = inside.filter("country = FR");
    refused(() => french.toSql("sqlite", MAPPING), ConflictError, { code: "E1207" });
  });
  assert.deepEqual(french.toSql("sqlite", MAPPING).params, ["FR"]);
});

for (const [name, home] of Object.entries(HOMES)) {
  test(`books write the same statements (${name})`, () =>
    home(async (newBook) => {
      const other = await newBook({ clock: NOW });
      other.createSegment("French", { filter: "country = FR" });
      assert.deepEqual(other.membersSql("sqlite", MAPPING)[0].text, members(FRENCH));
    }));
}
