// The list as a table.

import { memo, useEffect, useRef } from "react";
import type { ContactRow, DefinitionsAnswer, FieldAnswer, WireValue } from "../../shared/api.ts";
import { Down, Up } from "../parts/icons.tsx";
import { useFormats, useWords, type Formats } from "../words/context.tsx";
import { fieldLabel, statusLabel } from "../words/labels.ts";
import type { ListState } from "./use-list.ts";

/** What has no order, as the lists of a book have it. */
const UNORDERED = new Set(["tags", "segments", "multi_select"]);

interface TableProps {
  state: ListState;
  definitions: DefinitionsAnswer;
  columns: string[];
  open: number | null;
  onOpen: (id: number) => void;
}

export function ContactTable({ state, definitions, columns, open, onOpen }: TableProps) {
  const words = useWords();
  const formats = useFormats(definitions.timezone);
  const { page, sort, sortBy, isTicked, tick, total, offset } = state;
  const contacts = page.data?.contacts ?? [];
  const ids = contacts.map(({ id }) => id);
  const tickedHere = ids.filter(isTicked).length;
  const fields = columns.flatMap((key) => definitions.fields.filter((field) => field.key === key));
  const last = definitions.fields.find(({ key }) => key === "last_name");
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={words.title}>
      <table aria-rowcount={total + 1} aria-busy={page.loading}>
        <caption className="hidden">{words.list.caption(total)}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="tick">
              <Tickbox
                label={words.list.selectPage}
                checked={tickedHere > 0 && tickedHere === ids.length}
                some={tickedHere > 0 && tickedHere < ids.length}
                onChange={(ticked) => tick(ids, ticked)}
              />
            </th>
            <Heading label={words.list.name} field={last?.key ?? "last_name"} sort={sort} onSort={sortBy} />
            {fields.map((field) =>
              UNORDERED.has(field.type) ? (
                <th key={field.key} scope="col">
                  {fieldLabel(words, field)}
                </th>
              ) : (
                <Heading
                  key={field.key}
                  label={fieldLabel(words, field)}
                  field={field.key}
                  number={field.type === "number"}
                  sort={sort}
                  onSort={sortBy}
                />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {contacts.map((contact, index) => (
            <Row
              key={contact.id}
              contact={contact}
              index={offset + index + 2}
              fields={fields}
              definitions={definitions}
              formats={formats}
              ticked={isTicked(contact.id)}
              open={open === contact.id}
              onTick={tick}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  label: string;
  field: string;
  number?: boolean;
  sort: string;
  onSort: (field: string) => void;
}

function Heading({ label, field, number = false, sort, onSort }: HeadingProps) {
  const up = sort === field;
  const down = sort === `-${field}`;
  return (
    <th scope="col" className={number ? "number" : undefined} aria-sort={up ? "ascending" : down ? "descending" : undefined}>
      <button type="button" className="sort" onClick={() => onSort(field)}>
        {label}
        {up && <Up />}
        {down && <Down />}
      </button>
    </th>
  );
}

interface TickboxProps {
  label: string;
  checked: boolean;
  some?: boolean;
  onChange: (ticked: boolean) => void;
}

function Tickbox({ label, checked, some = false, onChange }: TickboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = some;
  }, [some]);
  return <input ref={box} type="checkbox" aria-label={label} checked={checked} onChange={({ target }) => onChange(target.checked)} />;
}

interface RowProps {
  contact: ContactRow;
  index: number;
  fields: FieldAnswer[];
  definitions: DefinitionsAnswer;
  formats: Formats;
  ticked: boolean;
  open: boolean;
  onTick: (ids: number[], ticked: boolean) => void;
  onOpen: (id: number) => void;
}

const Row = memo(function Row({ contact, index, fields, definitions, formats, ticked, open, onTick, onOpen }: RowProps) {
  const words = useWords();
  const name = contact.name ?? words.list.noName;
  return (
    <tr aria-rowindex={index} className={[ticked && "ticked", open && "open"].filter(Boolean).join(" ") || undefined}>
      <td className="tick">
        <Tickbox label={words.list.select(name)} checked={ticked} onChange={(ticked) => onTick([contact.id], ticked)} />
      </td>
      <th scope="row">
        <button type="button" className="name" aria-label={words.list.open(name)} aria-expanded={open} onClick={() => onOpen(contact.id)}>
          {name}
        </button>
      </th>
      {fields.map((field) => (
        <td key={field.key} className={field.type === "number" ? "number" : undefined}>
          <Cell field={field} value={contact.values[field.key]} definitions={definitions} formats={formats} />
        </td>
      ))}
    </tr>
  );
});

interface CellProps {
  field: FieldAnswer;
  value: WireValue | undefined;
  definitions: DefinitionsAnswer;
  formats: Formats;
}

/** A value as people see it: labels instead of keys, lists in pieces. */
export function Cell({ field, value, definitions, formats }: CellProps) {
  const words = useWords();
  const { type, options } = field;
  if (type === "status" && typeof value === "string") {
    const status = definitions.statuses.find(({ key }) => key === value);
    return <span className={`status ${value}`}>{status === undefined ? value : statusLabel(words, status)}</span>;
  }
  if (Array.isArray(value)) {
    return (
      <span className="chips">
        {value.map((name) => (
          <span key={name} className="chip">
            {options.find(({ key }) => key === name)?.label ?? name}
          </span>
        ))}
      </span>
    );
  }
  if (type === "select") return options.find(({ key }) => key === value)?.label ?? null;
  return formats.value(value, type);
}
