// Time is a change too: the book is moved on at the instants at which that matters.

import { type Advance, type Book, ConflictError } from "tagmata";

/** The longest time for which a timer is set: clocks are set, and machines sleep. */
const LONGEST = 60_000;
/** How long to wait while an import holds the book. */
const PATIENCE = 1_000;

export class Ticker {
  readonly #book: Book;
  readonly #passed: (advance: Advance) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(book: Book, passed: (advance: Advance) => void) {
    this.#book = book;
    this.#passed = passed;
  }

  /** Sets the timer for the next instant at which something changes: at the start, and after each change. */
  set(): void {
    this.stop();
    const next = this.#book.nextChange();
    if (next !== null) {
      this.#wait(next.getTime() - Date.now());
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#tick(), Math.min(Math.max(milliseconds, 1), LONGEST));
    this.#timer.unref();
  }

  #tick(): void {
    if (this.#book.closed) return;
    try {
      this.#passed(this.#book.advance());
      this.set();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      this.#wait(PATIENCE);
    }
  }
}
