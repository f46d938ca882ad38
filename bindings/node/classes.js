"use strict";

const { inspect } = require("node:util");
const { translated } = require("./errors.js");
const { addClocks, follow } = require("./clock.js");
const { addEvents } = require("./events.js");
const { addLongWork, addOpening, addPromises } = require("./work.js");

/** Methods that call their first argument while they run. */
const CALLING_BACK = new Set(["batch", "preview"]);

/** Classes whose objects are shown as their `toObject` gives them: as values rather than by their getters. */
const SHOWN_AS_OBJECTS = new Set(["Contact", "Filter"]);

/** Getters that are no values. */
const NOT_SHOWN = new Set(["promises"]);

/** The members of a class or of its objects that can be asked or called. */
function membersOf(owner) {
  const members = Object.entries(Object.getOwnPropertyDescriptors(owner));
  return members.filter(([, { value, get }]) => typeof (value ?? get) === "function");
}

/** A native class whose errors are those of tagmata, and whose objects can be looked at. */
function guarded(Class) {
  const { prototype } = Class;
  function Guarded(...given) {
    if (new.target === undefined) {
      throw new TypeError(`Class constructor ${Class.name} cannot be invoked without 'new'`);
    }
    try {
      const made = Reflect.construct(Class, given, new.target);
      follow(made, given[0]);
      return made;
    } catch (error) {
      throw translated(error, new.target);
    }
  }
  Object.defineProperty(Guarded, "name", { value: Class.name });
  // The objects that the native side makes are objects of this class.
  Object.defineProperty(Guarded, "prototype", { value: prototype, writable: false });
  for (const [from, to] of [[Class, Guarded], [prototype, prototype]]) {
    for (const [name, { value, get }] of membersOf(from)) {
      if (name !== "constructor") {
        const method = refusing(name, CALLING_BACK.has(name) ? callingBack(value) : (value ?? get));
        Object.defineProperty(to, name, { [get ? "get" : "value"]: method, configurable: true });
      }
    }
  }
  if (Class.name === "Book") {
    addClocks(prototype);
    addLongWork(prototype);
    addOpening(Guarded);
    addEvents(prototype);
    addPromises(prototype);
  }
  Object.defineProperty(prototype, "constructor", { value: Guarded, configurable: true, writable: true });
  makeVisible(prototype);
  return Guarded;
}

/** A method that throws the errors of tagmata. */
function refusing(name, method) {
  const call = function (...given) {
    try {
      return method.apply(this, given);
    } catch (error) {
      throw translated(error, call);
    }
  };
  return Object.defineProperties(call, { name: { value: name }, length: { value: method.length } });
}

/** A method that throws what its callback throws, whatever that is. */
function callingBack(method) {
  return function (callback, ...given) {
    if (typeof callback !== "function") {
      return method.call(this, callback, ...given);
    }
    let thrown;
    const call = (book) => {
      try {
        const returned = callback(book);
        return isThenable(returned) ? settled(returned) : returned;
      } catch (error) {
        thrown = { error };
        throw error;
      }
    };
    try {
      return method.call(this, call, ...given);
    } catch (error) {
      throw thrown ? thrown.error : error;
    }
  };
}

function isThenable(value) {
  return value !== null && typeof value === "object" && typeof value.then === "function";
}

/** A promise that cannot be taken, so that nobody will ever look at how it ends. */
function settled(thenable) {
  return Promise.resolve(thenable).then(
    () => {},
    () => {},
  );
}

/** Objects of native classes have no members of their own: they are shown, and written as JSON, by their getters. */
function makeVisible(prototype) {
  const members = Object.getOwnPropertyDescriptors(prototype);
  const getters = Object.keys(members).filter((name) => members[name].get && !NOT_SHOWN.has(name));
  const shown =
    SHOWN_AS_OBJECTS.has(prototype.constructor.name)
      ? (object) => object.toObject()
      : (object) => Object.fromEntries(getters.flatMap((name) => asked(object, name)));
  const toJSON = function () {
    return shown(this);
  };
  const inspected = function (depth, options) {
    return depth < 0 ? `[${this.constructor.name}]` : `${this.constructor.name} ${inspect(shown(this), options)}`;
  };
  for (const [key, value] of [["toJSON", toJSON], [inspect.custom, inspected]]) {
    Object.defineProperty(prototype, key, { value, configurable: true, writable: true });
  }
}

/** A member of an object, unless it is refused, as those of a book that was closed are. */
function asked(object, name) {
  try {
    return [[name, object[name]]];
  } catch {
    return [];
  }
}

module.exports = { guarded, refusing };
