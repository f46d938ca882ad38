"use strict";

const { EventEmitter } = require("node:events");
const { isQuestion } = require("./clock.js");

/** What can be listened to. */
const NAMES = ["commit", "entered", "left"];

/** What Node listens to beside it in its `once` and `on`. It never happens: what is refused is thrown. */
const ERROR = "error";

/** The methods of an event emitter that books have, and whether their first argument is the name of an event. */
const METHODS = {
  on: true,
  once: true,
  off: true,
  addListener: true,
  removeListener: true,
  prependListener: true,
  prependOnceListener: true,
  removeAllListeners: true,
  listenerCount: true,
  listeners: true,
  eventNames: false,
};

/** The events of each book that somebody has listened to. */
const emitters = new WeakMap();

/** Gives books their events, and lets the methods that change them tell these. */
function addEvents(prototype) {
  const native = Object.fromEntries(["listen", "unlisten", "heard"].map((name) => [name, prototype[name]]));
  Object.keys(native).forEach((name) => delete prototype[name]);
  const tell = telling(native);
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value === "function" && name !== "constructor" && (name === "refresh" || !isQuestion(name))) {
      define(prototype, name, value.length, told(value, tell));
    }
  }
  for (const [name, takesEvent] of Object.entries(METHODS)) {
    const { length } = EventEmitter.prototype[name];
    define(prototype, name, length, function (...given) {
      const [event] = given;
      if (takesEvent && !(name === "removeAllListeners" && event === undefined) && ![...NAMES, ERROR].includes(event)) {
        throw new TypeError(`\`${name}\` takes the name of an event: ${NAMES.join(", ")}; not ${String(event)}`);
      }
      const emitter = emitters.get(this) ?? new EventEmitter();
      const answer = emitter[name](...given);
      listenIfAsked(this, emitter, native, tell);
      return answer === emitter ? this : answer;
    });
  }
}

/** Listens to a book as long as somebody wants to know. */
function listenIfAsked(book, emitter, native, tell) {
  const isAsked = emitter.eventNames().length > 0;
  if (isAsked && !emitters.has(book)) {
    emitters.set(book, emitter);
    // What listens does not keep the book.
    const reference = new WeakRef(book);
    native.listen.call(book, () => tell(reference.deref()));
  } else if (!isAsked && emitters.delete(book)) {
    native.unlisten.call(book);
  }
}

/** A method that tells what it has done once its caller has come to an end, or before its promise is kept. */
function told(method, tell) {
  return function (...given) {
    const answer = method.apply(this, given);
    if (!emitters.has(this)) {
      return answer;
    }
    if (answer instanceof Promise) {
      return answer.finally(() => tell(this));
    }
    queueMicrotask(() => tell(this));
    return answer;
  };
}

/** Tells the listeners of a book what became true, in its order. */
function telling({ heard }) {
  return function tell(book) {
    const emitter = emitters.get(book);
    for (const happened of emitter ? heard.call(book) : []) {
      for (const [name, event] of events(happened)) {
        emit(emitter, name, event);
      }
    }
  };
}

/** The events of a change, or of time: what time did comes first. */
function* events(happened) {
  const advance = happened.advance ?? happened;
  for (const commit of advance.commits) {
    yield ["commit", commit];
  }
  yield* moves(advance, null);
  if (happened.advance && !happened.commit.isEmpty) {
    yield ["commit", happened.commit];
    yield* moves(happened.effects, happened.commit);
  }
}

function* moves(effects, commit) {
  for (const name of ["left", "entered"]) {
    for (const [segment, contacts] of Object.entries(effects[name])) {
      yield [name, { segment, contacts, commit }];
    }
  }
}

/** A listener that throws keeps nobody else from hearing, and no change from being true: its error is nobody's but the process's. */
function emit(emitter, name, event) {
  try {
    emitter.emit(name, event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function define(prototype, name, length, method) {
  Object.defineProperties(method, { name: { value: name }, length: { value: length } });
  Object.defineProperty(prototype, name, { value: method, configurable: true, writable: true });
}

module.exports = { addEvents };
