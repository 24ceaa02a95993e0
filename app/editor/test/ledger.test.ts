import assert from "node:assert/strict";
import { test } from "node:test";

import { Ledger } from "../src/ledger.ts";

test("frames are numbered from 1", () => {
  const ledger = new Ledger();
  ledger.add("a", 0);
  assert.equal(ledger.sent(["a"]), 1);
  assert.equal(ledger.sent([]), 2);
});

test("an acknowledgement covers every frame up to its number", () => {
  const ledger = new Ledger();
  for (const id of ["a", "b", "c"]) {
    ledger.add(id, 0);
    ledger.sent([id]);
  }
  assert.deepEqual(ledger.committed(2), ["a", "b"]);
  assert.equal(ledger.size, 1);
  assert.deepEqual(ledger.committed(3), ["c"]);
});

test("a change that was never sent is never acknowledged", () => {
  const ledger = new Ledger();
  ledger.add("kept", 0);
  ledger.add("sent", 1);
  ledger.sent(["sent"]);
  assert.deepEqual(ledger.committed(1), ["sent"]);
  assert.deepEqual(ledger.ids, ["kept"]);
});

test("a number beyond what was sent acknowledges nothing", () => {
  const ledger = new Ledger();
  ledger.add("a", 0);
  ledger.sent(["a"]);
  assert.deepEqual(ledger.committed(9), []);
  assert.equal(ledger.size, 1);
});

test("a new connection numbers anew and its acknowledgements say nothing of frames of the old one", () => {
  const ledger = new Ledger();
  ledger.add("a", 0);
  ledger.sent(["a"]);
  ledger.restart();
  assert.equal(ledger.sent([]), 1);
  assert.deepEqual(ledger.committed(1), []);
  assert.equal(ledger.sent(ledger.ids), 2);
  assert.deepEqual(ledger.committed(2), ["a"]);
});

test("an answer to the server carries everything pending in one frame", () => {
  const ledger = new Ledger();
  ledger.add("a", 5);
  ledger.add("b", 7);
  assert.equal(ledger.oldest, 5);
  ledger.sent(ledger.ids);
  assert.deepEqual(ledger.committed(1), ["a", "b"]);
  assert.equal(ledger.oldest, null);
});
