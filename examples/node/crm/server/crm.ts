// What the routes work with.

import type { Book, Outcome } from "tagmata";
import type { ChangeAnswer } from "../shared/api.ts";
import { Changes } from "./changes.ts";
import { SegmentList } from "./segment-list.ts";
import { Ticker } from "./ticker.ts";
import { Uploads } from "./uploads.ts";

/** Who makes the changes, as histories say it. A server with a login names its user here. */
export const ACTOR = { actor: "contact page" } as const;

export class Crm {
  readonly segments: SegmentList;
  readonly changes: Changes;
  readonly uploads = new Uploads();
  readonly #ticker: Ticker;

  constructor(readonly book: Book) {
    this.segments = new SegmentList(book);
    this.changes = new Changes(book, this.segments);
    this.#ticker = new Ticker(book, (advance) => this.changes.passed(advance));
    this.#ticker.set();
  }

  /** Tells everybody what a change came to, and whoever asked for it. */
  made(outcome: Outcome): ChangeAnswer {
    this.#ticker.set();
    return this.changes.made(outcome);
  }

  async close(): Promise<void> {
    this.#ticker.stop();
    await this.uploads.clear();
    await this.book.close();
  }
}
