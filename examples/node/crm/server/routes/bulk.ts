// What is done to many contacts at once: tried first, then done, and undone.

import type { FastifyInstance } from "fastify";
import type { Book, BookPromises, SelectionLike } from "tagmata";
import {
  BulkRequest,
  UndoRequest,
  type Action,
  type ChangeAnswer,
  type PreviewAnswer,
} from "../../shared/api.ts";
import { answerOf } from "../changes.ts";
import { ACTOR, type Crm } from "../crm.ts";
import { selectionOf, sizeOf } from "../selections.ts";
import { type OfCommit, ofCommit } from "./parameters.ts";

/** What changes many contacts: the book, or its promises. */
type Changing<Answer> = { [Method in keyof BookPromises]: (...given: Parameters<Book[Method]>) => Answer };

export function bulk(app: FastifyInstance, crm: Crm): void {
  const { book } = crm;

  app.post<{ Body: BulkRequest }>("/api/bulk/preview", { schema: { body: BulkRequest } }, ({ body }): PreviewAnswer => {
    const contacts = selectionOf(book, body.contacts);
    const outcome = book.preview((book) => void act(book, contacts, body.action));
    return { ...answerOf(outcome), commit: null, chosen: sizeOf(body.contacts) };
  });

  app.post<{ Body: BulkRequest }>("/api/bulk", { schema: { body: BulkRequest } }, async ({ body }): Promise<ChangeAnswer> => {
    return crm.made(await act(book.promises, selectionOf(book, body.contacts), body.action));
  });

  app.post<OfCommit & { Body: UndoRequest }>(
    "/api/changes/:commit/undo",
    { schema: { ...ofCommit, body: UndoRequest } },
    async ({ params, body: { force = false } }): Promise<ChangeAnswer> => {
      const commit = await book.commit(Number(params.commit));
      return crm.made(await book.promises.undo(commit, { force, ...ACTOR }));
    },
  );
}

function act<Answer>(book: Changing<Answer>, contacts: SelectionLike, action: Action): Answer {
  switch (action.do) {
    case "add_tags":
      return book.addTags(contacts, action.tags, ACTOR);
    case "remove_tags":
      return book.removeTags(contacts, action.tags, ACTOR);
    case "set_status":
      return book.setStatus(contacts, action.status, ACTOR);
    case "add_to_segment":
      return book.addToSegment(contacts, action.segment, ACTOR);
    case "remove_from_segment":
      return book.removeFromSegment(contacts, action.segment, ACTOR);
    case "set_field":
      return book.updateContacts(contacts, { [action.field]: action.value }, ACTOR);
    case "delete":
      return book.deleteContacts(contacts, ACTOR);
  }
}
