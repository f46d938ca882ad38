// What fields, statuses and the like are called. A book has English labels from the start: those are translated. A label
// that somebody has changed stays as they wrote it.

import { en, type Words } from "./en.ts";

type Labels = Record<string, string>;

function label(key: string, given: string, english: Labels, words: Labels): string {
  return given === english[key] ? (words[key] ?? given) : given;
}

export interface Labelled {
  key: string;
  label: string;
}

export const fieldLabel = (words: Words, { key, label: given }: Labelled) => label(key, given, en.fields, words.fields);
export const statusLabel = (words: Words, { key, label: given }: Labelled) => label(key, given, en.statuses, words.statuses);
export const kindLabel = (words: Words, kind: string) => (words.kinds as Labels)[kind] ?? kind.replaceAll("_", " ");

/** Why something was refused. */
export const reason = (words: Words, { code, message }: { code: string; message: string }) => (words.refusals as Labels)[code] ?? message;

const SETS = new Set(["tags", "segments", "multi_select"]);
const TIMES = new Set(["date", "datetime"]);

/** What an operator is called for a type of fields. */
export function operatorLabel(words: Words, name: string, type: string | undefined): string {
  const own: Labels = SETS.has(type ?? "") ? words.setOperators : TIMES.has(type ?? "") ? words.timeOperators : {};
  return own[name] ?? (words.operators as Labels)[name] ?? name;
}

export function presetLabel(words: Words, { key, label: given }: Labelled): string {
  const [, status] = /^status:(.*)$/.exec(key) ?? [];
  if (status !== undefined) return statusLabel(words, { key: status, label: given });
  return label(key, given, en.presetLabels, words.presetLabels);
}

/** The label of an aggregate such as `count(payment)`; a longer one is shown as it is written. */
export function aggregateLabel(words: Words, name: string): string {
  const [, of, kind] = /^(count|sum|first|last)\((\w+)\)$/.exec(name) ?? [];
  const make = of === undefined ? undefined : (words.aggregates as Record<string, (kind: string) => string>)[of];
  return make === undefined || kind === undefined ? name : make(kindLabel(words, kind));
}
