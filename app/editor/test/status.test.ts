import assert from "node:assert/strict";
import { test } from "node:test";

import { statusOf, type Situation } from "../src/status.ts";

const calm: Situation = { link: "open", synced: true, mode: "writing", tooLarge: false, refused: null, suggestionsRefused: null, degraded: false, edits: 0, suggestions: 0, late: false };

const table: [string, Partial<Situation>, ReturnType<typeof statusOf>][] = [
  ["everything acknowledged is saved", {}, "saved"],
  ["a fresh change is being saved", { edits: 1 }, "saving"],
  ["a change that waits too long is not on the server", { edits: 1, late: true }, "not-on-server"],
  ["a degraded server's text is not on the server, whoever wrote it", { degraded: true }, "not-on-server"],
  ["a degraded server with a change of ours", { degraded: true, edits: 3 }, "not-on-server"],
  ["a reader has nothing to save", { mode: "reading" }, "read-only"],
  ["the first attempt is connecting", { link: "connecting", synced: false }, "connecting"],
  ["connected without the text is still connecting", { synced: false }, "connecting"],
  ["changes of an earlier visit are being saved while connecting", { synced: false, edits: 2 }, "saving"],
  ["a lost line is offline", { link: "lost", synced: false }, "offline"],
  ["offline is said with changes too", { link: "lost", synced: false, edits: 5, late: true }, "offline"],
  ["a reader's lost line is offline", { link: "lost", synced: false, mode: "reading" }, "offline"],
  ["changes of somebody who may no longer write are refused", { mode: "reading", edits: 1 }, "refused"],
  ["refused stays refused offline", { link: "lost", refused: "held", edits: 1 }, "refused"],
  ["signed out is refused, with nothing pending too", { link: "lost", refused: "signed-out" }, "refused"],
  ["somebody who suggests and has is saved", { mode: "suggesting" }, "saved"],
  ["a fresh suggestion is being saved", { mode: "suggesting", suggestions: 1 }, "saving"],
  ["a suggestion that had to be sent again is not on the server", { mode: "suggesting", suggestions: 1, late: true }, "not-on-server"],
  ["suggestions of before are being saved while one writes or reads", { mode: "reading", suggestions: 2 }, "saving"],
  ["edits of before are being saved while one suggests", { mode: "suggesting", edits: 1 }, "saving"],
  ["suggestions that are not taken are refused", { mode: "suggesting", suggestions: 1, suggestionsRefused: "role" }, "refused"],
  ["they are refused to somebody who may only read now", { mode: "reading", suggestions: 1, suggestionsRefused: "role" }, "refused"],
  ["they do not stop whoever writes", { suggestions: 1, suggestionsRefused: "role", late: true }, "not-on-server"],
  ["too large is final and comes first", { link: "lost", tooLarge: true, refused: "role", edits: 1 }, "too-large"],
];

for (const [name, change, expected] of table) {
  test(name, () => assert.equal(statusOf({ ...calm, ...change }), expected));
}

test("saved is never said while anything is pending", () => {
  for (const link of ["connecting", "open", "lost"] as const)
    for (const flags of Array.from({ length: 16 }, (_, bits) => bits)) {
      const situation = { ...calm, link, synced: !!(flags & 1), mode: flags & 2 ? "writing" : "suggesting", degraded: !!(flags & 4), late: !!(flags & 8) } as const;
      for (const pending of [{ edits: 1 }, { suggestions: 1 }]) assert.notEqual(statusOf({ ...situation, ...pending }), "saved");
    }
});
