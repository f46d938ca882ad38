// The filter of the list, as text and as rules side by side.

import type { DefinitionsAnswer } from "../../shared/api.ts";
import { Refusal } from "../parts/field.tsx";
import { useWords } from "../words/context.tsx";
import { Builder } from "./builder.tsx";
import { TextFilter } from "./text-filter.tsx";
import type { FilterState } from "./use-filter.ts";

const NONE: [] = [];

export function FilterPanel({ filter, definitions }: { filter: FilterState; definitions: DefinitionsAnswer }) {
  const words = useWords();
  const { text, tree, error, problemsIn, lints, count, untold } = filter;
  const inText = error !== null && problemsIn === "text";
  const inTree = error !== null && problemsIn === "tree";
  const isNothing = text.trim() === "" && tree.rules.length === 0;
  const status = () => {
    if (error !== null) return error.problems.length === 0 ? <Refusal error={error} /> : words.filter.broken;
    if (isNothing) return words.filter.everybody;
    return count === null ? "" : words.filter.matches(count);
  };
  return (
    <section className="filter card" aria-label={words.filter.title}>
      <div className="filter-sides">
        <TextFilter text={text} problems={inText ? error.problems : NONE} lints={lints} onWrite={filter.write} />
        <div className="rules" role="group" aria-label={words.filter.builder}>
          <span className="side-title" aria-hidden="true">
            {words.filter.builder}
          </span>
          {untold === null ? (
            <Builder definitions={definitions} tree={tree} problems={inTree ? error.problems : NONE} onBuild={filter.build} />
          ) : (
            <p className="hint">{words.filter.untold(untold)}</p>
          )}
          {inText && <p className="hint">{words.filter.behind}</p>}
        </div>
      </div>
      <div className="filter-foot">
        <p role="status">{status()}</p>
        {!isNothing && (
          <button type="button" className="plain" onClick={() => filter.write("")}>
            {words.filter.clear}
          </button>
        )}
      </div>
    </section>
  );
}
