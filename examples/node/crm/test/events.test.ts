import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChangeEvent } from "../shared/api.ts";
import { world } from "./world.ts";

/** The first so many changes that are told to whoever listens. */
async function changes(address: string, most: number, begin: () => Promise<unknown>): Promise<ChangeEvent[]> {
  const response = await fetch(`${address}/api/events`);
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  await begin();
  const decoder = new TextDecoder();
  let heard = "";
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    heard += decoder.decode(chunk);
    const told = [...heard.matchAll(/event: change\ndata: (.*)\n\n/g)].map(([, data]) => JSON.parse(data ?? "") as ChangeEvent);
    if (told.length >= most) return told;
  }
  throw new Error(`the events ended: ${heard}`);
}

test("a change is told with the segments that it moved", async (t) => {
  const { app, ask } = await world(t);
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const told = await changes(address, 2, async () => {
    await ask("PATCH", "/api/contacts/1", { values: { billed: 3000 } });
    await ask("POST", "/api/segments", { name: "Sud" });
  });
  const seen = told.map(({ cause, contacts, everybody, counts, entered, definitions }) => {
    return { cause, contacts, everybody, counts, entered, definitions };
  });
  assert.deepEqual(seen, [
    { cause: "call", contacts: 1, everybody: 5, counts: { Big: 3 }, entered: { Big: 1 }, definitions: false },
    { cause: "call", contacts: 0, everybody: 5, counts: {}, entered: {}, definitions: true },
  ]);
});

test("time is told when it comes", async (t) => {
  const { app, ask } = await world(t);
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  await ask("POST", "/api/segments", { name: "Met", filter: "last(appointment) < now" });
  const soon = new Date(Date.now() + 700).toISOString();
  const told = await changes(address, 2, () => ask("POST", "/api/contacts/2/interactions", { kind: "appointment", at: soon }));
  const [recorded, passed] = told;
  assert.deepEqual([recorded?.cause, recorded?.entered], ["call", {}]);
  assert.deepEqual([passed?.cause, passed?.entered, passed?.counts], ["time", { Met: 1 }, { Met: 1 }]);
});
