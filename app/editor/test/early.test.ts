// An editor that opens before the application that it is for.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { EditorHandle } from "../src/contract.ts";
import { Early } from "../src/early.ts";

/** A page with a place for an editor, and what becomes of what is mounted there. */
function page() {
  const place = { dataset: { options: "{}" } } as unknown as HTMLElement;
  const document = { querySelector: () => place } as unknown as ParentNode;
  const mounted: { say: (json: string) => void; destroyed: boolean } = { say: () => undefined, destroyed: false };
  const handle = { destroy: () => (mounted.destroyed = true) } as unknown as EditorHandle;
  const early = Early.find(document, (_element, _options, onEvent) => {
    mounted.say = onEvent;
    return handle;
  })!;
  return { place, mounted, handle, early };
}

test("whoever takes it over hears what it has said, then what it says, in order and not before they have it", async () => {
  const { place, mounted, handle, early } = page();
  mounted.say("1");
  mounted.say("2");
  const heard: string[] = [];
  assert.equal(early.take(place, "{}", (json) => heard.push(json)), handle);
  assert.deepEqual(heard, []);
  await Promise.resolve();
  mounted.say("3");
  assert.deepEqual(heard, ["1", "2", "3"]);
  assert.equal(mounted.destroyed, false);
});

test("what is wanted elsewhere or otherwise is mounted anew, and the early one goes", () => {
  for (const [element, options] of [[null, "{}"], [undefined, '{"mode":"reading"}']] as const) {
    const { place, mounted, early } = page();
    assert.equal(early.take(element === null ? ({} as HTMLElement) : place, options, () => undefined), null);
    assert.equal(mounted.destroyed, true);
  }
});

test("it is open when its text is there, and nobody waits for ever", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [quick, slow] = [page(), page()];
  let opened = 0;
  for (const { early } of [quick, slow]) void early.opened.then(() => (opened += 1));
  for (const { mounted } of [quick, slow]) mounted.say('{"status":{"status":"connecting"}}');
  await Promise.resolve();
  assert.equal(opened, 0);
  quick.mounted.say('{"status":{"status":"saved"}}');
  await Promise.resolve();
  assert.equal(opened, 1);
  t.mock.timers.tick(400);
  await Promise.resolve();
  assert.equal(opened, 2);
});

test("a page without a place for one has none", () => {
  const document = { querySelector: () => null } as unknown as ParentNode;
  assert.equal(Early.find(document, () => assert.fail("mounted")), null);
});
