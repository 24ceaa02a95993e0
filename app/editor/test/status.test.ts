import assert from "node:assert/strict";
import { test } from "node:test";

import { statusOf, type Situation } from "../src/status.ts";

const calm: Situation = { link: "open", synced: true, writable: true, tooLarge: false, refused: null, degraded: false, pending: 0, late: false };

const table: [string, Partial<Situation>, ReturnType<typeof statusOf>][] = [
  ["everything acknowledged is saved", {}, "saved"],
  ["a fresh change is being saved", { pending: 1 }, "saving"],
  ["a change that waits too long is not on the server", { pending: 1, late: true }, "not-on-server"],
  ["a degraded server's text is not on the server, whoever wrote it", { degraded: true }, "not-on-server"],
  ["a degraded server with a change of ours", { degraded: true, pending: 3 }, "not-on-server"],
  ["a reader has nothing to save", { writable: false }, "read-only"],
  ["the first attempt is connecting", { link: "connecting", synced: false }, "connecting"],
  ["connected without the text is still connecting", { synced: false }, "connecting"],
  ["changes of an earlier visit are being saved while connecting", { synced: false, pending: 2 }, "saving"],
  ["a lost line is offline", { link: "lost", synced: false }, "offline"],
  ["offline is said with changes too", { link: "lost", synced: false, pending: 5, late: true }, "offline"],
  ["a reader's lost line is offline", { link: "lost", synced: false, writable: false }, "offline"],
  ["changes of somebody who may no longer write are refused", { writable: false, pending: 1 }, "refused"],
  ["refused stays refused offline", { link: "lost", refused: "held", pending: 1 }, "refused"],
  ["signed out is refused, with nothing pending too", { link: "lost", refused: "signed-out" }, "refused"],
  ["too large is final and comes first", { link: "lost", tooLarge: true, refused: "role", pending: 1 }, "too-large"],
];

for (const [name, change, expected] of table) {
  test(name, () => assert.equal(statusOf({ ...calm, ...change }), expected));
}

test("saved is never said while anything is pending", () => {
  for (const link of ["connecting", "open", "lost"] as const)
    for (const flags of Array.from({ length: 16 }, (_, bits) => bits)) {
      const situation = { ...calm, link, synced: !!(flags & 1), writable: !!(flags & 2), degraded: !!(flags & 4), late: !!(flags & 8), pending: 1 };
      assert.notEqual(statusOf(situation), "saved");
    }
});
