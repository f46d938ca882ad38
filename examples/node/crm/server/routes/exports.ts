// The contacts of a list as a CSV file.

import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { ListQuery } from "../../shared/api.ts";
import type { Crm } from "../crm.ts";
import { filterOf } from "../selections.ts";

export function exports(app: FastifyInstance, { book }: Crm): void {
  app.get<{ Querystring: ListQuery }>("/api/contacts.csv", { schema: { querystring: ListQuery } }, async ({ query }, reply) => {
    const filter = filterOf(book, query);
    const folder = await mkdtemp(join(tmpdir(), "tagmata-crm-"));
    const path = join(folder, "contacts.csv");
    const done = () => void rm(folder, { recursive: true, force: true });
    try {
      await book.exportCsv(path, { filter });
      reply.header("content-length", (await stat(path)).size);
    } catch (error) {
      done();
      throw error;
    }
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="contacts.csv"')
      .send(createReadStream(path).once("close", done));
  });
}
