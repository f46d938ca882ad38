// What happened, said aloud: by whoever uses the page, with an undo; by others; and by time.

import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import type { ChangeAnswer, ChangeEvent, Moves } from "../../shared/api.ts";
import { server, type RefusedError } from "../server.ts";
import { useWords } from "../words/context.tsx";
import { refused } from "./answer.ts";
import { Refusal } from "./field.tsx";
import { Cross } from "./icons.tsx";

interface Notice {
  id: number;
  text: string;
  moves: Moves;
  /** The commit that an undo takes back. */
  commit: number | null;
  error: RefusedError | null;
  link: Link | null;
}

interface Link {
  href: string;
  text: string;
}

/** What is said of a change, and a file that comes with it. */
type Said = string | { text: string; link: Link | null };

interface Notices {
  /** Waits for a change, and says what came of it. Gives what was refused, or nothing. */
  change: (doing: Promise<ChangeAnswer>, say: Said | ((answer: ChangeAnswer) => Said)) => Promise<RefusedError | null>;
  fail: (error: RefusedError) => void;
  /** Hears of a change; those of this page are known already. */
  hear: (event: ChangeEvent) => void;
}

const NOBODY: Moves = { entered: {}, left: {} };
/** How many notices are shown. */
const SHOWN = 3;
/** How long the answer to a change of this page may take after the event that tells of it. */
const PATIENCE = 1_500;

const NoticesContext = createContext<Notices | null>(null);

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error("nobody listens to notices");
  return notices;
}

export function Noticing({ children }: { children: ReactNode }) {
  const words = useWords();
  const [shown, setShown] = useState<Notice[]>([]);
  const section = useRef<HTMLElement>(null);
  const last = useRef(0);
  const own = useRef(new Set<number>());

  const show = useCallback((notice: Omit<Notice, "id">) => {
    const id = ++last.current;
    setShown((shown) => [...shown, { ...notice, id }].slice(-SHOWN));
  }, []);
  const dismiss = useCallback((id: number) => {
    setShown((shown) => shown.filter((notice) => notice.id !== id));
    // The button that had the focus is gone.
    section.current?.focus();
  }, []);
  const fail = useCallback((error: RefusedError) => show({ text: "", moves: NOBODY, commit: null, error, link: null }), [show]);

  const change = useCallback<Notices["change"]>(
    async (doing, say) => {
      try {
        const answer = await doing;
        if (answer.commit !== null) own.current.add(answer.commit);
        const told = typeof say === "function" ? say(answer) : say;
        const { text, link } = typeof told === "string" ? { text: told, link: null } : told;
        const { commit } = answer;
        show({ text: commit === null && link === null ? words.notices.nothingChanged : text, moves: answer, commit, error: null, link });
        return null;
      } catch (error) {
        return refused(error);
      }
    },
    [show, words],
  );

  const hear = useCallback(
    (event: ChangeEvent) => {
      const tell = () => {
        if (event.commit !== null && own.current.has(event.commit)) return;
        if (event.commit === null && event.cause !== "time") return;
        const text = event.cause === "time" ? words.notices.time : words.notices.elsewhere(event.contacts);
        show({ text, moves: event, commit: null, error: null, link: null });
      };
      setTimeout(tell, PATIENCE);
    },
    [show, words],
  );

  const undo = async ({ id, commit, error }: Notice) => {
    if (commit === null) return;
    const refusal = await change(server.undo(commit, error !== null), words.notices.undone);
    if (refusal === null) {
      dismiss(id);
    } else {
      // The notice stays, and says why; what was not touched later can be undone all the same.
      setShown((shown) => shown.map((notice) => (notice.id === id ? { ...notice, error: refusal } : notice)));
    }
  };

  const notices = useMemo(() => ({ change, fail, hear }), [change, fail, hear]);
  return (
    <NoticesContext value={notices}>
      {children}
      <section ref={section} tabIndex={-1} className="notices" role="log" aria-live="polite" aria-label={words.notices.title}>
        {shown.map((notice) => (
          <div key={notice.id} className={notice.error === null ? "notice" : "notice wrong"}>
            <div className="notice-text">
              {notice.text !== "" && <p>{notice.text}</p>}
              {notice.error !== null && <p className="problem"><Refusal error={notice.error} /></p>}
              <Moved moves={notice.moves} />
              {notice.link !== null && (
                <a href={notice.link.href} download>
                  {notice.link.text}
                </a>
              )}
            </div>
            {notice.commit !== null && (
              <button type="button" className="plain" onClick={() => void undo(notice)}>
                {notice.error === null ? words.notices.undo : words.notices.undoRest}
              </button>
            )}
            <button type="button" className="icon" aria-label={words.notices.dismiss} onClick={() => dismiss(notice.id)}>
              <Cross />
            </button>
          </div>
        ))}
      </section>
    </NoticesContext>
  );
}

function Moved({ moves: { entered, left } }: { moves: Moves }) {
  const { notices } = useWords();
  const lines = [
    ...Object.entries(entered).map(([name, many]) => notices.entered(many, name)),
    ...Object.entries(left).map(([name, many]) => notices.left(many, name)),
  ];
  if (lines.length === 0) return null;
  return <p className="hint">{lines.slice(0, 4).join(" · ")}{lines.length > 4 && " …"}</p>;
}
