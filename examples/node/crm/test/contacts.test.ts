import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContactAnswer, CreatedAnswer, DefinitionsAnswer, ExplanationAnswer, PageAnswer, Refusal } from "../shared/api.ts";
import { world } from "./world.ts";

test("pages are filtered, searched, sorted, and follow a contact", async (t) => {
  const { ask } = await world(t);
  const table: [request: object, total: number, ids: number[]][] = [
    [{ list: {}, limit: 50 }, 5, [4, 2, 0, 3, 1]],
    [{ list: {}, limit: 2, offset: 2 }, 5, [0, 3]],
    [{ list: {}, limit: 2, after: 0 }, 5, [3, 1]],
    [{ list: { filter: "billed > 100" }, sort: "-billed", limit: 50 }, 2, [2, 0]],
    [{ list: { preset: "status:lead", search: "noel" }, limit: 50 }, 1, [3]],
    [{ list: { preset: "status:lead", filter: "country = FR", search: "  " }, limit: 1 }, 2, [4]],
  ];
  for (const [request, total, ids] of table) {
    const { status, answer } = await ask<PageAnswer>("POST", "/api/contacts/page", request);
    assert.equal(status, 200, JSON.stringify(answer));
    assert.deepEqual([answer.total, answer.contacts.map(({ id }) => id)], [total, ids], JSON.stringify(request));
  }
});

test("requests that are not as they should be are refused, each with a code", async (t) => {
  const { ask, app } = await world(t);
  const table: ["GET" | "POST" | "PATCH" | "PUT" | "DELETE", string, object | undefined, number, string][] = [
    ["POST", "/api/contacts/page", { list: {}, limit: 0 }, 400, "FST_ERR_VALIDATION"],
    ["POST", "/api/contacts/page", { list: {}, limit: "5" }, 400, "FST_ERR_VALIDATION"],
    ["POST", "/api/contacts/page", { list: { filtre: "everyone" }, limit: 5 }, 400, "FST_ERR_VALIDATION"],
    ["POST", "/api/contacts/page", { list: { filter: "stauts = lead" }, limit: 5 }, 422, "E0201"],
    ["POST", "/api/contacts/page", { list: { preset: "status:gone" }, limit: 5 }, 404, "E1404"],
    ["POST", "/api/contacts/page", { list: {}, sort: "tags", limit: 5 }, 422, "E1403"],
    ["POST", "/api/contacts/page", { list: {}, after: 99, limit: 5 }, 404, "E0804"],
    ["GET", "/api/contacts/99", undefined, 404, "E0804"],
    ["GET", "/api/contacts/zoe", undefined, 400, "FST_ERR_VALIDATION"],
    ["PATCH", "/api/contacts/0", { values: { email: "zoe@" } }, 422, "E0405"],
    ["POST", "/api/contacts/0/explanation", { segment: "Sud" }, 404, "E0205"],
    ["DELETE", "/api/segments/Sud", undefined, 404, "E0205"],
    ["POST", "/api/bulk", { contacts: { ids: [0] }, action: { do: "explode" } }, 400, "FST_ERR_VALIDATION"],
    ["POST", "/api/bulk", { contacts: { ids: [0] }, action: { do: "delete", really: true } }, 400, "FST_ERR_VALIDATION"],
    ["POST", "/api/bulk", { contacts: { ids: [0] }, action: { do: "add_to_segment", segment: "Big" } }, 409, "E0809"],
    ["POST", "/api/imports/none/run", { of: "contacts" }, 404, "no_upload"],
    ["GET", "/api/contacts.csv?preset=gone", undefined, 404, "no_preset"],
    ["GET", "/api/nothing", undefined, 404, "no_route"],
  ];
  for (const [method, url, body, status, code] of table) {
    const answered = await ask<Refusal>(method, url, body);
    assert.deepEqual([answered.status, answered.answer.code], [status, code], `${method} ${url} ${JSON.stringify(body)}`);
    assert.notEqual(answered.answer.message, "");
  }
  const text = await app.inject({ method: "POST", url: "/api/bulk", headers: { "content-type": "text/plain" }, payload: "{}" });
  assert.equal(text.statusCode, 415);
  const elsewhere = await app.inject({ method: "GET", url: "/api/definitions", headers: { host: "example.com:8080" } });
  assert.equal(elsewhere.statusCode, 403);
});

test("a contact is made, changed, and told about with all that happened", async (t) => {
  const { ask } = await world(t);
  const created = await ask<CreatedAnswer>("POST", "/api/contacts", { values: { first_name: "Max", billed: 2000, tags: ["neuf"] } });
  assert.deepEqual([created.status, created.answer.id, created.answer.entered], [200, 5, { Big: 1 }]);
  const changed = await ask<CreatedAnswer>("PATCH", "/api/contacts/5", { values: { billed: null, organization: "Armor" } });
  assert.deepEqual([changed.answer.left, changed.answer.contacts], [{ Big: 1 }, 1]);
  await ask("POST", "/api/contacts/5/interactions", { kind: "payment", amount: "120.50", label: "acompte" });
  const { answer } = await ask<ContactAnswer>("GET", "/api/contacts/5");
  assert.deepEqual(
    [answer.name, answer.values["organization"], answer.values["tags"], answer.values["status"]],
    ["Max", "Armor", ["neuf"], "active"],
  );
  assert.deepEqual(answer.interactions.map(({ kind, amount, label }) => [kind, amount, label]), [["payment", 120.5, "acompte"]]);
  const statuses = answer.history.filter(({ change }) => change === "status").map((entry) => [entry.old, entry.new, entry.cause, entry.rule]);
  assert.deepEqual(statuses, [["lead", "active", "rule", "first_payment"]]);
});

test("an explanation says what decided, or that a pin did", async (t) => {
  const { ask } = await world(t);
  const inside = await ask<ExplanationAnswer>("POST", "/api/contacts/0/explanation", { segment: "Big" });
  const { verdict, tree, pin } = inside.answer;
  assert.deepEqual([verdict, tree.text, tree.decides, tree.value, pin], [true, "billed > 1000", true, "1200", null]);
  assert.equal((await ask("PUT", "/api/segments/Big/pins/1", { pin: "in" })).status, 200);
  const pinned = await ask<ExplanationAnswer>("POST", "/api/contacts/1/explanation", { segment: "Big" });
  assert.deepEqual([pinned.answer.verdict, pinned.answer.pin], [true, "in"]);
  // A pin that moves nobody is one all the same.
  assert.equal((await ask("PUT", "/api/segments/Big/pins/0", { pin: "in" })).status, 200);
  const contact = await ask<ContactAnswer>("GET", "/api/contacts/0");
  assert.deepEqual(contact.answer.pins, { Big: "in" });
  const list = { preset: "status:lead", filter: "billed > 1000" };
  const listed = await ask<ExplanationAnswer>("POST", "/api/contacts/1/explanation", { list });
  assert.deepEqual(
    [listed.answer.verdict, listed.answer.tree.children.map(({ text, verdict }) => [text, verdict])],
    [false, [['status = "lead"', true], ["billed > 1000", false]]],
  );
});

test("the definitions have what a page draws itself with", async (t) => {
  const { ask } = await world(t);
  const { answer } = await ask<DefinitionsAnswer>("GET", "/api/definitions");
  const { timezone, everybody, statuses, tags, segments } = answer;
  assert.deepEqual([timezone, everybody, statuses.map(({ key }) => key)], ["Europe/Paris", 5, ["lead", "active", "vip", "inactive"]]);
  assert.deepEqual(tags, [{ name: "fidèle", count: 2 }, { name: "salon", count: 1 }]);
  assert.deepEqual(segments.map(({ name, kind, count }) => [name, kind, count]), [["Nord", "static", 0], ["Big", "dynamic", 2]]);
  assert.ok(answer.fields.some(({ key }) => key === "billed") && answer.builder.some(({ name }) => name === "count(payment)"));
});
