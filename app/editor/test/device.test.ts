import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";

import type { CopyLabel } from "../src/contract.ts";
import { addressOf, leadsTo } from "../src/device/address.ts";
import { holdRelease } from "../src/device/hold-release.ts";
import { forgetHere, lastHere, rememberHere } from "../src/device/last-here.ts";
import { sizeWords, statusTone, statusWords } from "../src/device/words.ts";
import { countUnkept, unkept, watchUnkept } from "../src/unkept.ts";

const LABEL: CopyLabel = { team: "payments", teamName: "Payments", design: 12, number: 2, title: "Ledger" };

test("every tab of a proposal leads to its copy, and nothing else does", () => {
  assert.equal(addressOf(LABEL), "/teams/payments/designs/12/proposals/2/write");
  for (const tab of ["", "/", "/write", "/read", "/review", "/history"]) assert.ok(leadsTo(`/teams/payments/designs/12/proposals/2${tab}`, LABEL), tab);
  for (const other of ["/", "/teams/payments/designs/12", "/teams/payments/designs/12/history", "/teams/payments/designs/12/proposals/22/write", "/teams/payments/designs/12/proposals/2/export"]) {
    assert.ok(!leadsTo(other, LABEL), other);
  }
});

test("the status line says the same as online", () => {
  const words = (status: Parameters<typeof statusWords>[0]["status"], pending: number, kept: number | null) =>
    statusWords({ type: "status", status, pending, kept });
  // As the tests of `status_line.rs` have it.
  assert.equal(words("offline", 1, 1), "Offline, 1 change kept on this device");
  assert.equal(words("offline", 3, 2), "Offline, 2 changes kept on this device");
  assert.equal(words("offline", 1, 0), "Offline");
  assert.equal(words("offline", 0, null), "Offline");
  assert.equal(words("connecting", 1, null), "Connecting, 1 change only in this page");
  assert.equal(words("refused", 3, 3), "Not saved, 3 changes kept on this device");
  assert.equal(words("refused", 0, 0), "Disconnected");
  assert.equal(statusTone({ type: "status", status: "offline", pending: 0, kept: 0 }), "warning");
});

test("sizes are said in words that a person needs", () => {
  assert.deepEqual([0, 999, 12_400, 1_440_000].map(sizeWords), ["less than 1 KB", "less than 1 KB", "12 KB", "1.4 MB"]);
});

test("whoever was here last is known until they sign out, and is nobody where nothing can be stored", () => {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  assert.equal(lastHere(), null);
  rememberHere({ account: "a", name: "Ada" });
  rememberHere({ account: "b", name: "Bo" });
  assert.deepEqual(lastHere(), { account: "b", name: "Bo" });
  stored.set("here", "{");
  assert.equal(lastHere(), null);
  forgetHere();
  assert.equal(stored.size, 0);
  Object.defineProperty(globalThis, "localStorage", { value: undefined, configurable: true });
  rememberHere({ account: "a", name: "Ada" });
  assert.equal(lastHere(), null);
});

test("a page says by a lock which script it is of, as the worker looks for it, and goes on without where there are none", () => {
  const held: unknown[] = [];
  const { navigator } = globalThis;
  const request = (name: string, { mode }: { mode: string }) => (held.push([name, mode]), Promise.resolve());
  try {
    for (const value of [{ locks: { request } }, {}]) {
      Object.defineProperty(globalThis, "navigator", { value, configurable: true });
      holdRelease("https://quorum.example/pkg/frame-ABCDEFGH.js?again");
    }
  } finally {
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  }
  assert.deepEqual(held, [["quorum /pkg/frame-ABCDEFGH.js", "shared"]]);
});

test("changes that are in the page only are counted while there are any", () => {
  let pending = 2;
  const end = watchUnkept({ proposal: "p", pending: () => pending, text: new Y.Doc().getText(), suggestions: () => new Map() });
  assert.deepEqual([countUnkept(), unkept().map(({ proposal }) => proposal)], [2, ["p"]]);
  pending = 0;
  assert.deepEqual([countUnkept(), unkept().length], [0, 0]);
  pending = 1;
  end();
  assert.equal(countUnkept(), 0);
});
