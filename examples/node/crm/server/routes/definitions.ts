// What a page has to know of the book to draw itself.

import type { FastifyInstance } from "fastify";
import type { DefinitionsAnswer } from "../../shared/api.ts";
import type { Crm } from "../crm.ts";
import { wireSegment, wireTags } from "../wire.ts";

export function definitions(app: FastifyInstance, { book, segments }: Crm): void {
  app.get("/api/definitions", (): DefinitionsAnswer => {
    return {
      timezone: zoneOf(book.definitions().settings),
      everybody: book.count("everyone"),
      fields: book.fields(),
      statuses: book.statuses(),
      kinds: book.kinds().map(({ key }) => key),
      tags: wireTags(book),
      presets: book.presets().map(({ key, label }) => ({ key, label })),
      segments: segments.all().map(wireSegment),
      builder: book.queryBuilderFields(),
    };
  });
}

function zoneOf(settings: unknown): string {
  const zone = (settings as { time_zone?: unknown } | undefined)?.time_zone;
  return typeof zone === "string" ? zone : "UTC";
}
