// One contact: its values, its segments and why, what happened, and what changed it.

import { useEffect, useRef, useState } from "react";
import type { ContactAnswer, DefinitionsAnswer, ListQuery } from "../../shared/api.ts";
import { Cell } from "../list/table.tsx";
import { useAnswer } from "../parts/answer.ts";
import { Refusal } from "../parts/field.tsx";
import { Cross } from "../parts/icons.tsx";
import { server } from "../server.ts";
import { useFormats, useWords, type Formats } from "../words/context.tsx";
import type { Words } from "../words/en.ts";
import { fieldLabel, kindLabel, statusLabel } from "../words/labels.ts";
import { EditDialog } from "./edit-dialog.tsx";
import { Explanation } from "./explanation.tsx";
import { Memberships } from "./memberships.tsx";
import { RecordDialog } from "./record-dialog.tsx";

interface PanelProps {
  id: number;
  list: ListQuery;
  definitions: DefinitionsAnswer;
  version: number;
  onClose: () => void;
}

export function ContactPanel({ id, list, definitions, version, onClose }: PanelProps) {
  const words = useWords();
  const formats = useFormats(definitions.timezone);
  const heading = useRef<HTMLHeadingElement>(null);
  const [dialog, setDialog] = useState<"edit" | "record" | null>(null);
  const { data: contact, error } = useAnswer(`${id} ${version}`, (signal) => server.contact(id, signal));
  const shown = contact?.id === id ? contact : null;
  const isThere = shown !== null;
  useEffect(() => heading.current?.focus(), [id, isThere]);
  const name = shown === null ? "" : (shown.name ?? words.list.noName);
  return (
    <aside
      className="panel"
      aria-label={words.contact.title}
      onKeyDown={(event) => {
        if (event.key === "Escape" && dialog === null) onClose();
      }}
    >
      <header className="panel-header">
        <h2 ref={heading} tabIndex={-1}>
          {error !== null ? (error.status === 404 ? words.contact.gone : <Refusal error={error} />) : name}
        </h2>
        {shown !== null && error === null && (
          <button type="button" onClick={() => setDialog("edit")}>
            {words.contact.edit}
          </button>
        )}
        <button type="button" className="icon" aria-label={words.close} onClick={onClose}>
          <Cross />
        </button>
      </header>
      {shown !== null && error === null && (
        <div className="panel-body">
          <Details contact={shown} definitions={definitions} formats={formats} />
          {Object.keys(list).length > 0 && <WhyListed contact={id} list={list} version={version} formats={formats} />}
          <Memberships contact={shown} definitions={definitions} version={version} formats={formats} />
          <section aria-label={words.contact.interactions}>
            <div className="section-head">
              <h3>{words.contact.interactions}</h3>
              <button type="button" className="small" onClick={() => setDialog("record")}>
                {words.contact.record}
              </button>
            </div>
            <Interactions contact={shown} formats={formats} />
          </section>
          <section aria-label={words.contact.history}>
            <h3>{words.contact.history}</h3>
            <History contact={shown} definitions={definitions} formats={formats} />
          </section>
        </div>
      )}
      {dialog === "edit" && (
        <EditDialog contact={shown} definitions={definitions} onClose={() => setDialog(null)} onCreated={() => {}} />
      )}
      {dialog === "record" && <RecordDialog contact={id} kinds={definitions.kinds} onClose={() => setDialog(null)} />}
    </aside>
  );
}

interface PartProps {
  contact: ContactAnswer;
  definitions: DefinitionsAnswer;
  formats: Formats;
}

/** The values that there are; segments have a part of their own. */
function Details({ contact, definitions, formats }: PartProps) {
  const words = useWords();
  const isBlank = (key: string) => {
    const value = contact.values[key] ?? null;
    return value === null || (Array.isArray(value) && value.length === 0);
  };
  const fields = definitions.fields.filter(({ key }) => !["id", "name", "segments"].includes(key) && !isBlank(key));
  return (
    <dl className="details" aria-label={words.contact.details}>
      {fields.map((field) => (
        <div key={field.key}>
          <dt>{fieldLabel(words, field)}</dt>
          <dd>
            <Cell field={field} value={contact.values[field.key]} definitions={definitions} formats={formats} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function WhyListed({ contact, list, version, formats }: { contact: number; list: ListQuery; version: number; formats: Formats }) {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  return (
    <section aria-label={words.contact.whyList}>
      <button type="button" className="plain" aria-expanded={asked} onClick={() => setAsked(!asked)}>
        {words.contact.whyList}
      </button>
      {asked && <Explanation contact={contact} by={{ list }} version={version} formats={formats} />}
    </section>
  );
}

function Interactions({ contact: { interactions }, formats }: { contact: ContactAnswer; formats: Formats }) {
  const words = useWords();
  if (interactions.length === 0) return <p className="hint">{words.contact.noInteractions}</p>;
  return (
    <ul className="timeline">
      {[...interactions].reverse().map(({ kind, at, amount, label }, index) => (
        <li key={index}>
          <time dateTime={at}>{formats.instant(at)}</time>
          <span>
            {kindLabel(words, kind)}
            {amount !== null && <strong> {formats.number(amount)}</strong>}
            {label !== null && <span className="hint"> {label}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function History({ contact: { history }, definitions, formats }: PartProps) {
  const words = useWords();
  return (
    <ul className="timeline">
      {[...history].reverse().map((entry, index) => (
        <li key={index}>
          <time dateTime={entry.at}>{formats.instant(entry.at)}</time>
          <span>
            {what(words, definitions, entry)}
            <span className="hint"> {origin(words, entry)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

type Entry = ContactAnswer["history"][number];

function what(words: Words, { statuses }: DefinitionsAnswer, { change, old, new: became }: Entry): string {
  const label = (words.changes as Record<string, string>)[change] ?? change;
  if (change === "status") {
    const status = (key: Entry["old"]) => {
      const found = statuses.find((status) => status.key === key);
      return found === undefined ? String(key ?? "–") : statusLabel(words, found);
    };
    return `${label}: ${status(old)} → ${status(became)}`;
  }
  const named = became ?? old;
  return named === null || change === "created" ? label : `${label}: ${named}`;
}

function origin(words: Words, { actor, cause, rule }: Entry): string {
  if (rule !== null) return words.contact.byRule(rule);
  if (actor !== null && cause === "call") return words.contact.by(actor);
  return (words.causes as Record<string, string>)[cause] ?? cause;
}
