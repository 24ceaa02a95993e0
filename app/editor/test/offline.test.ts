import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";

import { DraftsCopy } from "../src/drafts-copy.ts";
import { OfflineCopy } from "../src/offline.ts";
import { COMPACT_AT, OfflineStore, unsent, wipe } from "../src/offline-store.ts";
import { travelling } from "../src/placed.ts";
import { keptTexts } from "../src/rescue.ts";
import { LABEL, newAccount, visit } from "./visit.ts";

test("unsent changes survive the page and are counted", async () => {
  const account = newAccount();
  const first = await visit(account);
  assert.equal(first.found, false);
  first.text.insert(0, "hello");
  first.text.insert(5, " world");
  await first.copy.close();
  assert.equal(await unsent(account), 2);
  const second = await visit(account);
  assert.equal(second.text.toString(), "hello world");
  assert.equal(second.pending.size, 2);
  await second.copy.close();
});

test("what came whole is a copy, though the line was lost before it was written down", async () => {
  const account = newAccount();
  const server = new Y.Doc();
  server.getText("content").insert(0, "whole");
  let lost = false;
  const first = await visit(account, "p", { isAway: () => lost });
  Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(server), "server");
  lost = true;
  await first.copy.close();
  const second = await visit(account, "p", { away: true });
  assert.deepEqual([second.found, second.text.toString()], [true, "whole"]);
  await second.copy.close();
});

test("an acknowledged change stays as text and is no longer counted", async () => {
  const account = newAccount();
  const first = await visit(account);
  first.text.insert(0, "a");
  first.text.delete(0, 1);
  first.text.insert(0, "b");
  first.committed([...first.pending].slice(0, 2));
  await first.copy.close();
  assert.equal(await unsent(account), 1);
  const second = await visit(account);
  assert.equal(second.text.toString(), "b");
  second.committed([...second.pending]);
  await second.copy.close();
  assert.equal(await unsent(account), 0);
  assert.equal((await visit(account)).text.toString(), "b");
});

test("what is resent after a reload gives the server the whole text, deletions included", async () => {
  const account = newAccount();
  const server = new Y.Doc();
  server.getText("content").insert(0, "one two three");
  const page = await visit(account);
  Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(server), "server");
  page.text.delete(4, 4);
  page.text.insert(4, "2 ");
  await page.copy.close();
  const again = await visit(account);
  Y.applyUpdate(server, Y.encodeStateAsUpdate(again.doc, Y.encodeStateVector(server)));
  assert.equal(server.getText("content").toString(), "one 2 three");
  await again.copy.close();
});

test("many received updates are merged into one row, and only when nothing is unsent", async () => {
  const account = newAccount();
  const server = new Y.Doc();
  const page = await visit(account);
  server.on("update", (update: Uint8Array) => Y.applyUpdate(page.doc, update, "server"));
  for (let n = 0; n < COMPACT_AT; n++) server.getText("content").insert(n, "x");
  page.text.insert(0, "mine");
  await page.copy.flush();
  const store = await OfflineStore.open(account);
  assert.equal(await store.knownRows("p"), COMPACT_AT);
  page.committed([...page.pending]);
  await page.copy.flush();
  assert.equal(await store.knownRows("p"), 1);
  store.close();
  await page.copy.close();
  assert.equal((await visit(account)).text.toString(), `mine${"x".repeat(COMPACT_AT)}`);
});

test("documents and accounts are apart", async () => {
  const [ada, grace] = [newAccount(), newAccount()];
  const page = await visit(ada, "p1");
  page.text.insert(0, "secret");
  await page.copy.close();
  assert.equal((await visit(ada, "p2")).text.toString(), "");
  assert.equal((await visit(grace, "p1")).text.toString(), "");
});

test("what two tabs keep of one document is together in each once it is gathered", async () => {
  const account = newAccount();
  const server = new Y.Doc();
  server.getText("content").insert(0, "base.");
  const [one, two] = [await visit(account), await visit(account)];
  for (const tab of [one, two]) Y.applyUpdate(tab.doc, Y.encodeStateAsUpdate(server), "server");
  one.text.insert(0, "one ");
  two.text.insert(5, " two");
  const gathered = await one.copy.gather();
  assert.equal(gathered.length, 2);
  assert.deepEqual(gathered.filter((id) => one.copy.made(id)), [...one.pending]);
  assert.equal(one.text.toString(), "one base. two");
  assert.equal(one.pending.size, 1, "bringing in is no change of this tab's own");
  // What the server has not is what both wrote, and nothing else.
  Y.applyUpdate(server, Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(server)));
  assert.equal(server.getText("content").toString(), "one base. two");
  await Promise.all([one.copy.close(), two.copy.close()]);
});

test("discarding forgets the changes it names: not the server's text, not what another tab has kept since", async () => {
  const account = newAccount();
  const server = new Y.Doc();
  server.getText("content").insert(0, "base.");
  const [one, two] = [await visit(account), await visit(account)];
  one.copy.received(Y.encodeStateAsUpdate(server));
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(server), "server");
  one.text.insert(0, "refused ");
  const refused = await one.copy.gather();
  two.text.insert(0, "since ");
  await one.copy.discard(refused);
  await Promise.all([one.copy.close(), two.copy.close()]);
  assert.equal(await unsent(account), 1);
  const after = (await visit(account)).text.toString();
  assert.ok(after.includes("base.") && after.includes("since ") && !after.includes("refused"), after);
});

test("texts with unsent changes, and only those, can be taken along without their page", async () => {
  const account = newAccount();
  const server = new Y.Doc();
  server.getText("content").insert(0, "base.");
  for (const proposal of ["kept", "sent"]) {
    const page = await visit(account, proposal);
    Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(server), "server");
    page.text.insert(5, " mine");
    if (proposal === "sent") page.committed([...page.pending]);
    await page.copy.close();
  }
  assert.deepEqual(await keptTexts(account), [{ proposal: "kept", text: "base. mine" }]);
});

test("wiping forgets the account, even with a page open", async () => {
  const account = newAccount();
  const one = await visit(account, "p1");
  one.text.insert(0, "1");
  const two = await visit(account, "p2");
  two.text.insert(0, "2");
  assert.equal(await unsent(account), 2);
  await wipe(account);
  assert.equal(await unsent(account), 0);
  assert.equal((await visit(account, "p2")).text.toString(), "");
});

test("a change counts as being written until it would survive the page", async () => {
  const account = newAccount();
  const doc = new Y.Doc();
  let told: () => void = () => undefined;
  const written = new Promise<void>((resolve) => (told = resolve));
  const copy = new OfflineCopy({ account, proposal: "p", doc, label: LABEL, mode: "writing", unsent: () => 1, synced: () => true, written: () => told() });
  await copy.load();
  copy.keep(Y.encodeStateAsUpdate(doc));
  assert.equal(copy.writing, 1);
  await written;
  assert.deepEqual([copy.writing, copy.works], [0, true]);
  assert.equal(await unsent(account), 1);
  await copy.close();
});

test("copies of the first version keep everything, and take suggestions from then on", async () => {
  const account = newAccount();
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "kept");
  const update = Y.encodeStateAsUpdate(doc);
  // As the first version made it.
  const request = indexedDB.open(`quorum ${account}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("known", { autoIncrement: true }).createIndex("proposal", "proposal");
    request.result.createObjectStore("unsent", { keyPath: ["proposal", "id"] }).createIndex("proposal", "proposal");
  };
  const old = await new Promise<IDBDatabase>((resolve) => (request.onsuccess = () => resolve(request.result)));
  const tx = old.transaction(["known", "unsent"], "readwrite");
  tx.objectStore("known").add({ proposal: "p", update });
  tx.objectStore("unsent").put({ proposal: "q", id: "1", update });
  await new Promise<void>((resolve) => (tx.oncomplete = () => resolve()));
  // A tab of before that is still open lets go.
  old.onversionchange = () => old.close();
  assert.equal(await unsent(account), 1);
  assert.equal((await visit(account, "p")).text.toString(), "kept");
  const again = await visit(account, "q");
  assert.deepEqual([again.text.toString(), again.pending.size], ["kept", 1]);
  const drafts = new DraftsCopy(account, "p");
  await drafts.put({ thread: "s", edits: [] });
  assert.equal(await unsent(account), 2);
  await drafts.close();
});

test("suggestions are kept as they are last, by document, until the server has them, and are counted", async () => {
  const account = newAccount();
  const edit = { start: "AA==", end: "AA==", original: "a", replacement: "b" };
  const drafts = new DraftsCopy(account, "p");
  const writing = drafts.put({ thread: "s", edits: [edit] });
  assert.equal(drafts.writing, 1);
  await writing;
  assert.equal(drafts.writing, 0);
  await drafts.put({ thread: "s", edits: [{ ...edit, replacement: "c" }] });
  await drafts.put({ thread: "t", edits: [] });
  assert.deepEqual(await new DraftsCopy(account, "other").load(), []);
  const again = new DraftsCopy(account, "p");
  assert.deepEqual(await again.load(), [{ thread: "s", edits: [{ ...edit, replacement: "c" }] }, { thread: "t", edits: [] }]);
  assert.equal(await unsent(account), 2);
  await again.remove(["s"]);
  assert.equal(await unsent(account), 1);
  await wipe(account);
  assert.equal(await unsent(account), 0);
});

test("a text that only suggestions are unsent of can be taken along with them, and none of their words is lost", async () => {
  const account = newAccount();
  const page = await visit(account);
  const server = new Y.Doc();
  server.getText("content").insert(0, "one two three");
  page.copy.received(Y.encodeStateAsUpdate(server));
  Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(server), "server");
  await page.copy.close();
  const at = (from: number, to: number, original: string, replacement: string) => travelling(page.text, [{ from, to, original, replacement }])[0]!;
  const drafts = new DraftsCopy(account, "p");
  await drafts.put({ thread: "s", edits: [at(0, 3, "one", "1"), at(8, 13, "three", "3")] });
  await drafts.put({ thread: "t", edits: [at(4, 7, "zwei", "2"), { start: "", end: "", original: "vier", replacement: "4" }] });
  await drafts.close();
  const [kept] = await keptTexts(account);
  assert.equal(kept?.proposal, "p");
  assert.equal(kept?.text.split("\n")[0], "1 two 3");
  assert.ok(/\n\n2$/m.test(kept?.text ?? "") && /\n\n4$/m.test(kept?.text ?? ""), kept?.text);
});

test("without storage suggestions go on too, and it is said that nothing is kept", async () => {
  const { indexedDB } = globalThis;
  Object.defineProperty(globalThis, "indexedDB", { value: undefined, configurable: true });
  try {
    const drafts = new DraftsCopy("nobody", "p");
    assert.deepEqual(await drafts.load(), []);
    await drafts.put({ thread: "s", edits: [] });
    assert.deepEqual([drafts.works, drafts.writing], [false, 0]);
  } finally {
    Object.defineProperty(globalThis, "indexedDB", { value: indexedDB, configurable: true });
  }
});

test("without storage the page goes on and says that nothing is kept", async () => {
  const { indexedDB } = globalThis;
  Object.defineProperty(globalThis, "indexedDB", { value: undefined, configurable: true });
  try {
    const page = await visit("nobody");
    page.text.insert(0, "still here");
    assert.equal(page.copy.works, false);
    assert.equal(page.pending.size, 1);
  } finally {
    Object.defineProperty(globalThis, "indexedDB", { value: indexedDB, configurable: true });
  }
});
