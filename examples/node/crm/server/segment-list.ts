// The segments with their numbers of members. tagmata finds members when it is asked for them; the effects of each change
// say for which segments it has to be asked again.

import type { Book, Commit, Segment } from "tagmata";
import type { Moves } from "../shared/api.ts";

/** What becomes true of contacts, in the facts of commits; all else is about fields, tags, segments and the like. */
const OF_CONTACTS = new Set(["created", "deleted", "set", "linked", "unlinked", "recorded", "erased", "key", "merged"]);

export class SegmentList {
  readonly #book: Book;
  #segments: Segment[];

  constructor(book: Book) {
    this.#book = book;
    this.#segments = book.segments();
  }

  /** All segments, in the order in which they were made. */
  all(): readonly Segment[] {
    return this.#segments;
  }

  /** Takes changes in, and tells whether fields, tags, segments or their filters are others by them. */
  follow(commits: readonly Commit[], ...moves: Moves[]): boolean {
    const isOther = commits.some((commit) => commit.toObject({ most: 1 }).facts.some(({ fact }) => !OF_CONTACTS.has(fact)));
    const hasMoved = (name: string) => moves.some(({ entered, left }) => name in entered || name in left);
    const asked = (segment: Segment) => (hasMoved(segment.name) ? this.#book.segment(segment.name) : segment);
    this.#segments = isOther ? this.#book.segments() : this.#segments.map(asked);
    return isOther;
  }
}
