import tagmata from "./index.js";

export const {
  Book,
  Contact,
  Explanation,
  Filter,
  Outcome,
  Segment,
  Selection,
  TagmataError,
  FilterError,
  InvalidValueError,
  NotFoundError,
  ConflictError,
  CsvError,
  StoreError,
  __napiBindingTarget,
} = tagmata;
