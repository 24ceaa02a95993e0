import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { mock, test, type TestContext } from "node:test";

import type { LiveThread, SuggestedEdit } from "../src/contract.ts";
import { Keeper } from "../src/keeper.ts";
import { Refused, suggest, type Answer, type Suggestion } from "../src/suggest-request.ts";

// What a window has and node has not.
const page = new EventTarget();
setMaxListeners(0, page);
globalThis.addEventListener = page.addEventListener.bind(page) as typeof addEventListener;
globalThis.removeEventListener = page.removeEventListener.bind(page) as typeof removeEventListener;

const edit = (replacement: string): SuggestedEdit => ({ start: "AA==", end: "AA==", original: "was", replacement });
const suggestion = (thread: string, ...words: string[]): Suggestion => ({ thread, edits: words.map(edit) });
const record = (id: string, state: "open" | "rejected" | "accepted", ...words: string[]): LiveThread => ({
  id, start: "", end: "", kind: "suggestion", resolved: false, suggestion: { mine: true, state, edits: words.map(edit) },
});

/** A keeper whose requests are answered by hand, and time that passes by hand. */
function bench(t: TestContext, kept: Suggestion[] = []) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const disk = new Map(kept.map((one) => [one.thread, one.edits]));
  const copy = {
    works: true,
    writing: 0,
    load: async () => [...disk].map(([thread, edits]) => ({ thread, edits })),
    put: async ({ thread, edits }: Suggestion) => void disk.set(thread, edits),
    remove: async (ids: string[]) => ids.forEach((id) => disk.delete(id)),
    close: async () => undefined,
  };
  const requests: Suggestion[][] = [];
  let answer: (answers: Answer[]) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const bench = {
    disk,
    requests,
    clear: true,
    now: [] as Suggestion[],
    sent: [] as string[][],
    decided: [] as string[],
    keeper: null as unknown as Keeper,
    type(...now: Suggestion[]) {
      bench.now = now;
      bench.keeper.typed();
    },
    async pass(ms: number) {
      mock.timers.tick(ms);
      await settle();
    },
    async answer(...answers: Answer[]) {
      answer(answers);
      await settle();
    },
    async fail(error: Error) {
      fail(error);
      await settle();
    },
  };
  bench.keeper = new Keeper({
    post: (suggested) => {
      requests.push(suggested);
      return new Promise((resolve, reject) => ([answer, fail] = [resolve, reject]));
    },
    copy: copy as never,
    isClear: () => bench.clear,
    changed: () => undefined,
    random: () => 0.5,
  });
  bench.keeper.attach({
    collect: () => bench.now,
    sent: (ids) => void bench.sent.push([...ids]),
    decided: (ids) => void bench.decided.push(...ids),
  });
  return bench;
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

test("what is typed is on the disk within a tenth of a second, and sent when typing rests", async (t) => {
  const { keeper, disk, requests, sent, type, pass, answer } = bench(t);
  type(suggestion("a", "on"));
  assert.equal(keeper.pending, 1);
  assert.equal(keeper.kept, 0);
  await pass(100);
  assert.equal(keeper.kept, 1);
  type(suggestion("a", "one"));
  await pass(499);
  assert.deepEqual(disk.get("a"), [edit("one")]);
  assert.equal(requests.length, 0);
  await pass(1);
  assert.deepEqual(requests, [[suggestion("a", "one")]]);
  assert.deepEqual(sent, [["a"]]);
  await answer("kept");
  assert.equal(keeper.pending, 0);
  assert.equal(disk.size, 0);
});

test("a suggestion that the server has is not sent again until it changes", async (t) => {
  const { keeper, requests, type, pass, answer } = bench(t);
  type(suggestion("a", "one"));
  await pass(500);
  await answer("kept");
  type(suggestion("a", "one"));
  await pass(1_000);
  assert.equal(requests.length, 1);
  assert.equal(keeper.pending, 0);
  type(suggestion("a", "one"), suggestion("b", "two"));
  await pass(500);
  assert.deepEqual(requests[1], [suggestion("b", "two")]);
});

test("what is typed while a request is under way goes with the next, never beside it", async (t) => {
  const { keeper, requests, type, pass, answer } = bench(t);
  type(suggestion("a", "one"));
  await pass(500);
  type(suggestion("a", "two"));
  await pass(5_000);
  assert.equal(requests.length, 1);
  await answer("kept");
  assert.equal(keeper.pending, 1);
  await pass(500);
  assert.deepEqual(requests[1], [suggestion("a", "two")]);
});

test("back to what the server has, while something else is on its way there, is sent", async (t) => {
  const { requests, type, pass, answer } = bench(t);
  type(suggestion("a", "one"));
  await pass(500);
  await answer("kept");
  type(suggestion("a", "two"));
  await pass(500);
  type(suggestion("a", "one"));
  await pass(500);
  await answer("kept");
  await pass(500);
  assert.deepEqual(requests.at(-1), [suggestion("a", "one")]);
});

test("what is taken back before it was sent is nobody's business; afterwards it is withdrawn", async (t) => {
  const { keeper, disk, requests, type, pass, answer } = bench(t);
  type(suggestion("a", "one"));
  await pass(200);
  type();
  await pass(1_000);
  assert.deepEqual([requests.length, keeper.pending, disk.size], [0, 0, 0]);
  type(suggestion("b", "one"));
  await pass(500);
  await answer("kept");
  type();
  await pass(500);
  assert.deepEqual(requests[1], [{ thread: "b", edits: [] }]);
  assert.deepEqual(keeper.latest.get("b"), []);
});

test("a server that cannot be reached is asked again, later and later, and at once when the network is back", async (t) => {
  const { keeper, requests, type, pass, fail, answer } = bench(t);
  type(suggestion("a", "one"));
  await pass(500);
  await fail(new Error("503"));
  assert.equal(keeper.failing, true);
  await pass(1_000);
  assert.equal(requests.length, 2);
  await fail(new Error("network"));
  await pass(1_000);
  assert.equal(requests.length, 2);
  page.dispatchEvent(new Event("online"));
  await pass(0);
  assert.equal(requests.length, 3);
  await answer("kept");
  assert.deepEqual([keeper.failing, keeper.pending], [false, 0]);
});

test("a refusal is final until something has changed, and loses nothing", async (t) => {
  const { keeper, disk, requests, type, pass, fail } = bench(t);
  type(suggestion("a", "one"));
  await pass(500);
  await fail(new Refused("role"));
  await pass(60_000);
  assert.deepEqual([requests.length, keeper.refused, keeper.pending, disk.size], [1, "role", 1, 1]);
  keeper.again();
  await pass(0);
  assert.equal(requests.length, 2);
});

test("one that the server does not take keeps no other back, and is sent again when it is another", async (t) => {
  const { keeper, requests, type, pass, fail, answer } = bench(t);
  type(suggestion("a", "one"), suggestion("b", "too long"), suggestion("c", "three"));
  await pass(500);
  await fail(new Refused("role", true));
  await pass(0);
  assert.deepEqual(requests[1], [suggestion("a", "one")]);
  await answer("kept");
  await pass(0);
  await fail(new Refused("role", true));
  await pass(0);
  assert.deepEqual(requests[3], [suggestion("c", "three")]);
  await answer("kept");
  await pass(60_000);
  assert.deepEqual([requests.length, keeper.refused, keeper.unfit, keeper.pending], [4, null, true, 1]);
  type(suggestion("a", "one"), suggestion("b", "two"), suggestion("c", "three"));
  await pass(500);
  assert.deepEqual(requests[4], [suggestion("b", "two")]);
  await answer("kept");
  assert.deepEqual([keeper.unfit, keeper.pending], [false, 0]);
});

test("nothing is sent while the server lacks edits that it may be about", async (t) => {
  const b = bench(t);
  b.clear = false;
  b.type(suggestion("a", "one"));
  await b.pass(5_000);
  assert.equal(b.requests.length, 0);
  b.clear = true;
  b.keeper.poke();
  await b.pass(0);
  assert.equal(b.requests.length, 1);
});

test("a suggestion without a place waits until the text changes", async (t) => {
  const { keeper, requests, type, pass, answer } = bench(t);
  type(suggestion("a", "one"), suggestion("b", "two"));
  await pass(500);
  await answer("outdated", "kept");
  await pass(60_000);
  keeper.poke();
  await pass(60_000);
  assert.equal(requests.length, 1);
  keeper.textMoved();
  await pass(500);
  assert.deepEqual(requests[1], [suggestion("a", "one")]);
});

test("what somebody has decided meanwhile is forgotten, by the answer or by the page's list", async (t) => {
  const { keeper, decided, disk, requests, type, pass, answer } = bench(t);
  type(suggestion("a", "one"), suggestion("b", "two"));
  await pass(500);
  await answer("decided", "kept");
  assert.deepEqual(decided, ["a"]);
  type(suggestion("a", "one more"), suggestion("b", "two more"));
  await pass(100);
  keeper.heard([record("b", "rejected", "two")]);
  await pass(1_000);
  assert.deepEqual([requests.length, keeper.pending, disk.size], [1, 0, 0]);
});

test("what is known better here than in the page's list is so until the list has caught up", async (t) => {
  const { keeper, type, pass, answer } = bench(t);
  type(suggestion("a", "one"));
  await pass(500);
  await answer("kept");
  keeper.heard([record("a", "open", "of before")]);
  assert.deepEqual(keeper.latest.get("a"), [edit("one")]);
  keeper.heard([record("a", "open", "one")]);
  assert.equal(keeper.latest.has("a"), false);
});

test("what an earlier visit left is sent, whatever the mode, withdrawals too", async (t) => {
  const { keeper, requests, pass, answer, disk } = bench(t, [suggestion("a", "one"), { thread: "b", edits: [] }]);
  await keeper.load();
  assert.equal(keeper.pending, 2);
  await pass(0);
  assert.deepEqual(requests[0], [suggestion("a", "one"), { thread: "b", edits: [] }]);
  await answer("kept", "kept");
  assert.equal(disk.size, 0);
});

test("what another tab has typed on, or brought to the server, is not sent as it was", async (t) => {
  const { keeper, requests, pass, disk, ...b } = bench(t, [suggestion("a", "one"), suggestion("b", "two"), suggestion("c", "three")]);
  await keeper.load();
  disk.set("a", [edit("one more")]);
  disk.delete("b");
  await pass(0);
  assert.deepEqual(requests, [[suggestion("a", "one more"), suggestion("c", "three")]]);
  await b.answer("kept", "kept");
  assert.equal(keeper.pending, 0);
});

test("at most a hundred go at once", async (t) => {
  const { requests, type, pass, answer } = bench(t);
  type(...Array.from({ length: 150 }, (_, n) => suggestion(`s${n}`, "x")));
  await pass(500);
  assert.equal(requests[0]!.length, 100);
  await answer(...Array<Answer>(100).fill("kept"));
  await pass(500);
  assert.equal(requests[1]!.length, 50);
});

test("whoever leaves at once has still sent it", async (t) => {
  const { keeper, requests, type, answer, disk } = bench(t);
  type(suggestion("a", "one"));
  const closed = keeper.close();
  await settle();
  assert.equal(requests.length, 1);
  await answer("kept");
  await closed;
  assert.equal(disk.size, 0);
});

test("a request is what the server expects, and only its own kind of answer counts", async () => {
  const calls: [string, RequestInit][] = [];
  const answering = (status: number, body: unknown) => (async (url: string, init: RequestInit) => {
    calls.push([url, init]);
    return new Response(JSON.stringify(body), { status });
  }) as typeof fetch;
  assert.deepEqual(await suggest("p", [suggestion("a", "one")], answering(200, ["kept"])), ["kept"]);
  assert.equal(calls[0]![0], "/rpc/suggestions/suggest");
  assert.deepEqual(JSON.parse(calls[0]![1].body as string), { proposal: "p", suggested: [{ thread: "a", edits: [edit("one")] }] });
  for (const [status, reason] of [[401, "signed-out"], [403, "role"], [404, "gone"], [409, "closed"], [413, "role"], [422, "role"]] as const) {
    await assert.rejects(suggest("p", [], answering(status, {})), (error) => {
      return error instanceof Refused && error.reason === reason && error.unfit === (status === 413 || status === 422);
    });
  }
  for (const [status, body] of [[500, {}], [503, {}], [429, {}], [200, ["maybe"]], [200, []], [200, "ok"]] as const) {
    await assert.rejects(suggest("p", [suggestion("a", "one")], answering(status, body)), (error) => !(error instanceof Refused));
  }
});
