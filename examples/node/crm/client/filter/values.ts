// Which editor the value of a rule needs, what it begins with, and what it can show.

import type { BuilderField, QueryRule, QueryTree } from "../../shared/api.ts";

export type Editor =
  | "none"
  | "text"
  | "number"
  | "flag"
  | "choice"
  | "choices"
  | "texts"
  | "range"
  | "moment"
  | "moments"
  | "span"
  | "window"
  | "period"
  | "day"
  | "anniversary";

export const UNITS = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;
export const PERIODS = ["week", "month", "quarter", "year"] as const;
export const DAYS = ["today", "yesterday", "tomorrow"] as const;
export type Unit = (typeof UNITS)[number];
export type Period = (typeof PERIODS)[number];

export interface Span {
  n: number;
  unit: Unit;
  calendar?: boolean;
}
export interface Anchored {
  anchor: "now" | "today";
  offset?: number;
  unit?: Unit;
}
export type Moment = string | Anchored;

const SPANS = /^(not)?(more|less)Than(Ago|FromNow)$/i;
const LISTS = new Set(["in", "notIn", "hasAll", "doesNotHaveAll", "hasOnly", "doesNotHaveOnly"]);
const isTime = ({ datatype }: BuilderField) => datatype === "date" || datatype === "datetime";

export function editorOf(field: BuilderField, operator: string): Editor {
  if (operator === "null" || operator === "notNull") return "none";
  if (/^(not)?in(Last|Next)$/i.test(operator)) return "window";
  if (/^(not)?inThis$/i.test(operator)) return "period";
  if (/^(not)?during$/i.test(operator)) return "day";
  if (/^(not)?anniversary$/i.test(operator)) return "anniversary";
  if (SPANS.test(operator)) return "span";
  if (/^(not)?between$/i.test(operator)) return isTime(field) ? "moments" : "range";
  if (LISTS.has(operator)) return field.values === undefined ? "texts" : "choices";
  if (field.valueEditorType === "checkbox") return "flag";
  if (field.values !== undefined) return "choice";
  if (isTime(field)) return "moment";
  return field.inputType === "number" ? "number" : "text";
}

/** What a rule has for a value before anybody chooses one; nothing, where only a person can know. */
export function initial(editor: Editor, field: BuilderField): unknown {
  switch (editor) {
    case "flag":
      return true;
    case "choice":
      return field.values?.[0]?.name ?? "";
    case "choices":
    case "texts":
      return [];
    case "range":
      return ["", ""];
    case "moment":
      return { anchor: "today" };
    case "moments":
      return [{ anchor: "today", offset: -30, unit: "day" }, { anchor: "today" }];
    case "span":
    case "window":
      return { n: 30, unit: "day" };
    case "period":
      return { period: "month" };
    case "day":
      return { day: "today" };
    case "anniversary":
      return { next: 7, unit: "day" };
    default:
      return "";
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether an editor can show a value. */
export function fits(editor: Editor, value: unknown): boolean {
  switch (editor) {
    case "none":
      return true;
    case "flag":
      return typeof value === "boolean";
    case "choices":
    case "texts":
      return Array.isArray(value);
    case "range":
      return Array.isArray(value) && value.length === 2 && !value.some(isObject);
    case "moment":
      return typeof value === "string" ? /^\d{4}/.test(value) : isObject(value) && "anchor" in value;
    case "moments":
      return Array.isArray(value) && value.length === 2 && value.every((end) => fits("moment", end));
    case "span":
      return isObject(value) && "n" in value && "unit" in value;
    case "window":
      return isObject(value) && (("n" in value && "unit" in value) || "period" in value);
    case "period":
      return isObject(value) && "period" in value;
    case "day":
      return isObject(value) && "day" in value;
    case "anniversary":
      return isObject(value) && !("anchor" in value) && !("n" in value) && !("period" in value);
    default:
      return typeof value === "string" || typeof value === "number";
  }
}

export const isGroup = (node: QueryTree | QueryRule): node is QueryTree => "rules" in node;

/** A tree whose rules have values that their operators take: another operator may have left the old value behind. */
export function fitted(tree: QueryTree, fieldOf: (name: string) => BuilderField | undefined): QueryTree {
  const rules = tree.rules.map((node) => (isGroup(node) ? fitted(node, fieldOf) : fittedRule(node, fieldOf)));
  return rules.some((node, index) => node !== tree.rules[index]) ? { ...tree, rules } : tree;
}

function fittedRule(rule: QueryRule, fieldOf: (name: string) => BuilderField | undefined): QueryRule {
  const field = fieldOf(rule.field);
  if (field === undefined) return rule;
  const editor = editorOf(field, rule.operator);
  const isChoice = editor !== "choice" || field.values?.some(({ name }) => name === rule.value) === true;
  if (fits(editor, rule.value) && isChoice) return rule;
  const listed = editor === "choices" || editor === "texts";
  const kept = listed && typeof rule.value === "string" && rule.value !== "" ? [rule.value] : initial(editor, field);
  return { ...rule, value: kept };
}

let given = 0;

/** A tree whose groups and rules have ids, by which the page knows them again. */
export function identified(tree: QueryTree): QueryTree {
  const rules = tree.rules.map((node) => (isGroup(node) ? identified(node) : { ...node, id: node.id ?? `r${++given}` }));
  return { ...tree, id: tree.id ?? `g${++given}`, rules };
}
