// Which contacts a request means.

import { type Book, type CanonicalFilter, Selection, type SelectionLike } from "tagmata";
import type { Chosen, ListQuery } from "../shared/api.ts";
import { Refused } from "./errors.ts";

/** A list as one filter: its preset, filter and search all have to match. */
export function filterOf(book: Book, { preset, filter, search }: ListQuery): CanonicalFilter {
  const parts: CanonicalFilter["filter"][] = [];
  if (preset !== undefined) {
    const found = book.presets().find(({ key }) => key === preset);
    if (found === undefined) throw new Refused(404, "no_preset", `there is no list \`${preset}\``);
    parts.push(book.filter(found.filter).toObject().filter);
  }
  if (filter !== undefined && !isBlank(filter)) {
    parts.push(book.filter(filter).toObject().filter);
  }
  if (search !== undefined && !isBlank(search)) {
    parts.push({ op: "search", value: search });
  }
  const [first, ...others] = parts;
  if (first === undefined) return { v: 1, filter: { op: "everyone" } };
  return { v: 1, filter: others.length === 0 ? first : { op: "and", args: parts } };
}

/** The contacts that were chosen. Where a list has changed since it was seen, tagmata refuses. */
export function selectionOf(book: Book, chosen: Chosen): SelectionLike {
  if ("ids" in chosen) return chosen.ids;
  const { list, exclude, expect } = chosen;
  return new Selection(filterOf(book, list), { exclude, expect });
}

/** How many contacts were chosen. */
export function sizeOf(chosen: Chosen): number {
  return "ids" in chosen ? new Set(chosen.ids).size : chosen.expect;
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}
