// After each change: everybody who looks at the page is told, and the timer is set anew.

import type { Advance, Book, Effects, Outcome, Segment } from "tagmata";
import type { ChangeAnswer, ChangeEvent, ImportEvent, Moves } from "../shared/api.ts";

export type Event = { event: "change"; data: ChangeEvent } | { event: "import"; data: ImportEvent };

export class Changes {
  readonly #book: Book;
  readonly #listeners = new Set<(event: Event) => void>();
  #names: string;

  constructor(book: Book) {
    this.#book = book;
    this.#names = namesOf(book, book.segments());
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
    this.#passed(outcome.advance);
    const answer = answerOf(outcome);
    this.#changed(outcome.commit.cause, answer.commit, answer.contacts, answer);
    return answer;
  }

  /** Tells what time alone came to. */
  passed(advance: Advance): void {
    this.#passed(advance);
  }

  #passed(advance: Advance): void {
    const moves = movesOf(advance);
    if (advance.commits.length > 0 || Object.keys(moves.entered).length + Object.keys(moves.left).length > 0) {
      const contacts = new Set(advance.commits.flatMap((commit) => [...commit.contacts])).size;
      this.#changed("time", null, contacts, moves);
    }
  }

  #changed(cause: ChangeEvent["cause"], commit: number | null, contacts: number, moves: Moves): void {
    const segments = this.#book.segments();
    const names = namesOf(this.#book, segments);
    const definitions = names !== this.#names;
    this.#names = names;
    const counts: ChangeEvent["counts"] = {};
    for (const { name, count } of segments) {
      if (name in moves.entered || name in moves.left) counts[name] = count;
    }
    const everybody = this.#book.count("everyone");
    const { entered, left } = moves;
    this.tell({ event: "change", data: { commit, cause, contacts, everybody, counts, entered, left, definitions } });
  }
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

/** All that has a name which a page shows. */
function namesOf(book: Book, segments: Segment[]): string {
  const filters = segments.map(({ name, filter, error }) => [name, filter, error?.code]);
  return JSON.stringify([filters, Object.keys(book.tags()), book.fields(), book.statuses()]);
}
