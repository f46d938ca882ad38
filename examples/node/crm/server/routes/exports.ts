// The contacts of a list as a CSV file.

import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { ListQuery } from "../../shared/api.ts";
import type { Crm } from "../crm.ts";
import { filterOf } from "../selections.ts";

export function exports(app: FastifyInstance, { book }: Crm): void {
  app.get<{ Querystring: ListQuery }>("/api/contacts.csv", { schema: { querystring: ListQuery } }, async ({ query }, reply) => {
    const file = new PassThrough();
    const written = book.exportCsv(file, { filter: filterOf(book, query) });
    // Whoever goes away before the end has ended the file.
    written.catch((error: Error) => file.destroy(error));
    // What is refused is answered as such: nothing has been sent by then.
    await Promise.race([once(file, "readable"), written]);
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="contacts.csv"')
      .send(file);
  });
}
