import assert from "node:assert/strict";
import { test } from "node:test";
import { Book } from "tagmata";
import { en } from "../client/words/en.ts";
import { aggregateLabel, fieldLabel, kindLabel, operatorLabel, presetLabel, statusLabel } from "../client/words/labels.ts";
import { languages, names, preferred } from "../client/words/languages.ts";

/** The paths of all that is said, with how many arguments it takes. */
function paths(words: object, path = ""): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === "string") return [`${path}${key}`];
    if (typeof value === "function") return [`${path}${key}(${value.length})`];
    return paths(value as object, `${path}${key}.`);
  });
}

test("all languages say the same things", () => {
  assert.deepEqual(Object.keys(languages), Object.keys(names));
  for (const [language, words] of Object.entries(languages)) {
    assert.deepEqual(paths(words).sort(), paths(en).sort(), language);
    const blank = JSON.stringify(words).match(/"":|:""/);
    assert.equal(blank, null, `${language} says nothing somewhere`);
  }
});

test("numbers are counted as the language does it", () => {
  const { en, fr, es } = languages;
  const table: [string, string][] = [
    [en.list.total(0), "0 contacts"],
    [en.list.total(1), "1 contact"],
    [en.list.total(1234), "1,234 contacts"],
    [fr.list.total(0), "0 contact"],
    [fr.list.total(1234), "1\u202f234 contacts"],
    [es.list.total(0), "0 contactos"],
    [es.list.total(12345), "12.345 contactos"],
  ];
  for (const [said, expected] of table) assert.equal(said, expected);
});

test("the language is the first of the browser's that the page speaks", () => {
  const table: [string[], string][] = [[["fr-CA", "en"], "fr"], [["de", "es-MX"], "es"], [["de"], "en"], [[], "en"], [["EN-gb"], "en"]];
  for (const [wanted, expected] of table) assert.equal(preferred(wanted), expected, wanted.join());
});

test("what a book has from the start is translated, and what somebody has named is not", () => {
  const { fr } = languages;
  const book = new Book();
  for (const field of book.fields()) {
    assert.equal(fieldLabel(en, field), field.label, field.key);
    assert.equal(fieldLabel(fr, field), (fr.fields as Record<string, string>)[field.key], field.key);
  }
  const statuses = book.statuses().map((status) => statusLabel(fr, status));
  assert.deepEqual(statuses, ["Prospect", "Actif", "VIP", "Inactif"]);
  const presets = book.presets().map((preset) => [presetLabel(en, preset), preset.label]);
  for (const [said, label] of presets) assert.equal(said, label);
  assert.equal(presetLabel(fr, { key: "status:active", label: "Active" }), "Actif");
  assert.equal(presetLabel(fr, { key: "unreachable", label: "Unreachable" }), "Injoignables");
  assert.equal(fieldLabel(fr, { key: "email", label: "Courriel pro" }), "Courriel pro");
  assert.equal(statusLabel(fr, { key: "lead", label: "Hot" }), "Hot");
  for (const { key } of book.kinds()) assert.ok(key in fr.kinds, key);
  assert.equal(kindLabel(fr, "site_visit"), "site visit");
});

test("every operator and aggregate of a query builder has words", () => {
  for (const [language, words] of Object.entries(languages)) {
    for (const { name, datatype, operators } of new Book().queryBuilderFields()) {
      const isAggregate = name.includes("(");
      assert.notEqual(isAggregate ? aggregateLabel(words, name) : "said", name, language);
      for (const operator of operators) {
        const known = [words.operators, words.setOperators, words.timeOperators].some((list) => operator.name in list);
        assert.ok(known, `${language}: ${operator.name}`);
        assert.notEqual(operatorLabel(words, operator.name, datatype), "", operator.name);
      }
    }
  }
});
