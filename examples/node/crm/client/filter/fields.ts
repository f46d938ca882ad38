// The fields of the builder: those of the book in the language of the page, and the aggregates that a tree has.

import type { BuilderField, FieldAnswer, QueryTree } from "../../shared/api.ts";
import type { Words } from "../words/en.ts";
import { aggregateLabel, fieldLabel, operatorLabel, statusLabel } from "../words/labels.ts";
import { isGroup } from "./values.ts";

export interface FieldGroup {
  label: string;
  options: BuilderField[];
}

const isAggregate = (name: string) => name.includes("(");

export function fieldGroups(words: Words, builder: BuilderField[], fields: FieldAnswer[], tree: QueryTree): FieldGroup[] {
  const standard = new Set([...fields.filter(({ key }) => key in words.fields).map(({ key }) => key), "search"]);
  const known = new Set(builder.map(({ name }) => name));
  const others = [...new Set(namesIn(tree))].filter((name) => !known.has(name));
  const all = [...builder, ...others.flatMap((name) => like(name, builder))].map((field) => spoken(words, field));
  const groups = [
    { label: words.filter.standardFields, options: all.filter(({ name }) => standard.has(name)) },
    { label: words.filter.ownFields, options: all.filter(({ name }) => !standard.has(name) && !isAggregate(name)) },
    { label: words.filter.happened, options: all.filter(({ name }) => isAggregate(name)) },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

function namesIn(tree: QueryTree): string[] {
  return tree.rules.flatMap((node) => (isGroup(node) ? namesIn(node) : [node.field]));
}

/** An aggregate with a time or a label, such as `count(payment in last 90 days)`: it takes what `count(payment)` takes. */
function like(name: string, builder: BuilderField[]): BuilderField[] {
  const datatype = /^(first|last)\(/.test(name) ? "datetime" : "number";
  const model = builder.find((field) => isAggregate(field.name) && field.datatype === datatype);
  return model === undefined || !isAggregate(name) ? [] : [{ ...model, name, label: name }];
}

function spoken(words: Words, field: BuilderField): BuilderField {
  const { name, label, datatype, operators, values } = field;
  const own = { key: name, label };
  return {
    ...field,
    label: isAggregate(name) ? aggregateLabel(words, name) : fieldLabel(words, own),
    operators: operators.map(({ name }) => ({ name, label: operatorLabel(words, name, datatype) })),
    ...(name === "status" && values !== undefined
      ? { values: values.map(({ name, label }) => ({ name, label: statusLabel(words, { key: name, label }) })) }
      : {}),
  };
}
