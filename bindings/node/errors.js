"use strict";

/** What the text of a native error begins with that tells of an error of tagmata, as a JSON document. */
const MARK = "tagmata:";

/** Whatever tagmata refuses. */
class TagmataError extends Error {
  constructor(message, { code, diagnostics = [], contacts = [] } = {}) {
    super(message);
    this.code = code;
    this.diagnostics = diagnostics;
    this.contacts = Uint32Array.from(contacts);
  }
}

/** A filter is wrong: its author mends it with the help of the diagnostics. */
class FilterError extends TagmataError {}

/** A value or an option cannot be read. */
class InvalidValueError extends TagmataError {}

/** Something that was named is not there. */
class NotFoundError extends TagmataError {}

/** What was asked contradicts what is there. */
class ConflictError extends TagmataError {}

/** A CSV file cannot be read or written. */
class CsvError extends TagmataError {}

/** A book cannot be read from where it is stored, or written there. */
class StoreError extends TagmataError {}

/** A filter cannot be asked in a database. */
class SqlError extends TagmataError {}

const classes = {
  TagmataError,
  FilterError,
  InvalidValueError,
  NotFoundError,
  ConflictError,
  CsvError,
  StoreError,
  SqlError,
};

for (const [name, Class] of Object.entries(classes)) {
  Object.defineProperty(Class.prototype, "name", { value: name, configurable: true, writable: true });
}

/** The error that a native error tells of, as if `call` had thrown it; another error as it is. */
function translated(error, call) {
  if (!(error instanceof Error) || !error.message.startsWith(MARK)) {
    return error;
  }
  const told = JSON.parse(error.message.slice(MARK.length));
  const refused = new classes[told.class](told.message, told);
  Error.captureStackTrace(refused, call);
  return refused;
}

module.exports = { classes, translated };
