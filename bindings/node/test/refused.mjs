import assert from "node:assert/strict";

/** Asserts that a call is refused with an error of a class, and with these members. */
export function refused(call, Class, { message, ...expected }) {
  let error;
  assert.throws(call, (thrown) => {
    error = thrown;
    return thrown instanceof Class;
  });
  assert.equal(error.name, error.constructor.name);
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(error[name], value, `${name}: ${error.message}`);
  }
  if (message !== undefined) {
    assert.equal(error.diagnostics[0].message, message);
  }
  return error;
}
