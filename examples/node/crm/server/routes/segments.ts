// Saved segments: filters that are kept, and lists.

import type { FastifyInstance } from "fastify";
import { Type } from "@sinclair/typebox";
import type { Outcome } from "tagmata";
import {
  PinRequest,
  SegmentChange,
  SegmentPreview,
  SegmentRequest,
  type ChangeAnswer,
  type Moves,
  type SegmentAnswer,
  type SegmentExplanationAnswer,
} from "../../shared/api.ts";
import { movesOf } from "../changes.ts";
import { ACTOR, type Crm } from "../crm.ts";
import { pinned } from "../pins.ts";
import { selectionOf } from "../selections.ts";
import { wireSegment, wireShare } from "../wire.ts";
import { type Forced, type OfContact, type OfSegment, forced, ofContact, ofSegment } from "./parameters.ts";

const ofPin = { params: Type.Composite([ofSegment.params, ofContact.params]) };

export function segments(app: FastifyInstance, crm: Crm): void {
  const { book } = crm;

  app.get("/api/segments", (): SegmentAnswer[] => crm.segments.all().map(wireSegment));

  app.post<{ Body: SegmentRequest }>("/api/segments", { schema: { body: SegmentRequest } }, ({ body }): ChangeAnswer => {
    const { name, filter, members } = body;
    if (filter !== undefined) return crm.made(book.createSegment(name, { filter, ...ACTOR }));
    const first = members === undefined ? {} : { members: selectionOf(book, members) };
    return crm.made(book.createSegment(name, { ...first, ...ACTOR }));
  });

  app.patch<OfSegment & { Body: SegmentChange }>(
    "/api/segments/:segment",
    { schema: { ...ofSegment, body: SegmentChange } },
    ({ params: { segment }, body: { name, filter } }): ChangeAnswer => {
      const changes = (book: Crm["book"]) => {
        if (filter !== undefined) book.updateSegment(segment, { filter });
        if (name !== undefined) book.renameSegment(segment, name);
      };
      const outcome: Outcome = book.batch(changes, ACTOR);
      return crm.made(outcome);
    },
  );

  app.delete<OfSegment & Forced>(
    "/api/segments/:segment",
    { schema: { ...ofSegment, ...forced } },
    ({ params: { segment }, query: { force } }): ChangeAnswer => {
      return crm.made(book.deleteSegment(segment, { force: force === "true", ...ACTOR }));
    },
  );

  app.post<OfSegment & { Body: SegmentPreview }>(
    "/api/segments/:segment/preview",
    { schema: { ...ofSegment, body: SegmentPreview } },
    ({ params: { segment }, body: { filter } }): Moves => movesOf(book.previewSegment(segment, { filter })),
  );

  app.put<{ Params: OfSegment["Params"] & OfContact["Params"]; Body: PinRequest }>(
    "/api/segments/:segment/pins/:contact",
    { schema: { ...ofPin, body: PinRequest } },
    ({ params: { segment, contact }, body: { pin } }): ChangeAnswer => {
      const changes = pinned(book.segment(segment), Number(contact), pin);
      return crm.made(book.updateSegment(segment, { ...changes, ...ACTOR }));
    },
  );

  app.get<OfSegment>(
    "/api/segments/:segment/explanation",
    { schema: ofSegment },
    ({ params: { segment } }): SegmentExplanationAnswer => {
      const { name, count, everybody, tree, alwaysIn, alwaysOut, error } = book.explainSegment(segment);
      return {
        name,
        count,
        everybody,
        tree: tree && wireShare(tree),
        alwaysIn: alwaysIn && wireShare(alwaysIn),
        alwaysOut: alwaysOut && wireShare(alwaysOut),
        error: error?.message ?? null,
      };
    },
  );
}
