// A filter is written as text or built as a tree: each asks here for the other.

import type { FastifyInstance } from "fastify";
import { type Filter, FilterError } from "tagmata";
import { FilterRequest, type FilterAnswer, type QueryTree } from "../../shared/api.ts";
import type { Crm } from "../crm.ts";
import { isBlank } from "../selections.ts";

/** No filter: a builder without rules, and a text without conditions. */
const NOTHING: QueryTree = { combinator: "and", rules: [] };

export function filters(app: FastifyInstance, { book }: Crm): void {
  app.post<{ Body: FilterRequest }>("/api/filter", { schema: { body: FilterRequest } }, ({ body }): FilterAnswer => {
    if ("text" in body ? isBlank(body.text) : isNothing(body.tree)) {
      return { text: "", tree: NOTHING, untold: null, lints: [], count: book.count("everyone") };
    }
    const filter = "text" in body ? book.filter(body.text) : book.filter(body.tree);
    return { text: filter.toString(), ...treeOf(filter), lints: filter.lints, count: book.count(filter) };
  });
}

/**
 * Only the outermost group may be without rules: that is how a query builder begins. Whatever else is in it, such as a
 * `not`, is tagmata's to judge.
 */
function isNothing(tree: QueryTree): boolean {
  return Array.isArray(tree.rules) && tree.rules.length === 0 && tree.not !== true;
}

function treeOf(filter: Filter): Pick<FilterAnswer, "tree" | "untold"> {
  try {
    return { tree: filter.toQueryBuilder() as QueryTree, untold: null };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { tree: null, untold: error.diagnostics[0]?.message ?? error.message };
  }
}
