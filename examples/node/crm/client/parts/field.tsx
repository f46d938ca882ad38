// A label and what it labels, with what is wrong with it.

import { useId, type ReactNode } from "react";
import type { Problem } from "../../shared/api.ts";
import type { RefusedError } from "../server.ts";
import { useWords } from "../words/context.tsx";
import { reason } from "../words/labels.ts";

export interface Wiring {
  id: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}

interface FieldProps {
  label: string;
  hint?: string;
  problem?: Problem | undefined;
  children: (wiring: Wiring) => ReactNode;
}

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const about = problem !== undefined || hint !== undefined ? `${id}-about` : undefined;
  const wiring: Wiring = { id };
  if (problem !== undefined) wiring["aria-invalid"] = true;
  if (about !== undefined) wiring["aria-describedby"] = about;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(wiring)}
      {about !== undefined && (
        <p id={about} className={problem === undefined ? "hint" : "problem"}>
          {problem === undefined ? hint : <Told problem={problem} />}
        </p>
      )}
    </div>
  );
}

/** A problem in one line: what is wrong, and what to do about it. */
export function Told({ problem: { message, help } }: { problem: Problem }) {
  return (
    <>
      <Quoting text={message} />
      {help !== null && (
        <span className="help">
          {" · "}
          <Quoting text={help} />
        </span>
      )}
    </>
  );
}

/** A text of tagmata, in which what somebody wrote stands between backquotes. */
function Quoting({ text }: { text: string }) {
  return text.split("`").map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece));
}

/** Why something was refused. */
export function Refusal({ error }: { error: RefusedError }) {
  const words = useWords();
  const [problem] = error.problems;
  return problem === undefined ? <Quoting text={reason(words, error)} /> : <Told problem={problem} />;
}
