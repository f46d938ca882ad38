"use strict";

const native = require("./native.js");
const errors = require("./errors.js");
const { guarded, refusing } = require("./classes.js");

const exported = Object.entries(native).filter(([, value]) => typeof value === "function");
/** Classes have members; functions have none. */
const wrapped = (name, value) => (/^[A-Z]/.test(name) ? guarded(value) : refusing(name, value));

module.exports = {
  ...native,
  ...Object.fromEntries(exported.map(([name, value]) => [name, wrapped(name, value)])),
  ...errors.classes,
};
