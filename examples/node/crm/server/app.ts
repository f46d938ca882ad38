// The server: a thin layer of routes over a book.

import { fastify, type FastifyInstance } from "fastify";
import type { Book } from "tagmata";
import { Crm } from "./crm.ts";
import { Refused, answerError } from "./errors.ts";
import { page } from "./page.ts";
import { bulk } from "./routes/bulk.ts";
import { contacts } from "./routes/contacts.ts";
import { definitions } from "./routes/definitions.ts";
import { events } from "./routes/events.ts";
import { exports } from "./routes/exports.ts";
import { filters } from "./routes/filters.ts";
import { imports } from "./routes/imports.ts";
import { segments } from "./routes/segments.ts";
import { tags } from "./routes/tags.ts";

/** How many bytes a request may have: 100,000 ticked contacts. Only the upload of a file may have more. */
const BODY_LIMIT = 2 << 20;
/** A list stands in the address of its export, filter included. */
const HEADER_LIMIT = 256 << 10;
/** By which names the page is asked for: it is for this machine alone. */
const HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Names of segments stand in paths: up to 1,000 bytes, each written as three. */
const PARAMETER_LIMIT = 3_000;

export interface AppOptions {
  /** The folder of the page, as vite has built it; without one there are only the routes. */
  page?: string;
  log?: boolean;
}

export async function createApp(book: Book, { page: folder, log = false }: AppOptions = {}): Promise<FastifyInstance> {
  const app = fastify({
    logger: log ? { level: "warn" } : false,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: PARAMETER_LIMIT },
    http: { maxHeaderSize: HEADER_LIMIT },
    forceCloseConnections: true,
    // What is not as it should be is refused, not mended.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  const crm = new Crm(book);
  // Plain text needs no leave of the browser to be sent from another site: the routes take JSON and CSV only.
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(() => {
    throw new Refused(404, "no_route", "there is nothing at this address");
  });
  app.addHook("onRequest", async ({ hostname }) => {
    // Another site may have its name lead to this machine; what is here is not for it.
    if (!HOSTS.has(hostname)) throw new Refused(403, "no_host", "the page is at localhost");
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    reply.header("content-security-policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'");
  });
  app.addHook("onClose", () => crm.close());
  for (const routes of [definitions, contacts, filters, segments, tags, bulk, imports, exports, events]) {
    routes(app, crm);
  }
  if (folder !== undefined) await page(app, folder);
  return app;
}
