// Tags: they are made on first use, and here they get other names, and go.

import type { FastifyInstance } from "fastify";
import { TagChange, type ChangeAnswer } from "../../shared/api.ts";
import { ACTOR, type Crm } from "../crm.ts";
import { type Forced, type OfTag, forced, ofTag } from "./parameters.ts";

export function tags(app: FastifyInstance, crm: Crm): void {
  const { book } = crm;

  app.patch<OfTag & { Body: TagChange }>(
    "/api/tags/:tag",
    { schema: { ...ofTag, body: TagChange } },
    ({ params: { tag }, body: { name } }): ChangeAnswer => crm.made(book.renameTag(tag, name, ACTOR)),
  );

  app.delete<OfTag & Forced>(
    "/api/tags/:tag",
    { schema: { ...ofTag, ...forced } },
    ({ params: { tag }, query: { force } }): ChangeAnswer => crm.made(book.deleteTag(tag, { force: force === "true", ...ACTOR })),
  );
}
