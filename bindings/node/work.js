"use strict";

const { Readable } = require("node:stream");
const { pipeline } = require("node:stream/promises");
const { setImmediate } = require("node:timers/promises");
const { translated } = require("./errors.js");
const { follow } = require("./clock.js");

/** Native methods that are parts of others. */
const HIDDEN = ["beginCallback", "endCallback", "selected", "records"];

/** Native methods that give promises and need nothing else done for them. */
const PROMISING = ["commit", "sqlMapping"];

/** Native methods whose work can be watched and stopped, by the place of their options; what asks JavaScript comes behind these. */
const WATCHED = { refresh: 0, backup: 1, check: 0, compact: 1 };

/** Methods that change many contacts, by the place of their options; with `true` behind these, the native ones give promises. */
const CHANGING = {
  addTags: 2,
  removeTags: 2,
  setStatus: 2,
  updateContacts: 2,
  deleteContacts: 1,
  addToSegment: 2,
  removeFromSegment: 2,
  deleteInteractions: 1,
  undo: 1,
};

/** How many contacts `forEach` hands out at once if nothing else is said. */
const BATCH = 1000;

/** How many bytes of a file a stream gets at once. */
const CHUNK = 64 * 1024;

/** The promises of each book that are not kept yet. */
const underWay = new WeakMap();

/** Gives books the methods that are made of native ones: work on other threads, and iteration. */
function addLongWork(prototype) {
  const hidden = Object.fromEntries(HIDDEN.map((name) => [name, prototype[name]]));
  HIDDEN.forEach((name) => delete prototype[name]);
  const methods = {
    importCsv: noted(importing(prototype.importCsv, hidden)),
    importInteractions: noted(importing(prototype.importInteractions, hidden)),
    exportCsv: noted(exporting(prototype.exportCsv)),
    ...made(PROMISING, (name) => noted(promising(name, prototype[name]))),
    ...made(Object.keys(WATCHED), (name) => noted(watched(name, prototype[name], WATCHED[name]))),
    close: closing(promising("close", prototype.close)),
    forEach(selection, options) {
      const contacts = hidden.selected.call(this, selection, options);
      return batches(this, contacts, own(options, "batch") ?? BATCH, hidden);
    },
  };
  if (Symbol.asyncDispose !== undefined) {
    // For `await using`; the first releases of Node 20 do not have it.
    methods[Symbol.asyncDispose] = methods.close;
  }
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(prototype, name, { value: methods[name], configurable: true, writable: true });
  }
}

/** Gives books the changes of many contacts as promises, and these the native ones alone: they return when the change is made. */
function addPromises(prototype) {
  const names = Object.keys(CHANGING);
  const promises = made(names, (name) => noted(later(name, prototype[name], CHANGING[name])));
  const now = made(names, (name) => before(name, prototype[name], CHANGING[name]));
  for (const name of names) {
    Object.defineProperty(prototype, name, { value: now[name], configurable: true, writable: true });
  }
  const bound = new WeakMap();
  const get = function () {
    if (!bound.has(this)) {
      bound.set(this, Object.freeze(made(names, (name) => promises[name].bind(this))));
    }
    return bound.get(this);
  };
  Object.defineProperty(prototype, "promises", { get, configurable: true });
}

/** An object of what is made for each name. */
function made(names, make) {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

/** Gives the class of books the way to open durable ones. */
function addOpening(Book) {
  const native = watched("open", Book.open, 1);
  async function open(path, options) {
    const book = await native.call(this, path, options);
    follow(book, options);
    // Called on a class that extends `Book`, it opens one of these.
    return typeof this === "function" && this !== Book ? Object.setPrototypeOf(book, this.prototype) : book;
  }
  Object.defineProperty(Book, "open", { value: open, configurable: true, writable: true });
}

/** A method whose promise is rejected with the errors of tagmata. */
function promising(name, native) {
  const method = async function (...given) {
    try {
      return await native.apply(this, given);
    } catch (error) {
      throw translated(error, method);
    }
  };
  return Object.defineProperties(method, { name: { value: name }, length: { value: native.length } });
}

/** A method of work that can be watched and stopped: its promise is rejected with the errors of tagmata, or with what stopped it. */
function watched(name, native, place) {
  const method = async function (...given) {
    const { signal, onProgress } = checked(given[place]);
    signal?.throwIfAborted();
    const { ask, told, thrown } = answers({ signal, onProgress });
    let done;
    try {
      done = await native.call(this, ...padded(given, place + 1), ask);
    } catch (error) {
      throw reason(error, thrown(), signal, method);
    }
    if (ask !== undefined) {
      // What was asked on the way is heard first.
      await setImmediate();
      told();
    }
    if (thrown()) {
      throw thrown().error;
    }
    return done;
  };
  return Object.defineProperties(method, { name: { value: name }, length: { value: native.length } });
}

/** Why work ended without its result: what a callback threw, what stopped it, or what is wrong. */
function reason(error, thrown, signal, method) {
  if (thrown) {
    return thrown.error;
  }
  return signal?.aborted ? signal.reason : translated(error, method);
}

/** So many arguments, whatever is given: what comes behind them has its place. */
function padded(given, count) {
  return Array.from({ length: count }, (_, at) => given[at]);
}

/** What work on a file asks now and then, without waiting: whether it is to go on. */
function answers({ signal, onProgress }) {
  let thrown;
  let last;
  const tell = (done, total) => {
    last = { done, total };
    try {
      onProgress?.({ done, total });
    } catch (error) {
      thrown ??= { error };
    }
  };
  const ask = (done, total) => {
    if (!thrown && !signal?.aborted) {
      tell(done, total);
    }
    return !thrown && !signal?.aborted;
  };
  /** Tells that all is done, if that was not told. */
  const told = () => {
    if (last && !thrown && last.done < last.total) {
      tell(last.total, last.total);
    }
  };
  return { ask: signal || onProgress ? ask : undefined, told, thrown: () => thrown };
}

/** A change of many contacts that is made when the call returns. */
function before(name, native, place) {
  const method = function (...given) {
    return native.apply(this, given.slice(0, place + 1));
  };
  return Object.defineProperties(method, { name: { value: name }, length: { value: native.length } });
}

/** A change of many contacts on another thread. */
function later(name, native, place) {
  return promising(name, function (...given) {
    return native.call(this, ...padded(given, place + 1), true);
  });
}

/** A method whose promises are waited for before the book is closed. */
function noted(method) {
  const noting = function (...given) {
    const promise = method.apply(this, given);
    const all = underWay.get(this) ?? new Set();
    underWay.set(this, all.add(promise));
    const end = () => all.delete(promise);
    promise.then(end, end);
    return promise;
  };
  return Object.defineProperties(noting, { name: { value: method.name }, length: { value: method.length } });
}

/** Closing, which comes behind the work that was begun before it: other threads may be faster with one or the other. */
function closing(native) {
  return async function close() {
    const before = [...(underWay.get(this) ?? [])];
    if (before.length > 0) {
      await Promise.allSettled(before);
    }
    return native.call(this);
  };
}

/** A method that imports a file on another thread, from the native one that does it. */
function importing(native, hidden) {
  return async function imported(source, options) {
    const { signal, onProgress } = checked(options);
    signal?.throwIfAborted();
    const bytes = isStream(source) ? await contents(source, signal) : source;
    const { ask, thrown } = questions(this, { signal, onProgress }, hidden);
    try {
      return await native.call(this, bytes, options, ask);
    } catch (error) {
      throw reason(error, thrown(), signal, imported);
    }
  };
}

/** A method that exports a file: made on another thread, then handed to a stream as it takes it. */
function exporting(native) {
  return async function exportCsv(target = null, options = undefined) {
    const { signal, onProgress } = checked(options);
    signal?.throwIfAborted();
    const takes = isWritable(target);
    let rows, bytes;
    try {
      [rows, bytes] = await native.call(this, takes ? null : target, options);
    } catch (error) {
      throw translated(error, exportCsv);
    }
    if (bytes === undefined) {
      return rows;
    }
    signal?.throwIfAborted();
    if (!takes) {
      return bytes.toString();
    }
    try {
      await pipeline(Readable.from(chunks(bytes, onProgress)), target, { signal: signal ?? undefined });
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
    return rows;
  };
}

/** Whether this is a stream that can be written to, of Node or of the web. */
function isWritable(target) {
  return target !== null && typeof target === "object" && [target.write, target.getWriter].some((is) => typeof is === "function");
}

/** A file in parts, each when it is asked for. */
function* chunks(bytes, onProgress) {
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const chunk = bytes.subarray(from, from + CHUNK);
    yield chunk;
    onProgress?.({ doneBytes: from + chunk.length, totalBytes: bytes.length });
  }
}

/** The options that JavaScript looks at; the others are the native side's. */
function checked(options) {
  const [signal, onProgress] = [own(options, "signal"), own(options, "onProgress")];
  if (signal !== null && !(signal instanceof AbortSignal)) {
    throw new TypeError("`signal` takes an AbortSignal");
  }
  if (onProgress !== null && typeof onProgress !== "function") {
    throw new TypeError("`onProgress` takes a function");
  }
  return { signal, onProgress };
}

/** An option of an object that does not inherit it, or nothing. */
function own(options, name) {
  return (options !== null && typeof options === "object" && Object.hasOwn(options, name) ? options[name] : null) ?? null;
}

function isStream(source) {
  return source !== null && typeof source === "object" && typeof source[Symbol.asyncIterator] === "function";
}

/** All bytes of a stream. */
async function contents(stream, signal) {
  const chunks = [];
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

/** What an import asks every now and then: whether it is to go on. Inside, the book takes no calls. */
function questions(book, { signal, onProgress }, { beginCallback, endCallback }) {
  let thrown;
  const ask = (doneBytes, totalBytes, rows) => {
    if (signal?.aborted) {
      return false;
    }
    beginCallback.call(book);
    try {
      onProgress?.({ doneBytes, totalBytes, rows });
      return !signal?.aborted;
    } catch (error) {
      thrown = { error };
      return false;
    } finally {
      endCallback.call(book);
    }
  };
  return { ask: signal || onProgress ? ask : undefined, thrown: () => thrown };
}

/** Contacts as plain objects, batch by batch; those that are deleted meanwhile are passed over. */
function* batches(book, contacts, size, { records }) {
  for (let from = 0; from < contacts.length; from += size) {
    const batch = records.call(book, contacts.slice(from, from + size));
    if (batch.length > 0) {
      yield batch;
    }
  }
}

module.exports = { addLongWork, addOpening, addPromises };
