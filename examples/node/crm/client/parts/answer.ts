// Asking the server for what a part of the page shows.

import { useEffect, useRef, useState } from "react";
import { RefusedError } from "../server.ts";

export interface Answer<T> {
  /** The last answer; it stays while the next one is on its way. */
  data: T | null;
  error: RefusedError | null;
  loading: boolean;
}

/** Asks whenever the key is another one; what was asked before is given up. A key of `null` asks nothing. */
export function useAnswer<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ data: null, error: null, loading: key !== null });
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    if (key === null) {
      setAnswer({ data: null, error: null, loading: false });
      return;
    }
    const stop = new AbortController();
    setAnswer((answer) => ({ ...answer, loading: true }));
    asking.current(stop.signal).then(
      (data) => setAnswer({ data, error: null, loading: false }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setAnswer(({ data }) => ({ data, error: refused(error), loading: false }));
      },
    );
    return () => stop.abort();
  }, [key]);
  return answer;
}

/** Whatever went wrong, as a refusal. */
export function refused(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  return new RefusedError(0, "failed", error instanceof Error ? error.message : String(error), []);
}

/** A value once it has stood still for a moment. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
