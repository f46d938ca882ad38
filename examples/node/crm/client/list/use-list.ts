// The list as it is looked at: which contacts, in which order, which page, and who is ticked.

import { useCallback, useMemo, useState } from "react";
import type { Chosen, ListQuery, PageAnswer } from "../../shared/api.ts";
import { useAnswer, type Answer } from "../parts/answer.ts";
import { server } from "../server.ts";

export const PAGE = 50;

/** A page by its place; and behind a contact, so that whoever comes or goes before it moves nobody over its edge. */
interface Place {
  offset: number;
  after: number | null;
}

interface Ticks {
  /** Whether all of the list are ticked but these, or these alone. */
  all: boolean;
  ids: ReadonlySet<number>;
}

const START: Place = { offset: 0, after: null };
const NOBODY: Ticks = { all: false, ids: new Set() };

export interface ListState {
  list: ListQuery;
  sort: string;
  offset: number;
  page: Answer<PageAnswer>;
  total: number;
  sortBy: (field: string) => void;
  go: (to: "first" | "previous" | "next" | "last") => void;
  isTicked: (id: number) => boolean;
  tick: (ids: number[], ticked: boolean) => void;
  tickAll: () => void;
  untick: () => void;
  ticked: number;
  /** Who is ticked, for the server; `null` if nobody is. */
  chosen: Chosen | null;
}

export function useList(preset: string, filter: string, search: string, version: number): ListState {
  const [sort, setSort] = useState("last_name");
  const [place, setPlace] = useState(START);
  const [ticks, setTicks] = useState(NOBODY);
  const list = useMemo<ListQuery>(
    () => ({
      ...(preset === "everyone" ? {} : { preset }),
      ...(filter === "" ? {} : { filter }),
      ...(search.trim() === "" ? {} : { search }),
    }),
    [preset, filter, search],
  );
  // Another list begins at its first page, with nobody ticked.
  const [seen, setSeen] = useState(list);
  if (seen !== list) {
    setSeen(list);
    setPlace(START);
    setTicks(NOBODY);
  }
  const shown = seen === list ? place : START;
  const { offset, after } = shown;
  const request = { list, sort, limit: PAGE, ...(after === null ? { offset } : { after }) };
  const page = useAnswer(JSON.stringify([request, version]), (signal) =>
    server.page(request, signal).catch((error: unknown) => {
      // The contact at the edge was deleted: the place says where the page was.
      if (after === null || signal.aborted) throw error;
      return server.page({ list, sort, limit: PAGE, offset }, signal);
    }),
  );
  const total = page.data?.total ?? 0;
  const contacts = page.data?.contacts;

  const sortBy = useCallback((field: string) => {
    setSort((sort) => (sort === field ? `-${field}` : field));
    setPlace(START);
  }, []);
  const go: ListState["go"] = (to) => {
    const end = Math.max(0, Math.floor((total - 1) / PAGE) * PAGE);
    const edge = contacts?.at(-1)?.id ?? null;
    const places: Record<typeof to, Place> = {
      first: START,
      previous: { offset: Math.max(0, offset - PAGE), after: null },
      next: { offset: offset + PAGE, after: edge },
      last: { offset: end, after: null },
    };
    setPlace(places[to]);
  };
  const tick = useCallback((ids: number[], ticked: boolean) => {
    setTicks((ticks) => {
      const next = new Set(ticks.ids);
      for (const id of ids) {
        if (ticked === ticks.all) next.delete(id);
        else next.add(id);
      }
      return { ...ticks, ids: next };
    });
  }, []);
  const ticked = ticks.all ? Math.max(0, total - ticks.ids.size) : ticks.ids.size;
  const chosen = useMemo<Chosen | null>(() => {
    if (ticked === 0) return null;
    const ids = [...ticks.ids];
    return ticks.all ? { list, exclude: ids, expect: ticked } : { ids };
  }, [list, ticks, ticked]);
  return {
    list,
    sort,
    offset,
    page,
    total,
    sortBy,
    go,
    isTicked: (id) => ticks.ids.has(id) !== ticks.all,
    tick,
    tickAll: () => setTicks({ all: true, ids: new Set() }),
    untick: () => setTicks(NOBODY),
    ticked,
    chosen,
  };
}
