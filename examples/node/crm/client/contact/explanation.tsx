// Why a contact is in a segment or a list, or not: each part of the filter with its answer.

import type { ExplainRequest, ExplainedPart } from "../../shared/api.ts";
import { useAnswer } from "../parts/answer.ts";
import { Refusal } from "../parts/field.tsx";
import { Cross, Tick } from "../parts/icons.tsx";
import { server } from "../server.ts";
import { useWords, type Formats } from "../words/context.tsx";

interface ExplanationProps {
  contact: number;
  by: ExplainRequest;
  version: number;
  formats: Formats;
}

export function Explanation({ contact, by, version, formats }: ExplanationProps) {
  const { contact: words, loading } = useWords();
  const { data, error } = useAnswer(JSON.stringify([contact, by, version]), (signal) => server.explain(contact, by, signal));
  if (error !== null) {
    return (
      <p className="problem">
        <Refusal error={error} />
      </p>
    );
  }
  if (data === null) return <p className="hint">{loading}</p>;
  return (
    <div className="explanation">
      <p className={data.verdict ? "verdict yes" : "verdict no"}>
        {data.verdict ? <Tick /> : <Cross />} {data.verdict ? words.isIn : words.isOut}
        {data.pin !== null && <span> · {data.pin === "in" ? words.pinnedIn : words.pinnedOut}</span>}
      </p>
      <ul className="parts">
        <Part part={data.tree} />
      </ul>
      <p className="hint">{data.validUntil === null ? words.forever : words.until(formats.instant(data.validUntil))}</p>
    </div>
  );
}

function Part({ part: { text, verdict, decides, value, children } }: { part: ExplainedPart }) {
  const { contact: words } = useWords();
  return (
    <li className={decides ? "part decides" : "part"}>
      <span className={verdict ? "answer yes" : "answer no"}>
        {verdict ? <Tick /> : <Cross />}
        <span className="hidden">{verdict ? words.yes : words.no}: </span>
      </span>
      <span className="part-text">
        <code>{text}</code>
        {value !== null && <span className="looked-at"> ({value})</span>}
        {decides && <span className="badge">{words.decides}</span>}
      </span>
      {children.length > 0 && (
        <ul>
          {children.map((child, index) => (
            <Part key={index} part={child} />
          ))}
        </ul>
      )}
    </li>
  );
}
