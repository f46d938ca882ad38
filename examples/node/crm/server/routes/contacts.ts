// Pages of contacts, and single ones.

import type { FastifyInstance } from "fastify";
import type { Contact } from "tagmata";
import {
  ContactRequest,
  ExplainRequest,
  InteractionRequest,
  PageRequest,
  type ChangeAnswer,
  type ContactAnswer,
  type ContactRow,
  type CreatedAnswer,
  type ExplanationAnswer,
  type PageAnswer,
  type WireValue,
} from "../../shared/api.ts";
import { ACTOR, type Crm } from "../crm.ts";
import { filterOf } from "../selections.ts";
import { type OfContact, ofContact } from "./parameters.ts";
import { pinOf, pinsOf } from "../pins.ts";
import { wireExplained } from "../wire.ts";

export function contacts(app: FastifyInstance, crm: Crm): void {
  const { book } = crm;

  app.post<{ Body: PageRequest }>("/api/contacts/page", { schema: { body: PageRequest } }, ({ body }): PageAnswer => {
    const { list, ...place } = body;
    const { total, contacts } = book.page({ ...list, ...place });
    return { total, contacts: contacts.map(row) };
  });

  app.post<{ Body: ContactRequest }>("/api/contacts", { schema: { body: ContactRequest } }, ({ body }): CreatedAnswer => {
    const id = book.createContact(body.values, ACTOR);
    const outcome = book.lastOutcome;
    if (outcome === null) throw new Error("a contact was made without a change");
    return { id, ...crm.made(outcome) };
  });

  app.get<OfContact>("/api/contacts/:contact", { schema: ofContact }, ({ params }): ContactAnswer => {
    const id = Number(params.contact);
    const contact = book.contact(id);
    return {
      ...row(contact),
      staticSegments: contact.staticSegments,
      interactions: contact.interactions.map((interaction) => ({ ...interaction, at: interaction.at.toISOString() })),
      history: contact.history.map(({ change, at, actor, cause, rule, old, new: became }) => {
        return { change, at: at.toISOString(), actor, cause, rule, old, new: became };
      }),
      pins: pinsOf(crm.segments.all(), id),
    };
  });

  app.patch<OfContact & { Body: ContactRequest }>(
    "/api/contacts/:contact",
    { schema: { ...ofContact, body: ContactRequest } },
    ({ params, body }): ChangeAnswer => crm.made(book.updateContact(Number(params.contact), body.values, ACTOR)),
  );

  app.post<OfContact & { Body: InteractionRequest }>(
    "/api/contacts/:contact/interactions",
    { schema: { ...ofContact, body: InteractionRequest } },
    ({ params, body }): ChangeAnswer => {
      const { kind, ...details } = body;
      return crm.made(book.record(Number(params.contact), kind, { ...details, ...ACTOR }));
    },
  );

  app.post<OfContact & { Body: ExplainRequest }>(
    "/api/contacts/:contact/explanation",
    { schema: { ...ofContact, body: ExplainRequest } },
    ({ params, body }): ExplanationAnswer => {
      const id = Number(params.contact);
      const by = "segment" in body ? book.segment(body.segment) : filterOf(book, body.list);
      const { verdict, validUntil, tree } = book.explain(id, by);
      return {
        verdict,
        validUntil: validUntil?.toISOString() ?? null,
        tree: wireExplained(tree),
        pin: "segment" in body ? pinOf(book.segment(body.segment), id) : null,
      };
    },
  );
}

function row(contact: Contact): ContactRow {
  const values: Record<string, WireValue> = {};
  for (const [key, value] of Object.entries(contact.toObject())) {
    values[key] = value instanceof Date ? value.toISOString() : value;
  }
  return { id: contact.id, name: contact.name, values };
}
