// Laws on random commands: a plain model of contacts, tags and static segments, effects that add up to members, undo, previews, and a
// durable book beside the one in memory. `TAGMATA_RUNS=1000 node --test test/laws.test.mjs` draws more.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { Book } from "tagmata";

const RUNS = Number(process.env.TAGMATA_RUNS ?? 40);
const BEGIN = Date.parse("2026-11-24T09:00:00Z");
const HOUR = 3_600_000;
const TAGS = ["vip", "new", "İstanbul"];
const STATUSES = ["lead", "active", "vip", "inactive"];
const STATIC = ["Nord", "Sud"];
const DYNAMIC = {
  VIP: "status = vip",
  "VIP in Nord": 'status = vip and segments has "Nord"',
  Tagged: "tags has any (vip, new) and not status = lead",
  "Rest of VIP": 'segments has "VIP" and not segments has "VIP in Nord"',
  Recent: "created_at in last 3 days",
  Quiet: "last_interaction more than 2 days ago or last_interaction is empty",
};
const folder = mkdtempSync(join(tmpdir(), "tagmata-"));
after(() => rmSync(folder, { recursive: true }));

const ids = fc.uniqueArray(fc.nat(7), { maxLength: 4 });
const tags = fc.subarray(TAGS, { minLength: 1 });
const change = fc.oneof(
  fc.record({ do: fc.constant("create"), tags: fc.subarray(TAGS), segments: fc.subarray(STATIC), status: fc.constantFrom(...STATUSES) }),
  fc.record({ do: fc.constant("delete"), ids }),
  fc.record({ do: fc.constant("addTags"), ids, tags }),
  fc.record({ do: fc.constant("removeTags"), ids, tags }),
  fc.record({ do: fc.constant("setStatus"), ids, status: fc.constantFrom(...STATUSES) }),
  fc.record({ do: fc.constant("addToSegment"), ids, segment: fc.constantFrom(...STATIC) }),
  fc.record({ do: fc.constant("removeFromSegment"), ids, segment: fc.constantFrom(...STATIC) }),
  fc.record({ do: fc.constant("record"), id: fc.nat(7), amount: fc.integer({ min: 1, max: 9 }) }),
);
const command = fc.oneof(
  { weight: 6, arbitrary: change },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("batch"), changes: fc.array(change, { maxLength: 4 }), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("preview"), changes: fc.array(change, { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("advance"), hours: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("undo") }) },
);

/** Contacts as plain values: what the commands mean, without a book. */
class Model {
  contacts = new Map();
  next = 0;

  only(given) {
    return given.filter((id) => this.contacts.has(id));
  }

  apply(change) {
    const each = (use) => this.only(change.ids).forEach((id) => use(this.contacts.get(id)));
    switch (change.do) {
      case "create":
        this.contacts.set(this.next++, { tags: new Set(change.tags), segments: new Set(change.segments), status: change.status });
        break;
      case "delete":
        this.only(change.ids).forEach((id) => this.contacts.delete(id));
        break;
      case "addTags":
        each((contact) => change.tags.forEach((tag) => contact.tags.add(tag)));
        break;
      case "removeTags":
        each((contact) => change.tags.forEach((tag) => contact.tags.delete(tag)));
        break;
      case "setStatus":
        each((contact) => (contact.status = change.status));
        break;
      case "addToSegment":
        each((contact) => contact.segments.add(change.segment));
        break;
      case "removeFromSegment":
        each((contact) => contact.segments.delete(change.segment));
        break;
      case "record":
        // A lead that pays is active, by a rule that every book has.
        if (this.contacts.get(change.id)?.status === "lead") this.contacts.get(change.id).status = "active";
        break;
    }
  }

  copy() {
    const copy = new Model();
    copy.next = this.next;
    for (const [id, { tags, segments, status }] of this.contacts) {
      copy.contacts.set(id, { tags: new Set(tags), segments: new Set(segments), status });
    }
    return copy;
  }

  shown() {
    const sorted = (set) => [...set].sort();
    return [...this.contacts].map(([id, { tags, segments, status }]) => [id, sorted(tags), sorted(segments), status]);
  }
}

/** Makes a change in a book, for those contacts that the model has; what it came to, if there was anything to do. */
function make(book, model, change) {
  const given = model.only(change.ids ?? [change.id ?? -1]);
  switch (change.do) {
    case "create":
      book.createContact({ tags: change.tags, segments: change.segments, status: change.status });
      return book.lastOutcome;
    case "delete":
      return book.deleteContacts(given);
    case "record":
      return given.length > 0 ? book.record(given[0], "payment", { amount: change.amount }) : undefined;
    case "setStatus":
      return book.setStatus(given, change.status);
    default:
      return book[change.do](given, change.tags ?? change.segment);
  }
}

/** A book with its segments, and their members by what its listeners were told. */
function begun(book) {
  STATIC.forEach((name) => book.createSegment(name));
  TAGS.forEach((tag) => book.defineTag(tag));
  Object.entries(DYNAMIC).forEach(([name, filter]) => book.createSegment(name, { filter }));
  const members = new Map([...STATIC, ...Object.keys(DYNAMIC)].map((name) => [name, new Set()]));
  book.on("entered", ({ segment, contacts }) => {
    for (const id of contacts) {
      assert.ok(!members.get(segment).has(id), `${id} entered ${segment} twice`);
      members.get(segment).add(id);
    }
  });
  book.on("left", ({ segment, contacts }) => {
    for (const id of contacts) {
      assert.ok(members.get(segment).delete(id), `${id} left ${segment}, and was not in it`);
    }
  });
  return { book, members };
}

/** What a book answers about everybody. */
function shown(book) {
  const name = (set) => [...set].sort();
  return Array.from(book.select("everyone"), (id) => {
    const { tags, status } = book.contact(id);
    const segments = book.segmentsOf(id).filter((segment) => STATIC.includes(segment));
    return [id, name(tags), name(segments), status];
  });
}

function holds({ book, members }, model) {
  assert.deepEqual(shown(book), model.shown());
  for (const [name, told] of members) {
    const found = [...book.members(name)];
    assert.deepEqual(found, [...told].sort((a, b) => a - b), `the members of ${name} and who was told to be in it`);
    assert.deepEqual([...book.select(`segments has "${name}"`)], found);
    assert.equal(book.count(`segments has "${name}"`), found.length);
    const everyone = [...book.select("everyone")];
    assert.deepEqual([...book.select(`not segments has "${name}"`)], everyone.filter((id) => !found.includes(id)));
    if (DYNAMIC[name]) assert.deepEqual([...book.select(DYNAMIC[name])], found);
  }
}

/** Runs commands on a book and on the model, and looks at both after each. */
async function run(both, commands) {
  const { book } = both;
  let model = new Model();
  const before = [];
  let now = BEGIN;
  for (const command of commands) {
    const earlier = model.copy();
    if (command.do === "advance") {
      now += command.hours * HOUR;
      book.advance(new Date(now));
    } else if (command.do === "undo") {
      const last = before.pop();
      if (last) {
        book.undo(last.outcome);
        // Ids are not given again.
        last.model.next = model.next;
        model = last.model;
      }
    } else if (command.do === "batch" || command.do === "preview") {
      const changes = (inside) => {
        for (const change of command.changes) {
          make(inside, model, change);
          model.apply(change);
        }
        assert.ok(!command.fails, "to be dropped");
      };
      if (command.do === "preview") {
        book.preview(changes);
        model = earlier;
      } else if (command.fails) {
        assert.throws(() => book.batch(changes), /to be dropped/);
        model = earlier;
      } else {
        const outcome = book.batch(changes);
        if (!outcome.commit.isEmpty) before.push({ outcome, model: earlier });
      }
    } else {
      const outcome = make(book, model, command);
      model.apply(command);
      if (outcome && !outcome.commit.isEmpty) before.push({ outcome, model: earlier });
    }
    // What was done is told once this has come to a stop.
    await Promise.resolve();
    holds(both, model);
  }
  return model;
}

const parameters = { numRuns: RUNS, seed: process.env.TAGMATA_RUNS ? Date.now() : 1 };

test("a book does what a plain model does, and its effects add up to its members", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 20 }), async (commands) => {
      await run(begun(new Book({ clock: new Date(BEGIN) })), commands);
    }),
    parameters,
  );
});

test("a durable book does the same, and is there when it is opened again", async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 10 }), async (commands) => {
      const path = join(folder, `${(number += 1)}.db`);
      const both = begun(await Book.open(path, { clock: new Date(BEGIN), synchronous: "normal" }));
      const model = await run(both, commands);
      const { now } = both.book;
      await both.book.close();
      const book = await Book.open(path, { clock: now });
      holds({ book, members: both.members }, model);
      assert.deepEqual(await book.check(), []);
      await book.close();
    }),
    { ...parameters, numRuns: Math.ceil(RUNS / 4) },
  );
});

test("definitions make the same book again", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), { maxLength: 5 }), (names) => {
      const book = new Book({ clock: new Date(BEGIN) });
      for (const [at, name] of names.entries()) {
        try {
          book.createSegment(name, { filter: `status = ${STATUSES[at % STATUSES.length]}` });
        } catch {
          // Not every text is a name; what was refused is not there.
        }
      }
      const definitions = book.definitions();
      const other = new Book({ clock: new Date(BEGIN) });
      other.applyDefinitions(definitions);
      assert.deepEqual(other.definitions(), definitions);
      assert.deepEqual(other.segments().map(({ name }) => name), book.segments().map(({ name }) => name));
    }),
    parameters,
  );
});
