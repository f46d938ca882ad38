// The deepest legal filters, and deeper ones, as objects of JavaScript, in a worker with a small stack (docs/limits.md).

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

/** Runs the table of `stack_worker.mjs` in a thread: what overflows its stack ends the process, and this test with it. */
async function onASmallStack(deed) {
  const worker = new Worker(new URL("./stack_worker.mjs", import.meta.url), { workerData: deed, resourceLimits: { stackSizeMb: 0.5 } });
  const [[answer]] = await Promise.all([once(worker, "message"), once(worker, "exit")]);
  return answer;
}

for (const deed of ["deepest", "deeper", "chains", "circles"]) {
  test(`filters as objects on a small stack: ${deed}`, async () => {
    assert.equal(await onASmallStack(deed), "done");
  });
}
