// Which fields the list has columns for.

import { useEffect, useRef, useState } from "react";
import type { FieldAnswer } from "../../shared/api.ts";
import { useWords } from "../words/context.tsx";
import { fieldLabel } from "../words/labels.ts";

const STORED = "tagmata-crm-columns";
const FIRST = ["status", "email", "mobile", "country", "organization", "tags", "billed"];

export function useColumns(): [string[], (columns: string[]) => void] {
  const [columns, setColumns] = useState<string[]>(() => {
    const stored = localStorage.getItem(STORED);
    return stored === null ? FIRST : stored.split(",");
  });
  useEffect(() => localStorage.setItem(STORED, columns.join(",")), [columns]);
  return [columns, setColumns];
}

interface ColumnsProps {
  fields: FieldAnswer[];
  columns: string[];
  onChange: (columns: string[]) => void;
}

export function Columns({ fields, columns, onChange }: ColumnsProps) {
  const words = useWords();
  const details = useRef<HTMLDetailsElement>(null);
  const offered = fields.filter(({ key }) => key !== "name");
  return (
    <details
      className="columns"
      ref={details}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || details.current === null) return;
        details.current.open = false;
        details.current.querySelector("summary")?.focus();
      }}
    >
      <summary>{words.list.columns}</summary>
      <fieldset className="menu-list">
        <legend className="hidden">{words.list.columns}</legend>
        {offered.map((field) => (
          <label key={field.key}>
            <input
              type="checkbox"
              checked={columns.includes(field.key)}
              onChange={({ target }) => {
                // Columns stand in the order of the fields.
                const wanted = (key: string) => (key === field.key ? target.checked : columns.includes(key));
                onChange(offered.map(({ key }) => key).filter(wanted));
              }}
            />
            {fieldLabel(words, field)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
