import assert from "node:assert/strict";

/** Asserts that a call is refused with an error of a class, and with these members. */
export function refused(call, Class, expected) {
  let error;
  assert.throws(call, (thrown) => {
    error = thrown;
    return thrown instanceof Class;
  });
  return compared(error, expected);
}

/** Asserts that a promise is rejected with an error of a class, and with these members. */
export async function rejected(promise, Class, expected) {
  let error;
  await assert.rejects(promise, (thrown) => {
    error = thrown;
    return thrown instanceof Class;
  });
  return compared(error, expected);
}

function compared(error, { message, ...expected }) {
  assert.equal(error.name, error.constructor.name);
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(error[name], value, `${name}: ${error.message}`);
  }
  if (message !== undefined) {
    assert.equal(error.diagnostics[0].message, message);
  }
  return error;
}
