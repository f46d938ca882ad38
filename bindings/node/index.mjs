import tagmata from "./index.js";

export const {
  Book,
  Commit,
  Contact,
  Explanation,
  Filter,
  ImportReport,
  Outcome,
  Segment,
  SegmentExplanation,
  Selection,
  importTemplate,
  TagmataError,
  FilterError,
  InvalidValueError,
  NotFoundError,
  ConflictError,
  CsvError,
  StoreError,
  __napiBindingTarget,
} = tagmata;
