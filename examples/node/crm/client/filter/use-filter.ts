// One filter in two spellings. Whichever is changed asks the server for the other; what cannot be read stays as it was
// written, and the list keeps the last filter that could be read.

import { useCallback, useEffect, useRef, useState } from "react";
import type { FilterRequest, Problem, QueryTree } from "../../shared/api.ts";
import { refused, useAnswer, useSettled } from "../parts/answer.ts";
import { server, type RefusedError } from "../server.ts";
import { identified } from "./values.ts";

/** How long somebody has to stop typing before the server is asked. */
const PAUSE = 150;

export interface FilterState {
  text: string;
  tree: QueryTree;
  /** The text of the last filter that could be read. */
  applied: string;
  /** What is wrong, and in which of the two. */
  error: RefusedError | null;
  problemsIn: "text" | "tree";
  lints: Problem[];
  /** How many match, once that is known. */
  count: number | null;
  /** Why the builder cannot show the text. */
  untold: string | null;
  write: (text: string) => void;
  build: (tree: QueryTree) => void;
}

const NOTHING: QueryTree = { id: "root", combinator: "and", rules: [] };

/** A filter that is read again when the book changes: names may be others then, and so may numbers. */
export function useFilter(version: number): FilterState {
  const [text, setText] = useState("");
  const [tree, setTree] = useState<QueryTree>(NOTHING);
  const [asked, setAsked] = useState<{ number: number; request: FilterRequest }>({ number: 0, request: { text: "" } });
  const [applied, setApplied] = useState("");
  const taken = useRef(0);
  const settled = useSettled(asked, PAUSE);
  const answer = useAnswer(`${settled.number} ${version}`, (signal) =>
    server.filter(settled.request, signal).then(
      (read) => ({ number: settled.number, read, error: null }),
      (error: unknown) => {
        if (signal.aborted) throw error;
        return { number: settled.number, read: null, error: refused(error) };
      },
    ),
  ).data;

  useEffect(() => {
    if (answer?.read == null || answer.number !== asked.number || answer.number === taken.current) return;
    taken.current = answer.number;
    const { read } = answer;
    const { request } = asked;
    if ("tree" in request) {
      setApplied(read.text);
      setText(read.text);
    } else {
      // As it was written: the canonical text may be longer than a filter may be.
      setApplied(read.text === "" ? "" : request.text);
      if (read.tree !== null) setTree(identified(read.tree));
    }
  }, [answer, asked]);

  const ask = useCallback((request: FilterRequest) => setAsked(({ number }) => ({ number: number + 1, request })), []);
  const write = useCallback(
    (text: string) => {
      setText(text);
      ask({ text });
    },
    [ask],
  );
  const build = useCallback(
    (tree: QueryTree) => {
      setTree(tree);
      ask({ tree });
    },
    [ask],
  );
  const current = answer?.number === asked.number ? answer : null;
  return {
    text,
    tree,
    applied,
    error: current?.error ?? null,
    problemsIn: "tree" in asked.request ? "tree" : "text",
    lints: current?.read?.lints ?? [],
    count: current?.read?.count ?? null,
    untold: current?.read?.untold ?? null,
    write,
    build,
  };
}
