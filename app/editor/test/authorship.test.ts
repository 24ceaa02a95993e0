import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";

import { whoWrote, type Part } from "../src/authorship/who-wrote.ts";
import { stretchesOf } from "../src/authorship/stretches.ts";
import { detailOf, nameOf, sharesOf } from "../src/authorship/words.ts";

/** Two documents that have told each other everything. */
function two(): { ann: Y.Text; bo: Y.Text; sync: () => void } {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  one.clientID = 1;
  other.clientID = 2;
  const sync = () => {
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  };
  return { ann: one.getText("content"), bo: other.getText("content"), sync };
}

test("a passage is told apart by who brought its units, deleted ones left out", () => {
  const { ann, bo, sync } = two();
  ann.insert(0, "Every payment is written twice.");
  sync();
  bo.insert(6, "single ");
  bo.delete(0, 3);
  sync();
  assert.equal(ann.toString(), "ry single payment is written twice.");
  for (const text of [ann, bo]) {
    assert.deepEqual(stretchesOf(text, 3, 10), [{ client: 2, units: 7 }]);
    assert.deepEqual(stretchesOf(text, 0, 4), [{ client: 1, units: 3 }, { client: 2, units: 1 }]);
    assert.deepEqual(stretchesOf(text, 0, text.length), [{ client: 1, units: 28 }, { client: 2, units: 7 }]);
    assert.deepEqual(stretchesOf(text, 5, 5), []);
  }
});

test("units are counted as the text counts them, beyond the basic plane too", () => {
  const { ann } = two();
  ann.insert(0, "🙂🙂");
  assert.deepEqual(stretchesOf(ann, 0, 2), [{ client: 1, units: 2 }]);
});

test("the server is asked for the clients of the passage, and what it cannot answer is an error", async (t) => {
  let asked: unknown;
  const answer = (status: number, body: unknown) =>
    t.mock.method(globalThis, "fetch", (path: unknown, init?: RequestInit) => {
      asked = [path, JSON.parse(String(init?.body)), init?.signal instanceof AbortSignal];
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    });
  const passage = [{ client: 7, units: 3 }];
  answer(200, []);
  assert.deepEqual(await whoWrote("p", passage), []);
  assert.deepEqual(asked, ["/rpc/timeline/who_wrote", { proposal: "p", passage }, true]);
  answer(503, []);
  await assert.rejects(whoWrote("p", passage));
  answer(200, {});
  await assert.rejects(whoWrote("p", passage));
});

test("what is said names everybody, and shares are honest", () => {
  const part = (how: Part["how"], name: string | null, units = 1): Part => ({ who: name === null ? null : { id: "a", name }, how, units, since: null });
  assert.equal(nameOf(part("wrote", "Ann")), "Ann");
  assert.equal(nameOf(part("accepted", null)), "The accepted text");
  assert.match(detailOf(part({ suggested: { id: "b", name: "Bo" } }, "Ann")), /Bo had suggested/);
  assert.match(detailOf(part("put_back", "Ann")), /older text/);
  assert.deepEqual(sharesOf([part("wrote", "Ann", 5)]), ["all of it"]);
  assert.deepEqual(sharesOf([part("wrote", "Ann", 995), part("wrote", "Bo", 5)]), ["more than 99 %", "less than 1 %"]);
  assert.deepEqual(sharesOf([part("wrote", "Ann", 2), part("wrote", "Bo", 1)]), ["67 %", "33 %"]);
});
