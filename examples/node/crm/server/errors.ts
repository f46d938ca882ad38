// What is refused, as an answer: problems of tagmata keep their code, their places and their help.

import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { ConflictError, NotFoundError, StoreError, TagmataError } from "tagmata";
import type { Refusal } from "../shared/api.ts";

/** Something that this server refuses by itself. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** 404 for what is not there, 409 for what contradicts the book, 422 for what cannot be read. */
function statusOf(error: TagmataError): number {
  if (error instanceof NotFoundError) return 404;
  if (error instanceof ConflictError) return 409;
  if (error instanceof StoreError) return 503;
  return 422;
}

export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof TagmataError) {
    const { code, diagnostics } = error;
    void reply.status(statusOf(error)).send(refusal(code, diagnostics[0]?.message ?? error.message, diagnostics));
  } else if (error instanceof Refused) {
    void reply.status(error.status).send(refusal(error.code, error.message));
  } else if ("statusCode" in error && error.statusCode !== undefined && error.statusCode < 500) {
    void reply.status(error.statusCode).send(refusal(error.code, error.message));
  } else {
    request.log.error(error);
    void reply.status(500).send(refusal("internal", "the server failed; its log says why"));
  }
}

function refusal(code: string, message: string, diagnostics: Refusal["diagnostics"] = []): Refusal {
  return { code, message, diagnostics };
}
