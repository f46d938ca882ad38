// The books that suites begin with.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Book } from "tagmata";

/** Runs with a folder that is gone afterwards. */
export async function inFolder(run) {
  const folder = mkdtempSync(join(tmpdir(), "tagmata-"));
  try {
    return await run((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The members of an object that say something: options that narrow are left out, or they do. */
export function said(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Where books are, and how they are made and left there. */
export const HOMES = {
  async memory(run) {
    await run(async (options) => new Book(options));
  },
  /** Books in files have to be sound at the end. */
  async file(run) {
    await inFolder(async (file) => {
      const books = [];
      await run(async (options) => {
        const book = await Book.open(file(`${books.length}.db`), { synchronous: "normal", ...options });
        books.push(book);
        return book;
      });
      for (const book of books) {
        assert.deepEqual(await book.check(), []);
        await book.close();
      }
    });
  },
};

export const camelCase = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** The settings of a suite as options. */
export function bookOptions({ time_zone, limits = {}, ...settings } = {}, now) {
  const options = Object.entries(settings).map(([name, value]) => [camelCase(name), value]);
  const named = Object.entries(limits).map(([name, value]) => [camelCase(name), value]);
  return { ...Object.fromEntries(options), timezone: time_zone, limits: Object.fromEntries(named), clock: now };
}

/** The book of a suite, and the ids of its contacts by their names. */
export async function makeBook(suite, options, newBook) {
  const { fields = [], statuses = [], kinds = [], tags = [], segments = [] } = suite.schema ?? {};
  const book = await newBook(options);
  for (const { key, type, label, options = [] } of fields) {
    const labels = options.map((option) => (typeof option === "string" ? [option, option] : [option.key, option.label]));
    book.defineField(key, type, { label, ...(options.length > 0 && { options: Object.fromEntries(labels) }) });
  }
  statuses.forEach(({ key, label }) => book.defineStatus(key, { label }));
  kinds.forEach(({ key, outgoing }) => book.defineKind(key, { outgoing }));
  tags.forEach((tag) => book.defineTag(tag));
  segments.filter(({ filter }) => filter === undefined).forEach(({ name }) => book.createSegment(name));
  const ids = {};
  // What contacts come with has happened before: no default rule fires by it.
  book.setAutomation({ leadToActive: false });
  for (const [name, { interactions = [], ...values }] of Object.entries(suite.contacts ?? {})) {
    ids[name] = book.createContact(values);
    interactions.forEach(({ kind, ...options }) => book.record(ids[name], kind, options));
  }
  book.setAutomation({ leadToActive: true });
  const pinned = (names = []) => names.map((name) => ids[name]);
  for (const { name, filter, always_in, always_out } of segments.filter(({ filter }) => filter !== undefined)) {
    book.createSegment(name, { filter, alwaysIn: pinned(always_in), alwaysOut: pinned(always_out) });
  }
  return { book, ids };
}
