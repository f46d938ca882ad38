// One input for a value of any type, as text.

import type { DefinitionsAnswer, FieldAnswer, WireValue } from "../../shared/api.ts";
import type { Wiring } from "../parts/field.tsx";
import { useWords } from "../words/context.tsx";
import { statusLabel } from "../words/labels.ts";

/** What a book or its rules say themselves, and what lists and panels have their own ways for. */
const NOT_HERE = new Set(["id", "name", "segments", "created_at", "updated_at", "status_changed_at", "last_interaction"]);

export function editable({ key }: FieldAnswer): boolean {
  return !NOT_HERE.has(key);
}

const isList = ({ type }: FieldAnswer) => type === "tags" || type === "multi_select";

/** A value as it stands in its input. */
export function writeValue(field: FieldAnswer, value: WireValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    return value.map((name) => field.options.find(({ key }) => key === name)?.label ?? name).join(", ");
  }
  return String(value);
}

/** What stands in an input, as a value; what cannot be read goes to the book as it is, which says what is wrong with it. */
export function readValue(field: FieldAnswer, text: string): WireValue {
  const trimmed = text.trim();
  if (isList(field)) return trimmed === "" ? null : trimmed.split(",").map((item) => item.trim()).filter((item) => item !== "");
  if (trimmed === "") return null;
  if (field.type === "number") return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
  if (field.type === "bool") return trimmed === "true";
  return text;
}

interface ValueInputProps {
  wiring: Wiring;
  field: FieldAnswer;
  definitions: DefinitionsAnswer;
  value: string;
  onChange: (value: string) => void;
}

export function ValueInput({ wiring, field, definitions, value, onChange }: ValueInputProps) {
  const words = useWords();
  const choices: [string, string][] | null =
    field.type === "bool"
      ? [["true", words.contact.yes], ["false", words.contact.no]]
      : field.type === "select"
        ? field.options.map(({ key, label }) => [key, label])
        : field.type === "status"
          ? definitions.statuses.map((status) => [status.key, statusLabel(words, status)])
          : null;
  if (choices !== null) {
    return (
      <select {...wiring} value={value} onChange={({ target }) => onChange(target.value)}>
        {field.type !== "status" && <option value="">–</option>}
        {choices.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  const type = field.type === "date" ? "date" : field.type === "number" ? "number" : field.type === "email" ? "email" : "text";
  return <input {...wiring} type={type} step="any" value={value} onChange={({ target }) => onChange(target.value)} />;
}
