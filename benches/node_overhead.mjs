// What a count costs per call through the Node package, on a book so small that the answer itself costs next to nothing.
//
// In bindings/node: `npm ci && npm run build`, then here: `node benches/node_overhead.mjs [path of another index.mjs]`.

import { pathToFileURL } from "node:url";

const CALLS = 200_000;
const ROUNDS = 7;

const path = process.argv[2] ? pathToFileURL(process.argv[2]) : new URL("../bindings/node/index.mjs", import.meta.url);
const { Book } = await import(path);

const book = new Book({ clock: "2026-11-24T09:00:00Z" });
const zoe = book.createContact({ first_name: "Zoé", country: "FR", tags: ["vip"] });
book.createSegment("VIP", { members: [zoe] });
const text = "status = lead";
const filter = book.filter(text);
const tree = { combinator: "and", rules: [{ field: "status", operator: "=", value: "lead" }] };
const segment = book.segment("VIP");

const calls = {
  "now (an empty call)": () => book.now,
  "count, everyone": () => book.count("everyone"),
  "count, text": () => book.count(text),
  "count, a checked filter": () => book.count(filter),
  "count, a query-builder tree": () => book.count(tree),
  "select, one id": () => book.select(text),
  "members of a segment by name": () => book.members("VIP"),
  "members of a segment": () => book.members(segment),
  "a contact": () => book.contact(zoe),
};

/** The microseconds of one call, in the fastest of several rounds. */
function cost(call) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.hrtime.bigint();
    for (let at = 0; at < CALLS / ROUNDS; at += 1) {
      call();
    }
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / (CALLS / ROUNDS));
  }
  return best;
}

for (const [name, call] of Object.entries(calls)) {
  cost(call);
  console.log(`${name.padEnd(30)} ${cost(call).toFixed(2).padStart(8)} µs`);
}
