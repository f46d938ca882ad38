"use strict";

/** The clocks of books that have one of their own. */
const clocks = new WeakMap();

/** Methods that change nothing, and so look at no clock. */
const QUESTIONS = new Set([
  "audience",
  "backup",
  "beginCallback",
  "breakdown",
  "check",
  "close",
  "commit",
  "compact",
  "contact",
  "count",
  "definitions",
  "differencesSql",
  "endCallback",
  "explain",
  "explainSegment",
  "exportCsv",
  "fields",
  "filter",
  "find",
  "forEach",
  "heard",
  "kinds",
  "listen",
  "matches",
  "members",
  "membersSql",
  "nextChange",
  "page",
  "presets",
  "previewSegment",
  "queryBuilderFields",
  "records",
  "refresh",
  "rules",
  "segment",
  "segments",
  "segmentsOf",
  "select",
  "selected",
  "sqlMapping",
  "statuses",
  "tags",
  "unlisten",
]);

/** Gives a book its clock, where its options have one that is a function. */
function follow(book, options) {
  if (options && Object.hasOwn(options, "clock") && typeof options.clock === "function") {
    clocks.set(book, options.clock);
  }
}

/** Lets the methods that change books look at their clocks first: whatever thread makes the change, the clock is asked here. */
function addClocks(prototype) {
  const { setClock } = prototype;
  delete prototype.setClock;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value === "function" && name !== "constructor" && !QUESTIONS.has(name)) {
      const timed = function (...given) {
        const clock = clocks.get(this);
        if (clock !== undefined) {
          setClock.call(this, clock());
        }
        return value.apply(this, given);
      };
      Object.defineProperties(timed, { name: { value: name }, length: { value: value.length } });
      Object.defineProperty(prototype, name, { value: timed, configurable: true, writable: true });
    }
  }
}

/** Whether a method changes nothing. */
function isQuestion(name) {
  return QUESTIONS.has(name);
}

module.exports = { addClocks, follow, isQuestion };
