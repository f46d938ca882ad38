"use strict";

const native = require("./native.js");
const errors = require("./errors.js");
const { guarded } = require("./classes.js");

const classes = Object.entries(native).filter(([, exported]) => typeof exported === "function");

module.exports = {
  ...native,
  ...Object.fromEntries(classes.map(([name, Class]) => [name, guarded(Class)])),
  ...errors.classes,
};
