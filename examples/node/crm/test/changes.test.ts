import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChangeAnswer, Moves, PreviewAnswer, Refusal, SegmentAnswer, SegmentExplanationAnswer } from "../shared/api.ts";
import { world } from "./world.ts";

test("a bulk action is tried, done and undone", async (t) => {
  const { ask, book } = await world(t);
  const action = { do: "set_field", field: "billed", value: 5000 };
  const contacts = { list: { preset: "status:lead", filter: "country = FR" }, exclude: [4], expect: 1 };
  const tried = await ask<PreviewAnswer>("POST", "/api/bulk/preview", { contacts, action });
  const { chosen, contacts: changed, entered, commit } = tried.answer;
  assert.deepEqual([tried.status, chosen, changed, entered, commit], [200, 1, 1, { Big: 1 }, null]);
  assert.equal(book.segment("Big").count, 2);
  const done = await ask<ChangeAnswer>("POST", "/api/bulk", { contacts, action });
  assert.deepEqual([done.answer.entered, book.segment("Big").count], [{ Big: 1 }, 3]);
  const undone = await ask<ChangeAnswer>("POST", `/api/changes/${done.answer.commit}/undo`, {});
  assert.deepEqual([undone.answer.left, book.segment("Big").count], [{ Big: 1 }, 2]);
});

test("each action does what it says to the contacts that are ticked", async (t) => {
  const { ask, book } = await world(t);
  const table: [action: object, filter: string][] = [
    [{ do: "add_tags", tags: ["neuf"] }, "tags has neuf"],
    [{ do: "remove_tags", tags: ["fidèle"] }, "not tags has fidèle"],
    [{ do: "set_status", status: "inactive" }, "status = inactive"],
    [{ do: "add_to_segment", segment: "Nord" }, "segments has Nord"],
    [{ do: "remove_from_segment", segment: "Nord" }, "not segments has Nord"],
    [{ do: "set_field", field: "organization", value: "Armor" }, "organization = Armor"],
  ];
  for (const [action, filter] of table) {
    const { status } = await ask("POST", "/api/bulk", { contacts: { ids: [0, 1] }, action });
    assert.equal(status, 200);
    assert.deepEqual([0, 1].map((contact) => book.matches(contact, filter)), [true, true], filter);
  }
  await ask("POST", "/api/bulk", { contacts: { ids: [3] }, action: { do: "delete" } });
  assert.equal(book.count("everyone"), 4);
});

test("a list that has changed since it was seen is not changed", async (t) => {
  const { ask, book } = await world(t);
  const contacts = { list: { preset: "status:lead" }, exclude: [], expect: 3 };
  book.setStatus(4, "vip");
  const { status } = await ask<Refusal>("POST", "/api/bulk", { contacts, action: { do: "delete" } });
  assert.deepEqual([status, book.count("everyone")], [409, 5]);
});

test("an undo overwrites nothing that came later, unless it leaves that out", async (t) => {
  const { ask, book } = await world(t);
  const { answer } = await ask<ChangeAnswer>("POST", "/api/bulk", { contacts: { ids: [0, 1] }, action: { do: "set_status", status: "active" } });
  book.setStatus(1, "inactive");
  const refused = await ask<Refusal>("POST", `/api/changes/${answer.commit}/undo`, {});
  assert.equal(refused.status, 409);
  const forced = await ask<ChangeAnswer>("POST", `/api/changes/${answer.commit}/undo`, { force: true });
  assert.deepEqual([forced.status, book.contact(0).status, book.contact(1).status], [200, "vip", "inactive"]);
});

test("tags get other names, and go unless they are used", async (t) => {
  const { ask, book } = await world(t);
  assert.equal((await ask("PATCH", "/api/tags/salon", { name: "salon 1/2" })).status, 200);
  await ask("POST", "/api/segments", { name: "Seen", filter: 'tags has "salon 1/2"' });
  const path = `/api/tags/${encodeURIComponent("salon 1/2")}`;
  assert.equal((await ask("DELETE", path)).status, 409);
  assert.equal((await ask("DELETE", `${path}?force=yes`)).status, 400);
  assert.equal((await ask("DELETE", `${path}?force=true`)).status, 200);
  assert.deepEqual([book.tags(), book.segment("Seen").count], [{ fidèle: 2 }, null]);
});

test("segments are made, tried, changed, used and deleted", async (t) => {
  const { ask } = await world(t);
  const names = async () => {
    const { answer } = await ask<SegmentAnswer[]>("GET", "/api/segments");
    return answer.map(({ name, count }) => [name, count]);
  };
  const made = await ask<ChangeAnswer>("POST", "/api/segments", { name: "FR / nord", filter: 'country = FR and segments has "Big"' });
  assert.deepEqual([made.status, made.answer.entered], [200, { "FR / nord": 1 }]);
  await ask("POST", "/api/segments", { name: "Chosen", members: { ids: [1, 2] } });
  assert.deepEqual(await names(), [["Nord", 0], ["Big", 2], ["FR / nord", 1], ["Chosen", 2]]);

  const path = `/api/segments/${encodeURIComponent("FR / nord")}`;
  const tried = await ask<Moves>("POST", `${path}/preview`, { filter: "country = FR" });
  assert.deepEqual(tried.answer, { entered: { "FR / nord": 2 }, left: {} });
  await ask("PATCH", path, { name: "France", filter: "country = FR and segments has Big" });
  const explained = await ask<SegmentExplanationAnswer>("GET", "/api/segments/France/explanation");
  assert.deepEqual(explained.answer.tree?.children.map(({ text, removes }) => [text, removes]), [['country = "FR"', 1], ['segments has "Big"', 2]]);

  const used = await ask<Refusal>("DELETE", "/api/segments/Big");
  assert.equal(used.status, 409);
  assert.ok(used.answer.message.includes("France"), used.answer.message);
  assert.equal((await ask("DELETE", "/api/segments/Big?force=true")).status, 200);
  assert.deepEqual(await names(), [["Nord", 0], ["France", null], ["Chosen", 2]]);
});
