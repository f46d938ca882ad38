// A small book behind the server, for tests: five contacts, two segments.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { FastifyInstance } from "fastify";
import { Book } from "tagmata";
import { type AppOptions, createApp } from "../server/app.ts";

const CONTACTS = [
  { first_name: "Zoé", last_name: "Martin", country: "FR", status: "vip", email: "zoe@example.com", tags: ["fidèle"], billed: 1200 },
  { first_name: "Léo", last_name: "Petit", country: "FR", status: "lead", email: "leo@example.com", tags: ["fidèle"], billed: 80 },
  { first_name: "Ana", last_name: "Blanc", country: "ES", status: "active", mobile: "+34612345678", tags: [], billed: 4000 },
  { first_name: "Bob", last_name: "Noël", country: "BE", status: "lead", tags: ["salon"] },
  { first_name: "Eve", last_name: "Abel", country: "FR", status: "lead", tags: [] },
];

export interface World {
  app: FastifyInstance;
  book: Book;
  /** Sends JSON, and gives the status and the JSON of the answer. */
  ask<T>(method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE", url: string, body?: object): Promise<{ status: number; answer: T }>;
}

/** The server over a durable book; both are gone after the test. */
export async function world(test: TestContext, options: AppOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "crm-test-"));
  const book = await Book.open(join(folder, "crm.db"), { timezone: "Europe/Paris", defaultCountry: "FR", synchronous: "normal" });
  book.defineField("billed", "number", { label: "Montant facturé" });
  book.createSegment("Nord");
  for (const contact of CONTACTS) book.createContact(contact);
  book.createSegment("Big", { filter: "billed > 1000" });
  const app = await createApp(book, options);
  test.after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  return {
    app,
    book,
    async ask<T>(method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE", url: string, body?: object) {
      const response = await app.inject({ method, url, ...(body === undefined ? {} : { payload: body }) });
      return { status: response.statusCode, answer: (response.body === "" ? null : response.json()) as T };
    },
  };
}
