// The behaviour suites of the folder `conformance/`; their format is described there.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Filter, FilterError } from "tagmata";
import { HOMES, bookOptions, makeBook } from "./world.mjs";

const FOLDER = process.env.TAGMATA_CONFORMANCE ?? fileURLToPath(new URL("../../../conformance", import.meta.url));

/** Fields that every contact of a book has a value in, while suites may have contacts without one. */
const ALWAYS_PRESENT = ["status", "created_at", "updated_at"];

/** The book of a suite, and its contacts. */
async function world(suite, settings, now, newBook) {
  const { book } = await makeBook(suite, bookOptions(settings, now), newBook);
  return { book, contacts: Object.entries(suite.contacts ?? {}) };
}

/** The contacts that are in a book what they are in the suite, as far as a filter can see. */
function comparable(contacts, filter) {
  const needed = ALWAYS_PRESENT.filter((field) => filter.fields.includes(field));
  const isPresent = (value) => typeof value === "string" && value.trim() !== "";
  return contacts.filter(([, values]) => needed.every((field) => isPresent(values[field]))).map(([name]) => name);
}

/** A problem as suites describe it: what its place covers, or where it points. */
function described(diagnostic, source) {
  const { start, end, pointer } = diagnostic;
  return { ...diagnostic, at: start === null || source === undefined ? pointer : source.slice(start, end) };
}

function compare(found, expected, source) {
  const shown = found.map((diagnostic, at) => {
    const all = described(diagnostic, source);
    return Object.fromEntries(Object.keys(expected[at] ?? { code: 0, message: 0 }).map((key) => [key, all[key]]));
  });
  assert.deepEqual(shown, expected);
}

function check({ filter: given, members, prints, diagnostics, lints, tree_diagnostics }, { book, contacts }) {
  const source = typeof given === "string" ? given : given.raw;
  const read = () => (given.raw === undefined ? book.filter(given) : Filter.fromJson(book, given.raw));
  if (diagnostics !== undefined) {
    return assert.throws(read, (error) => {
      assert.ok(error instanceof FilterError, error);
      compare(error.diagnostics, diagnostics, source);
      return true;
    });
  }
  const filter = read();
  if (prints !== undefined) {
    assert.equal(filter.toString(), prints);
  }
  if (lints !== undefined) {
    compare(filter.lints, lints, typeof given === "string" ? given : undefined);
  }
  if (tree_diagnostics !== undefined) {
    assert.throws(
      () => filter.toQueryBuilder(),
      (error) => compare(error.diagnostics, tree_diagnostics) ?? true,
    );
  } else {
    assert.equal(book.filter(filter.toObject()).toString(), filter.toString());
  }
  assert.equal(book.filter(filter.toString()).toString(), filter.toString());
  assert.equal(Filter.fromJson(book, filter.toJson()).toJson(), filter.toJson());
  if (members !== undefined) {
    const [found, compared] = [book.select(filter), comparable(contacts, filter)];
    const names = Array.from(found, (id) => contacts[id][0]);
    assert.deepEqual(names.filter((name) => compared.includes(name)), members.filter((name) => compared.includes(name)));
    assert.equal(book.count(given.raw === undefined ? given : filter), found.length);
  }
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".json")).sort()) {
  const suite = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8"));
  for (const [home, inHome] of Object.entries(HOMES)) {
    test(`${file}: ${suite.suite}, in a ${home}`, (t) =>
      inHome(async (newBook) => {
        const worlds = new Map();
        const worldOf = (settings, now) => {
          const key = JSON.stringify([settings, now]);
          worlds.has(key) || worlds.set(key, world(suite, settings, now, newBook));
          return worlds.get(key);
        };
        const failures = [];
        for (const each of suite.cases) {
          try {
            check(each, await worldOf({ ...suite.settings, ...each.settings }, each.now ?? suite.now));
          } catch (error) {
            failures.push(`${each.name}: ${JSON.stringify(each.filter)}\n${error.message}`);
          }
        }
        t.diagnostic(`${suite.cases.length} cases`);
        assert.ok(failures.length === 0, `${failures.length} failed:\n\n${failures.join("\n\n")}`);
      }));
  }
}
