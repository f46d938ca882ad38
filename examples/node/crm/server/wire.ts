// Answers of tagmata as JSON.

import type { Book, Explained, Segment, SegmentPart } from "tagmata";
import type { ExplainedPart, SegmentAnswer, SegmentShare, TagAnswer } from "../shared/api.ts";

export function wireExplained({ text, verdict, decides, value, validUntil, children }: Explained): ExplainedPart {
  const until = validUntil?.toISOString() ?? null;
  return { text, verdict, decides, value, validUntil: until, children: children.map(wireExplained) };
}

export function wireShare({ text, count, removes, adds, children }: SegmentPart): SegmentShare {
  return { text, count, removes, adds, children: children.map(wireShare) };
}

export function wireSegment({ name, kind, count, filter, error, alwaysIn, alwaysOut }: Segment): SegmentAnswer {
  return { name, kind, count, filter, error: error?.message ?? null, pins: alwaysIn.length + alwaysOut.length };
}

export function wireTags(book: Book): TagAnswer[] {
  return Object.entries(book.tags()).map(([name, count]) => ({ name, count }));
}
