// After each change: everybody who looks at the page is told, and the timer is set anew.

import type { Advance, Book, Effects, Outcome } from "tagmata";
import type { ChangeAnswer, ChangeEvent, ImportEvent, Moves } from "../shared/api.ts";
import type { SegmentList } from "./segment-list.ts";
import { wireTags } from "./wire.ts";

export type Event = { event: "change"; data: ChangeEvent } | { event: "import"; data: ImportEvent };

export class Changes {
  readonly #book: Book;
  readonly #segments: SegmentList;
  readonly #listeners = new Set<(event: Event) => void>();

  constructor(book: Book, segments: SegmentList) {
    this.#book = book;
    this.#segments = segments;
  }

  /** Calls back at each change, until the function that it gives is called. */
  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Tells what a change came to, the time that passed until it included. */
  made(outcome: Outcome): ChangeAnswer {
    const { advance, commit } = outcome;
    const answer = answerOf(outcome);
    const before = movesOf(advance);
    // Names are those of after the change, which may have renamed what moved before it.
    const definitions = this.#segments.follow([...advance.commits, commit], before, answer);
    this.#tellTime(advance, before, definitions);
    this.#tell(commit.cause, answer, answer, definitions);
    return answer;
  }

  /** Tells what time alone came to. */
  passed(advance: Advance): void {
    const moves = movesOf(advance);
    this.#tellTime(advance, moves, this.#segments.follow(advance.commits, moves));
  }

  #tellTime({ commits }: Advance, moves: Moves, definitions: boolean): void {
    if (commits.length === 0 && isStill(moves)) return;
    const contacts = new Set(commits.flatMap((commit) => [...commit.contacts])).size;
    this.#tell("time", { commit: null, contacts }, moves, definitions);
  }

  #tell(
    cause: ChangeEvent["cause"],
    { commit, contacts }: Pick<ChangeAnswer, "commit" | "contacts">,
    { entered, left }: Moves,
    definitions: boolean,
  ): void {
    const counts: ChangeEvent["counts"] = {};
    for (const { name, count } of this.#segments.all()) {
      if (name in entered || name in left) counts[name] = count;
    }
    const everybody = this.#book.count("everyone");
    const tags = wireTags(this.#book);
    this.tell({ event: "change", data: { commit, cause, contacts, everybody, counts, tags, entered, left, definitions } });
  }
}

function isStill({ entered, left }: Moves): boolean {
  return Object.keys(entered).length + Object.keys(left).length === 0;
}

/** What a change came to, without the ids. */
export function answerOf(outcome: Outcome): ChangeAnswer {
  const { commit, effects, warnings } = outcome;
  return {
    commit: commit.isEmpty ? null : commit.number,
    contacts: commit.contacts.length,
    warnings,
    ...movesOf(effects),
  };
}

export function movesOf({ entered, left }: Effects): Moves {
  const sizes = (moves: Record<string, Uint32Array>) =>
    Object.fromEntries(Object.entries(moves).map(([name, contacts]) => [name, contacts.length]));
  return { entered: sizes(entered), left: sizes(left) };
}
