// The suites of commands of the folder `conformance/commands`; their format is described in `conformance/README.md`.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as tagmata from "tagmata";
import { HOMES, bookOptions, camelCase, makeBook, said } from "./world.mjs";

const CONFORMANCE = process.env.TAGMATA_CONFORMANCE ?? fileURLToPath(new URL("../../../conformance", import.meta.url));
const FOLDER = `${CONFORMANCE}/commands`;
const KINDS = { FilterError: "filter", InvalidValueError: "value", NotFoundError: "not_found", ConflictError: "conflict", CsvError: "csv" };
const SETS = ["members", "select", "segments_of"];
const QUESTIONS = ["interactions", "history", ...SETS, "count", "explain_segment", "audience", "find"];
const DEFINITIONS = ["segments", "tags", "statuses", "fields", "kinds", "rules", "automation", "now", "next_change"];
/** All that a step can expect. */
const EXPECTED = ["error", "effects", "time", "touched", "commits", "warnings", "report", "values", "unchanged", ...QUESTIONS, ...DEFINITIONS];

/** A set in an order of its own; everything else as it is. */
const asSet = (list) => (Array.isArray(list) ? list.map((item) => item).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : list);
const isInstant = (text) => /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text);
const plain = (value) => (value instanceof Date ? value.toISOString() : value);

/** Compares the members that are expected; others may be there too. */
function compare(place, expected, found) {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(found), `${place}: ${JSON.stringify(found)}`);
    assert.equal(found.length, expected.length, `${place}: ${JSON.stringify(found)}`);
    expected.forEach((item, at) => compare(`${place}[${at}]`, item, found[at]));
  } else if (expected !== null && typeof expected === "object") {
    for (const [key, value] of Object.entries(expected)) {
      compare(`${place}.${key}`, value, found?.[key]);
    }
  } else if (typeof expected === "string" && typeof found === "string" && isInstant(expected) && isInstant(found)) {
    assert.equal(Date.parse(found), Date.parse(expected), place);
  } else {
    assert.equal(found, expected, place);
  }
}

/** Whether a step only tells what would happen. */
const isTried = (step) => step.do?.startsWith("preview") || step.dry_run === true;

/** An object of a suite, steps inside of it included, and a function that tells which members nobody has looked at. */
function noted(object) {
  const [read, inside] = [new Set(), []];
  const note = (value) => {
    if (value === null || typeof value !== "object" || (value.do ?? value.name) === undefined) {
      return value;
    }
    const [proxy, unread] = noted(value);
    inside.push(unread);
    return proxy;
  };
  const get = (target, key) => {
    read.add(key);
    const value = target[key];
    return ["step", "steps", "segments"].includes(key) ? (Array.isArray(value) ? value.map(note) : note(value)) : value;
  };
  const unread = () => Object.keys(object).filter((key) => !read.has(key)).concat(...inside.map((each) => each()));
  return [new Proxy(object, { get }), unread];
}

/** The texts of the filters of a step, one of which the places of an error are in. */
function textsOf({ who, filter, members, step, steps = [], segments = [] }) {
  const own = [who, filter, members].filter((text) => typeof text === "string");
  return own.concat(...[step ?? [], steps, segments].flat().map(textsOf));
}

/** One case: a book, and the names of its contacts and changes. */
class Case {
  outcomes = {};

  static async of(suite, settings, newBook) {
    const made = new Case();
    made.at = suite.now;
    // The book stands still, but for steps that have an instant of their own.
    const clock = () => made.at ?? made.book.now;
    Object.assign(made, await makeBook(suite, bookOptions(settings, clock), newBook));
    made.at = undefined;
    return made;
  }

  id = (name) => (typeof name === "number" ? name : this.ids[name]);
  allIds = (names = []) => names.map(this.id);
  nameOf = (id) => Object.keys(this.ids).findLast((name) => this.ids[name] === id) ?? id;
  namesOf = (ids) => Array.from(ids, this.nameOf);

  who(book, who) {
    return Array.isArray(who) ? this.allIds(who) : who.segment !== undefined ? book.segment(who.segment) : who;
  }

  selection(book, { who, exclude, expect }) {
    return new tagmata.Selection(this.who(book, who), said({ exclude: this.allIds(exclude), expect }));
  }

  changes({ filter, always_in, always_out }) {
    const pins = (names) => names && this.allIds(names);
    return said({ filter, alwaysIn: pins(always_in), alwaysOut: pins(always_out) });
  }

  ruleParts({ on, when, condition, set_status, add_tags, remove_tags, add_to_segments, remove_from_segments, ...step }) {
    const { set_fields, enabled, position, apply_to_existing, actor } = step;
    const [addTags, removeTags, addToSegments, removeFromSegments] = [add_tags, remove_tags, add_to_segments, remove_from_segments];
    const actions = { setStatus: set_status, addTags, removeTags, addToSegments, removeFromSegments, setFields: set_fields };
    return said({ on, when, condition, ...actions, enabled, position, applyToExisting: apply_to_existing, actor });
  }

  newSegment(book, step) {
    const { members } = step;
    return { name: step.name, ...this.changes(step), members: members === undefined ? undefined : this.who(book, members) };
  }

  /** Makes the change of a step. */
  act(book, step) {
    if (book !== this.book && step.now !== undefined) {
      // In a batch time stands still, so this is refused.
      book.advance(step.now);
    }
    const { do: command, actor, force, label, name } = step;
    const options = { actor };
    const selected = () => this.selection(book, step);
    const labels = (all) => all && Object.fromEntries(all.map((one) => (typeof one === "string" ? [one, one] : [one.key, one.label])));
    const commands = {
      create_contact: () => {
        const id = book.createContact(step.fields, options);
        step.as && (this.ids[step.as] = id);
        return book.lastOutcome;
      },
      update_contact: () => book.updateContact(this.id(step.contact), step.fields, options),
      update_contacts: () => book.updateContacts(selected(), step.fields, options),
      delete_contacts: () => book.deleteContacts(selected(), options),
      merge_contacts: () => book.mergeContacts(this.id(step.keep), this.allIds(step.others), options),
      add_tags: () => book.addTags(selected(), step.tags, options),
      remove_tags: () => book.removeTags(selected(), step.tags, options),
      set_status: () => book.setStatus(selected(), step.status, options),
      add_to_segment: () => book.addToSegment(selected(), step.segment, options),
      remove_from_segment: () => book.removeFromSegment(selected(), step.segment, options),
      record: () => book.record(this.id(step.contact), step.kind, { at: step.at, amount: step.amount, label, actor }),
      record_many: () => {
        const interactions = step.interactions.map(({ contact, ...one }) => ({ contact: this.id(contact), ...one }));
        return book.recordMany(interactions, options);
      },
      delete_interactions: () => {
        const { kind, since, until } = step;
        return book.deleteInteractions(selected(), said({ kind, label, since, until, actor }));
      },
      create_segment: () => {
        const { name, ...definition } = this.newSegment(book, step);
        return book.createSegment(name, { ...definition, actor });
      },
      create_segments: () => book.createSegments(step.segments.map((one) => this.newSegment(book, one)), options),
      update_segment: () => book.updateSegment(step.segment, { ...this.changes(step), actor }),
      rename_segment: () => book.renameSegment(step.segment, name, options),
      delete_segment: () => book.deleteSegment(step.segment, { force, actor }),
      freeze_segment: () => book.freezeSegment(step.segment, options),
      define_tag: () => book.defineTag(name, options),
      rename_tag: () => book.renameTag(step.tag, name, options),
      delete_tag: () => book.deleteTag(step.tag, { force, actor }),
      define_field: () => book.defineField(step.key, step.type, { label, options: labels(step.options), actor }),
      update_field: () => book.updateField(step.field, { label, addOptions: labels(step.add_options), actor }),
      delete_field: () => book.deleteField(step.field, { force, actor }),
      rename_option: () => book.renameOption(step.field, step.option, label, options),
      delete_option: () => book.deleteOption(step.field, step.option, { force, actor }),
      delete_kind: () => book.deleteKind(step.kind, { force, actor }),
      define_status: () => book.defineStatus(step.key, { label, actor }),
      update_status: () => book.updateStatus(step.status, { label, position: step.position, actor }),
      delete_status: () => book.deleteStatus(step.status, { replacement: step.replacement, force, actor }),
      define_kind: () => book.defineKind(step.key, { outgoing: step.outgoing, actor }),
      change_settings: () => {
        const { clock, ...settings } = bookOptions(step.settings);
        return book.changeSettings({ ...settings, actor });
      },
      add_rule: () => book.addRule(name, this.ruleParts(step)),
      update_rule: () => book.updateRule(step.rule, { ...this.ruleParts(step), rename: step.rename }),
      delete_rule: () => book.deleteRule(step.rule, options),
      preview_rule: () => book.previewRule(step.rule),
      set_automation: () => book.setAutomation({ leadToActive: step.lead_to_active, rules: step.rules, actor }),
      undo: () => book.undo(this.outcomes[step.of], { force, actor }),
      batch: () => book.batch((inside) => step.steps.forEach((one) => this.act(inside, one)), options),
      preview: () => book.preview((inside) => void this.act(inside, step.step), options),
      preview_segment: () => ({ effects: book.previewSegment(step.segment, this.changes(step)) }),
    };
    assert.ok(commands[command], `nothing is called ${command}`);
    return commands[command]();
  }

  async import({ text, as = [], do: command, id, now, then, ...options }) {
    const file = Array.isArray(text) ? text.map((line) => `${line}\n`).join("") : text;
    const before = new Set(this.book.select("everyone"));
    const named = Object.entries(options).map(([name, value]) => [camelCase(name), value]);
    const report = await this.book[camelCase(command)](Buffer.from(file), Object.fromEntries(named));
    const made = Array.from(report.outcome.commit.contacts).filter((contact) => !before.has(contact));
    as.forEach((name, at) => made[at] !== undefined && (this.ids[name] = made[at]));
    return report;
  }

  /** What a step comes to. */
  async perform(step) {
    const { do: command, now, id } = step;
    if (command === undefined || command === "advance") {
      const advance = now === undefined ? { commits: [] } : this.book.advance(now);
      return { effects: advance, time: {}, commits: advance.commits };
    }
    if (now !== undefined && new Date(now) < this.book.now) {
      // A clock that runs backwards stands still.
      this.book.advance(now);
    }
    this.at = now;
    try {
      const isImport = ["import_csv", "import_interactions"].includes(command);
      const made = isImport ? await this.import(step) : this.act(this.book, step);
      const { outcome = made } = made;
      id && (this.outcomes[id] = outcome);
      const { effects, advance: time = {} } = outcome;
      const told = () => ({ ...made.toJSON(), ignored_columns: made.ignoredColumns, rejected_csv: made.rejectedCsv() });
      const [commits, touched, warnings] = [time.commits, outcome.commit?.contacts, outcome.warnings];
      return { effects, time, commits, touched, warnings, report: isImport ? told() : undefined };
    } finally {
      this.at = undefined;
    }
  }

  snapshot() {
    const { book } = this;
    const contacts = Array.from(book.select("everyone"), (id) => {
      const contact = book.contact(id);
      return [contact.toObject(), contact.interactions, contact.history, book.segmentsOf(id)];
    });
    const segments = book.segments().map((segment) => segment.toJSON());
    return structuredClone([contacts, segments, book.tags(), book.statuses(), book.fields(), book.kinds(), book.rules(), book.automation(), book.definitions()]);
  }

  /** An error, whose places are in one of several texts. */
  error({ name, diagnostics, contacts }, texts) {
    const codes = diagnostics.filter(({ start }) => start !== null);
    // Where there are several texts, the one is meant that all places fit into.
    const source = texts.find((text) => codes.every(({ end }) => end <= text.length));
    const described = diagnostics.map(({ start, end, pointer, ...one }) => {
      return { ...one, at: pointer ?? (start === null ? null : source?.slice(start, end)) };
    });
    return { ...described[0], kind: KINDS[name] ?? "another", contacts: this.namesOf(contacts), diagnostics: described };
  }

  /** What was asked for, or why it cannot be said. */
  answer(ask, about) {
    try {
      return ask(about);
    } catch (error) {
      if (error instanceof tagmata.TagmataError) {
        return { error: this.error(error, [about]) };
      }
      throw error;
    }
  }

  values(name) {
    const contact = this.book.contact(this.id(name));
    const { staticSegments } = contact;
    const values = { ...contact.toObject(), id: name, segments: staticSegments.length > 0 ? staticSegments : null };
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(value)]));
  }

  history(name) {
    return this.book.contact(this.id(name)).history.map(({ change, old, new: after, at, ...entry }) => {
      const words = {
        status: () => `status ${old ?? "?"} -> ${after ?? "?"}`,
        tag_added: () => `tag + ${after ?? "?"}`,
        tag_removed: () => `tag - ${old ?? "?"}`,
        segment_added: () => `segment + ${after ?? "?"}`,
        segment_removed: () => `segment - ${old ?? "?"}`,
        merged: () => `merged ${this.nameOf(old)}`,
      };
      return { ...entry, at: plain(at), change: words[change]?.() ?? change };
    });
  }

  explainSegment(name) {
    const why = this.book.explainSegment(name);
    const { filter, count, everybody, tree, alwaysIn: always_in, alwaysOut: always_out } = why;
    return { name: why.name, filter, count, everybody, tree, always_in, always_out, text: String(why) };
  }

  check(then, { effects, time, commits, touched, warnings, report }) {
    const { book } = this;
    for (const [name, found] of Object.entries({ effects, time })) {
      for (const side of then[name] ? ["entered", "left"] : []) {
        const sets = (all, read) => Object.fromEntries(Object.entries(all ?? {}).map(([key, who]) => [key, asSet(read(who))]));
        assert.deepEqual(sets(found[side], this.namesOf), sets(then[name][side], (who) => who), `${name}.${side}`);
      }
    }
    then.touched && assert.deepEqual(asSet(this.namesOf(touched)), asSet(then.touched), "touched");
    then.commits !== undefined && assert.equal(commits.length, then.commits, "commits");
    then.warnings && compare("warnings", then.warnings, warnings);
    then.report && compare("report", then.report, report);
    const listOf = (key) => (list) => (Array.isArray(list) ? list.map((one) => (typeof one === "string" ? { [key]: one } : one)) : list);
    for (const [name, expected] of Object.entries(then.values ?? {})) {
      if (expected === null || !book.select("everyone").includes(this.id(name))) {
        assert.ok(expected === null && !book.select("everyone").includes(this.id(name)), `values.${name}`);
        continue;
      }
      const found = this.values(name);
      for (const [key, value] of Object.entries(expected)) {
        // A list of nothing is a missing value.
        compare(`values.${name}.${key}`, asSet(value), asSet(found[key]));
      }
    }
    const fields = Object.fromEntries(book.fields().map((field) => [field.key, field]));
    const kinds = Object.fromEntries(book.kinds().map((kind) => [kind.key, kind]));
    const asked = {
      interactions: (name) =>
        book.contact(this.id(name)).interactions.map(({ at, amount, ...one }) => ({ ...one, at: plain(at), amount: amount === null ? null : String(amount) })),
      history: (name) => this.history(name),
      segments_of: (name) => book.segmentsOf(this.id(name)),
      members: (name) => this.namesOf(book.members(name)),
      select: (filter) => this.namesOf(book.select(filter)),
      count: (filter) => book.count(filter),
      explain_segment: (name) => this.explainSegment(name),
      fields: (key) => fields[key] ?? null,
      kinds: (key) => kinds[key] ?? null,
    };
    for (const [question, ask] of Object.entries(asked)) {
      for (const [about, expected] of Object.entries(then[question] ?? {})) {
        const read = SETS.includes(question) ? asSet : question === "history" ? listOf("change") : (value) => value;
        compare(`${question}.${about}`, read(expected), read(this.answer(ask, about)));
      }
    }
    for (const { segments, exclude, channel, opt_out: optOut, ...wanted } of then.audience ?? []) {
      const answers = ({ recipients, skipped }, read) => ({
        recipients: asSet(read(recipients)),
        skipped: Object.fromEntries(Object.entries(skipped).map(([reason, who]) => [reason, asSet(read(who))])),
      });
      const found = this.answer(() => answers(book.audience(segments, said({ exclude, channel, optOut })), this.namesOf));
      wanted.error ? compare("audience", wanted, found) : assert.deepEqual(found, answers(wanted, (who) => who), "audience");
    }
    for (const [key, wanted] of Object.entries(then.find ?? {})) {
      for (const [text, expected] of Object.entries(wanted)) {
        const found = this.answer((value) => book.find({ [key]: value }), text);
        compare(`find.${key}.${text}`, expected, typeof found === "number" ? this.nameOf(found) : found);
      }
    }
    const segment = (one) => ({
      ...one.toJSON(),
      always_in: this.namesOf(one.alwaysIn),
      always_out: this.namesOf(one.alwaysOut),
    });
    then.segments && compare("segments", then.segments, book.segments().map(segment));
    then.tags && assert.deepEqual(book.tags(), then.tags, "tags");
    then.statuses && compare("statuses", listOf("key")(then.statuses), book.statuses());
    // The package tells the text of the error alone.
    const isBroken = ({ error }) => error !== undefined && error !== null;
    const rule = ({ name, enabled, on, when, condition, setStatus, addTags, removeTags, ...one }) => ({
      ...{ name, enabled, on, when, condition, set_status: setStatus, add_tags: addTags, remove_tags: removeTags },
      ...{ add_to_segments: one.addToSegments, remove_from_segments: one.removeFromSegments, set_fields: one.setFields },
    });
    if (then.rules) {
      const [expected, found] = [listOf("name")(then.rules), book.rules()];
      compare("rules", expected.map(({ error, ...one }) => one), found.map(rule));
      expected.forEach((one, at) => "error" in one && assert.equal(isBroken(found[at]), isBroken(one), `rules[${at}].error`));
    }
    const { leadToActive, rules } = book.automation();
    then.automation && compare("automation", then.automation, { lead_to_active: leadToActive, rules });
    then.now && compare("now", then.now, plain(book.now));
    // A date has no microseconds: it is the next one behind them.
    const upToMillis = (at) => new Date(Date.parse(at) + (/\.\d{3}0*[1-9]/.test(at) ? 1 : 0));
    const next = then.next_change;
    next !== undefined && assert.deepEqual(book.nextChange(), next && upToMillis(next), "next_change");
  }

  async step(given) {
    const [step, unread] = noted(given);
    const { then = {} } = step;
    const texts = textsOf(given);
    const before = this.snapshot();
    const stands = () => [this.book.now, this.book.lastOutcome?.commit.number];
    const stood = stands();
    let [done, refused] = [{ effects: {}, time: {} }];
    try {
      done = await this.perform(step);
    } catch (error) {
      assert.ok(error instanceof tagmata.TagmataError && then.error, error);
      refused = this.error(error, texts);
      compare("error", then.error, refused);
      const isWhole = then.error.diagnostics !== undefined || refused.diagnostics.length === 1;
      assert.ok(isWhole, `error: more than one: ${JSON.stringify(refused)}`);
    }
    assert.equal(refused === undefined, then.error === undefined, "refused, or not");
    this.check(then, done);
    if (refused || isTried(given)) {
      assert.deepEqual(stands(), stood, "the clock stands still, and the last outcome is the same");
    }
    if (refused || isTried(given) || then.unchanged) {
      assert.deepEqual(this.snapshot(), before, "nothing changes");
    }
    if (!refused) {
      assert.deepEqual(unread(), [], "nobody looks at these members");
    }
    const unknown = Object.keys(then).filter((name) => !EXPECTED.includes(name));
    assert.deepEqual(unknown, [], "these members are not expected anywhere");
  }
}

for (const file of readdirSync(FOLDER).sort()) {
  const suite = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8"));
  for (const [home, inHome] of Object.entries(HOMES)) {
    test(`${file}: ${suite.suite}, in a ${home}`, (t) =>
      inHome(async (newBook) => {
        const failures = [];
        for (const each of suite.cases) {
          try {
            assert.ok(each.steps.some(({ then }) => then !== undefined), "expects nothing");
            const one = await Case.of(suite, { ...suite.settings, ...each.settings }, newBook);
            for (const [at, step] of each.steps.entries()) {
              await one.step(step).catch((error) => {
                throw new Error(`step ${at + 1} (${step.do}): ${error.message}`);
              });
            }
          } catch (error) {
            failures.push(`${each.name}: ${error.message}`);
          }
        }
        t.diagnostic(`${suite.cases.length} cases`);
        assert.ok(failures.length === 0, `${failures.length} failed:\n\n${failures.join("\n\n")}`);
      }));
  }
}
