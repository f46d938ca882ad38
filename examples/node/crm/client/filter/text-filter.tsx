// The filter as text. What is wrong is marked at its place: the marks lie in a copy of the text behind the writing.

import { useId, useRef, type ReactNode } from "react";
import type { Problem } from "../../shared/api.ts";
import { Told } from "../parts/field.tsx";
import { useWords } from "../words/context.tsx";

interface TextFilterProps {
  text: string;
  problems: Problem[];
  lints: Problem[];
  onWrite: (text: string) => void;
}

export function TextFilter({ text, problems, lints, onWrite }: TextFilterProps) {
  const words = useWords();
  const id = useId();
  const mirror = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const replace = (start: number, end: number, by: string) => {
    onWrite(text.slice(0, start) + by + text.slice(end));
    area.current?.focus();
  };
  const about = [problems.length > 0 && `${id}-problems`, lints.length > 0 && `${id}-hints`].filter(Boolean).join(" ");
  return (
    <div className="text-filter">
      <label htmlFor={id}>{words.filter.text}</label>
      <div className="marked">
        <div className="mirror" aria-hidden="true" ref={mirror}>
          {marks(text, [...problems, ...lints])}
        </div>
        <textarea
          id={id}
          ref={area}
          rows={4}
          spellCheck={false}
          autoCapitalize="off"
          placeholder={words.filter.textHint}
          value={text}
          aria-invalid={problems.length > 0 ? true : undefined}
          aria-describedby={about === "" ? undefined : about}
          onChange={({ target }) => onWrite(target.value)}
          onScroll={({ currentTarget }) => {
            if (mirror.current !== null) mirror.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      {problems.length > 0 && (
        <ul id={`${id}-problems`} className="told problems" aria-label={words.filter.problems}>
          {problems.map((problem, index) => (
            <Placed key={index} problem={problem} text={text} onReplace={replace} />
          ))}
        </ul>
      )}
      {lints.length > 0 && (
        <ul id={`${id}-hints`} className="told hints" aria-label={words.filter.hints}>
          {lints.map((lint, index) => (
            <Placed key={index} problem={lint} text={text} onReplace={replace} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface PlacedProps {
  problem: Problem;
  text: string;
  onReplace: (start: number, end: number, by: string) => void;
}

/** A problem in words, and what may stand in its place. */
function Placed({ problem, text, onReplace }: PlacedProps) {
  const words = useWords();
  const { expected, start, end } = problem;
  const isName = start !== null && end !== null && /^[\p{L}_"][^()]*$/u.test(text.slice(start, end));
  return (
    <li>
      <Told problem={problem} />
      {isName && expected.length > 0 && (
        <span className="choices">
          {expected.slice(0, 8).map((name) => (
            <button key={name} type="button" className="small" aria-label={words.filter.replace(name)} onClick={() => onReplace(start, end, name)}>
              {name}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}

/** The text in pieces, those with something wrong marked. What is wrong at the end of the text marks the place behind it. */
function marks(text: string, problems: Problem[]): ReactNode[] {
  const placed = problems
    .filter(({ start, end }) => start !== null && end !== null)
    .sort((one, other) => (one.start ?? 0) - (other.start ?? 0));
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { start, end, severity } of placed) {
    if (start === null || end === null || start < at) continue;
    pieces.push(text.slice(at, start));
    pieces.push(
      <mark key={start} className={severity}>
        {end > start ? text.slice(start, end) : " "}
      </mark>,
    );
    at = end;
  }
  pieces.push(text.slice(at), "\n");
  return pieces;
}
