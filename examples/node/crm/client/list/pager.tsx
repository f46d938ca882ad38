// Which part of the list is shown, and the way to the others.

import { FarLeft, FarRight, Left, Right } from "../parts/icons.tsx";
import { useWords } from "../words/context.tsx";
import { PAGE, type ListState } from "./use-list.ts";

export function Pager({ state: { offset, total, go } }: { state: ListState }) {
  const { list } = useWords();
  if (total <= PAGE && offset === 0) return null;
  const isFirst = offset === 0;
  const isLast = offset + PAGE >= total;
  const pages = [
    { to: "first", label: list.first, Sign: FarLeft, off: isFirst },
    { to: "previous", label: list.previous, Sign: Left, off: isFirst },
    { to: "next", label: list.next, Sign: Right, off: isLast },
    { to: "last", label: list.last, Sign: FarRight, off: isLast },
  ] as const;
  return (
    <nav className="pager" aria-label={list.pages}>
      <span>{list.range(Math.min(offset + 1, total), Math.min(offset + PAGE, total), total)}</span>
      {pages.map(({ to, label, Sign, off }) => (
        // A button that is switched off keeps the focus, and can be read.
        <button key={to} type="button" className="icon" aria-label={label} aria-disabled={off} onClick={() => off || go(to)}>
          <Sign />
        </button>
      ))}
    </nav>
  );
}
