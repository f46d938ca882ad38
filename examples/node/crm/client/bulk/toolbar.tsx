// What can be done with those who are ticked.

import type { Action } from "../../shared/api.ts";
import type { ListState } from "../list/use-list.ts";
import { useWords } from "../words/context.tsx";

export type Doing = Action["do"];

const ACTIONS = [
  ["add_tags", "addTags"],
  ["remove_tags", "removeTags"],
  ["set_status", "setStatus"],
  ["add_to_segment", "addToSegment"],
  ["remove_from_segment", "removeFromSegment"],
  ["set_field", "setField"],
  ["delete", "delete"],
] as const;

export const actionWord = (doing: Doing) => ACTIONS.find(([name]) => name === doing)?.[1] ?? "setField";

export function BulkToolbar({ state, onDo }: { state: ListState; onDo: (doing: Doing) => void }) {
  const { bulk } = useWords();
  const { ticked, total, tickAll, untick } = state;
  if (ticked === 0) return null;
  return (
    <section className="bulk" aria-label={bulk.title}>
      <p role="status">{bulk.selected(ticked)}</p>
      {ticked < total && (
        <button type="button" className="plain" onClick={tickAll}>
          {bulk.selectAll(total)}
        </button>
      )}
      <button
        type="button"
        className="plain"
        onClick={() => {
          untick();
          // This toolbar goes; the focus does not go with it.
          document.getElementById("contacts")?.focus();
        }}
      >
        {bulk.clear}
      </button>
      <span className="bulk-actions">
        {ACTIONS.map(([doing, word]) => (
          <button key={doing} type="button" className={doing === "delete" ? "small danger" : "small"} onClick={() => onDo(doing)}>
            {bulk[word]}
          </button>
        ))}
      </span>
    </section>
  );
}
