import assert from "node:assert/strict";
import { test } from "node:test";
import type { ImportEvent, ReportAnswer, Refusal, UploadAnswer } from "../shared/api.ts";
import { contactRow } from "../server/generate.ts";
import { fill } from "../server/seed.ts";
import { Book } from "tagmata";
import { world, type World } from "./world.ts";

const FILE = `Pays;Prénom;Nom;E-mail;Montant facturé;Fidélité
FR;Max;Roux;max@example.com;1500;or
FR;Lou;Vidal;lou@;20;
FR;Zoé;Martin;zoe@example.com;10;
`;

async function upload({ app }: World, payload: string): Promise<string> {
  const response = await app.inject({ method: "POST", url: "/api/imports", headers: { "content-type": "text/csv" }, payload });
  assert.equal(response.statusCode, 200, response.body);
  return response.json<UploadAnswer>().id;
}

test("a file is tried, imported, and its rejected rows are handed back", async (t) => {
  const w = await world(t);
  const id = await upload(w, FILE);
  const expected = { created: 1, updated: 1, unchanged: 0, rejected: 1, ignoredColumns: ["Fidélité"], problemsTotal: 1 };
  const tried = await w.ask<ReportAnswer>("POST", `/api/imports/${id}/preview`, { of: "contacts" });
  const { problems, change, ...numbers } = tried.answer;
  assert.deepEqual(numbers, expected);
  assert.deepEqual(problems.map(({ row, column, value }) => [row, column, value]), [[2, "E-mail", "lou@"]]);
  assert.deepEqual([change.entered, change.left, w.book.count("everyone")], [{ Big: 1 }, { Big: 1 }, 5]);

  const done = await w.ask<ReportAnswer>("POST", `/api/imports/${id}/run`, { of: "contacts", columns: { Fidélité: "source" } });
  assert.deepEqual([done.answer.created, done.answer.ignoredColumns, w.book.contact(5).source], [1, [], "or"]);
  const rejected = await w.app.inject({ method: "GET", url: `/api/imports/${id}/rejected.csv` });
  assert.match(rejected.headers["content-disposition"] as string, /rejected\.csv/);
  assert.match(rejected.body, /FR;Lou;Vidal;lou@;20;/);
  const undone = await w.ask("POST", `/api/changes/${done.answer.change.commit}/undo`, {});
  assert.deepEqual([undone.status, w.book.count("everyone")], [200, 5]);

  assert.equal((await w.ask("DELETE", `/api/imports/${id}`)).status, 204);
  assert.equal((await w.ask<Refusal>("POST", `/api/imports/${id}/run`, { of: "contacts" })).answer.code, "no_upload");
});

test("a file with two readings asks for one", async (t) => {
  const w = await world(t);
  const id = await upload(w, "Pays;Prénom;Nom;E-mail;created_at\nFR;Max;Roux;max@example.com;03/04/2026\n");
  const asked = await w.ask<Refusal>("POST", `/api/imports/${id}/preview`, { of: "contacts" });
  assert.deepEqual([asked.status, asked.answer.code], [422, "E1008"]);
  assert.equal((await w.ask("POST", `/api/imports/${id}/preview`, { of: "contacts", dates: "dmy" })).status, 200);
});

test("interactions are imported from a file of their own", async (t) => {
  const w = await world(t);
  const id = await upload(w, "email;kind;time;amount\nzoe@example.com;payment;2026-01-31;120\n");
  const { answer } = await w.ask<ReportAnswer>("POST", `/api/imports/${id}/run`, { of: "interactions" });
  assert.deepEqual([answer.created, w.book.count("sum(payment) = 120")], [1, 1]);
});

test("how far an import has come is told as it goes, and it can be stopped", async (t) => {
  const w = await world(t);
  const address = await w.app.listen({ port: 0, host: "127.0.0.1" });
  const events = await fetch(`${address}/api/events`);
  const rows = Array.from({ length: 40_000 }, (_, index) => `FR;Max;Roux;max${index}@example.com`);
  const id = await upload(w, `Pays;Prénom;Nom;E-mail\n${rows.join("\n")}\n`);
  const running = w.ask<Refusal>("POST", `/api/imports/${id}/run`, { of: "contacts" });
  let heard = "";
  const decoder = new TextDecoder();
  for await (const chunk of events.body as unknown as AsyncIterable<Uint8Array>) {
    heard += decoder.decode(chunk);
    if (heard.includes("event: import\n") && heard.endsWith("\n\n")) break;
  }
  const [, data] = /event: import\ndata: (.*)/.exec(heard) ?? [];
  const progress = JSON.parse(data ?? "{}") as ImportEvent;
  assert.deepEqual([progress.id, progress.dryRun, progress.done, progress.totalBytes > 0], [id, false, false, true]);
  assert.equal((await w.ask("DELETE", `/api/imports/${id}`)).status, 204);
  const { status, answer } = await running;
  assert.deepEqual([status, answer.code, w.book.count("everyone")], [409, "stopped", 5]);
});

test("a dry run gives way to one with other settings", async (t) => {
  const w = await world(t);
  const rows = Array.from({ length: 20_000 }, (_, index) => `FR;Max;Roux;max${index}@example.com;1`);
  const id = await upload(w, `Pays;Prénom;Nom;E-mail;Fidélité\n${rows.join("\n")}\n`);
  const tries = [{}, { columns: { Fidélité: "source" } }, { columns: { Fidélité: "billed" } }].map((settings) =>
    w.ask<ReportAnswer & Refusal>("POST", `/api/imports/${id}/preview`, { of: "contacts", ...settings }),
  );
  const answers = await Promise.all(tries);
  const last = answers.at(-1);
  assert.deepEqual([last?.status, last?.answer.created, last?.answer.ignoredColumns], [200, 20_000, []]);
  for (const { status, answer } of answers.slice(0, -1)) assert.ok(status === 200 || answer.code === "given_up", answer.code);
});

test("a list is exported as it is seen", async (t) => {
  const { app } = await world(t);
  const url = `/api/contacts.csv?${new URLSearchParams({ preset: "status:lead", filter: "billed is not empty" })}`;
  const response = await app.inject({ method: "GET", url });
  assert.match(response.headers["content-type"] as string, /^text\/csv/);
  const lines = response.body.trim().split("\n");
  assert.deepEqual([lines.length, lines[1]?.includes("leo@example.com")], [2, true]);
  assert.equal((await app.inject({ method: "GET", url: "/api/contacts.csv?filter=biled" })).statusCode, 422);
});

test("contacts that are drawn are the same each time, and all of them can be read", async () => {
  assert.equal(contactRow(7), contactRow(7));
  const book = new Book({ timezone: "Europe/Paris" });
  await fill(book, { contacts: 2_000 });
  assert.equal(book.count("everyone"), 2_000);
});
