// The books that suites begin with.

import { Book } from "tagmata";

export const camelCase = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** The settings of a suite as options. */
export function bookOptions({ time_zone, limits = {}, ...settings } = {}, now) {
  const options = Object.entries(settings).map(([name, value]) => [camelCase(name), value]);
  const named = Object.entries(limits).map(([name, value]) => [camelCase(name), value]);
  return { ...Object.fromEntries(options), timezone: time_zone, limits: Object.fromEntries(named), clock: now };
}

/** The book of a suite, and the ids of its contacts by their names. */
export function makeBook(suite, options) {
  const { fields = [], statuses = [], kinds = [], tags = [], segments = [] } = suite.schema ?? {};
  const book = new Book(options);
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
