import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilterAnswer, Refusal } from "../shared/api.ts";
import { world } from "./world.ts";

test("text and tree are two spellings of one filter", async (t) => {
  const { ask } = await world(t);
  const table: [text: string, tree: object, count: number][] = [
    ["", { combinator: "and", rules: [] }, 5],
    ['status = "lead"', { combinator: "and", rules: [{ field: "status", operator: "=", value: "lead" }] }, 3],
    [
      'tags has any ("fidèle", "salon") and billed > 100',
      {
        combinator: "and",
        rules: [
          { field: "tags", operator: "in", value: ["fidèle", "salon"] },
          { field: "billed", operator: ">", value: 100 },
        ],
      },
      1,
    ],
  ];
  for (const [text, tree, count] of table) {
    const read = await ask<FilterAnswer>("POST", "/api/filter", { text });
    assert.deepEqual([read.answer.tree, read.answer.count, read.answer.untold], [tree, count, null], text);
    const built = await ask<FilterAnswer>("POST", "/api/filter", { tree });
    assert.deepEqual([built.answer.text, built.answer.count], [text, count], text);
  }
});

test("what is wrong has its place in the text, or in the tree", async (t) => {
  const { ask } = await world(t);
  const text = "country = FR and biled > 1000";
  const written = await ask<Refusal>("POST", "/api/filter", { text });
  const [problem] = written.answer.diagnostics;
  assert.deepEqual(
    [written.status, problem?.code, text.slice(problem?.start ?? 0, problem?.end ?? 0), problem?.expected],
    [422, "E0201", "biled", ["billed"]],
  );
  const rules = [
    { field: "country", operator: "=", value: "FR" },
    { combinator: "or", rules: [{ field: "status", operator: "=", value: "" }] },
  ];
  const built = await ask<Refusal>("POST", "/api/filter", { tree: { combinator: "and", rules } });
  assert.deepEqual(
    [built.status, built.answer.diagnostics.map(({ code, pointer }) => [code, pointer])],
    [422, [["E0702", "/rules/1/rules/0/value"]]],
  );
});

test("what a builder cannot show is no tree, and still a filter", async (t) => {
  const { ask } = await world(t);
  const { status, answer } = await ask<FilterAnswer>("POST", "/api/filter", { text: "everyone" });
  assert.deepEqual([status, answer.tree, answer.count], [200, null, 5]);
  assert.ok(answer.untold?.includes("everyone"), String(answer.untold));
});

test("warnings come with the filter", async (t) => {
  const { ask } = await world(t);
  const text = "not billed > 1000";
  const { answer } = await ask<FilterAnswer>("POST", "/api/filter", { text });
  const told = answer.lints.map(({ severity, start, end }) => [severity, text.slice(start ?? 0, end ?? 0)]);
  assert.deepEqual(told, [["warning", "billed > 1000"]]);
});
