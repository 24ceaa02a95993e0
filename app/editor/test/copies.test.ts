// The copies that a device has: what they are called, when they are shown, and what takes them away.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";

import { keepOnly, listCopies, removeSent } from "../src/device/copies.ts";
import { DraftsCopy } from "../src/drafts-copy.ts";
import { OfflineCopy } from "../src/offline.ts";
import { OfflineStore, unsent } from "../src/offline-store.ts";
import { LABEL, newAccount, visit } from "./visit.ts";

/** What is listed: title, whole or not, changes that the server has not. */
const listed = async (account: string) => (await listCopies(account)).map(({ label, whole, unsent }) => [label?.title, whole, unsent]);

test("the copies of a device say what they are of, how they were last seen, and what of them is not on the server", async () => {
  const account = newAccount();
  const sent = await visit(account, "sent", { label: { ...LABEL, title: "Sent" } });
  sent.text.insert(0, "all of it");
  sent.committed([...sent.pending]);
  sent.copy.relabel({ mode: "suggesting", threads: '["a thread"]' });
  await sent.copy.close();
  const kept = await visit(account, "kept", { label: { ...LABEL, number: 2, title: "Kept" } });
  kept.text.insert(0, "a");
  kept.text.insert(1, "b");
  await kept.copy.close();
  const drafts = new DraftsCopy(account, "kept");
  await drafts.put({ thread: "s", edits: [] });
  await drafts.close();
  assert.deepEqual(await listed(account), [["Kept", true, 3], ["Sent", true, 0]]);
  const label = (await listCopies(account))[1]!.label!;
  assert.deepEqual([label.team, label.design, label.mode, label.threads], ["payments", 1, "suggesting", '["a thread"]']);
  assert.ok(Date.now() - label.synced! < 60_000);
  // Renamed, and opened again.
  await (await visit(account, "sent", { label: { ...LABEL, title: "Renamed" } })).copy.close();
  assert.deepEqual(await listed(account), [["Kept", true, 3], ["Renamed", true, 0]]);
});

test("what is known of a proposal before its copy is open is not lost", async () => {
  const account = newAccount();
  const copy = new OfflineCopy({ account, proposal: "p", doc: new Y.Doc(), label: LABEL, mode: "writing", unsent: () => 0, synced: () => true });
  copy.relabel({ mode: "reading", threads: '["a thread"]' });
  await copy.load();
  await copy.close();
  const label = (await listCopies(account))[0]?.label;
  assert.deepEqual([label?.mode, label?.threads], ["reading", '["a thread"]']);
});

test("a label that comes from the disk itself does not bring back what was known then", async () => {
  const account = newAccount();
  await (await visit(account)).copy.close();
  const then = (await listCopies(account))[0]!.label!;
  const store = await OfflineStore.open(account);
  await store.relabel("p", { threads: '["since"]', synced: 1 });
  store.close();
  await (await visit(account, "p", { label: then, away: true })).copy.close();
  const now = (await listCopies(account))[0]!.label!;
  assert.deepEqual([now.threads, now.synced, now.title], ['["since"]', 1, "Ledger"]);
});

test("a copy is offered only once the whole text has arrived, and pieces are not shown", async () => {
  const account = newAccount();
  const server = new Y.Doc();
  server.getText("content").insert(0, "whole");
  const first = await visit(account, "p", { away: true });
  first.copy.received(Y.encodeStateAsUpdate(server));
  await first.copy.close();
  assert.deepEqual(await listed(account), []);
  const second = await visit(account);
  assert.deepEqual([second.found, second.text.toString()], [false, ""]);
  second.copy.received(Y.encodeStateAsUpdate(server));
  await second.copy.close();
  const third = await visit(account, "p", { away: true });
  assert.deepEqual([third.found, third.text.toString()], [true, "whole"]);
  await third.copy.close();
});

test("removing takes what the server has, stays removed while its page is open, and never takes what it has not", async () => {
  const account = newAccount();
  const [open, unsaved] = [await visit(account, "open"), await visit(account, "unsaved")];
  open.text.insert(0, "o");
  open.committed([...open.pending]);
  unsaved.text.insert(0, "u");
  for (const page of [open, unsaved]) await page.copy.flush();
  await removeSent(account);
  assert.equal((await listed(account)).length, 1);
  // Pieces without what they belong to would be shown as the whole text.
  open.text.insert(1, "p");
  await open.written();
  assert.equal(open.copy.works, false, "what is typed now cannot be read without this page");
  assert.equal(await unsent(account), 2, "but it is there to be sent");
  open.committed([...open.pending]);
  for (const page of [open, unsaved]) await page.copy.close();
  assert.deepEqual(await listed(account), [["Ledger", true, 1]]);
  const again = await visit(account, "open", { away: true });
  assert.deepEqual([again.found, again.text.toString()], [false, ""]);
  assert.equal((await visit(account, "unsaved")).text.toString(), "u");
});

test("copies of teams that want none go, but for changes that are nowhere else", async () => {
  const account = newAccount();
  for (const team of ["payments", "ledger"]) {
    for (const state of ["sent", "unsent"]) {
      const page = await visit(account, `${team} ${state}`, { label: { ...LABEL, team, title: `${team} ${state}` } });
      page.text.insert(0, "text");
      if (state === "sent") page.committed([...page.pending]);
      await page.copy.close();
    }
  }
  await keepOnly(account, ["payments"]);
  const titles = (await listed(account)).map(([title]) => title);
  assert.deepEqual(titles.sort(), ["ledger unsent", "payments sent", "payments unsent"]);
});

test("a page of a team that wants no copies keeps nothing, says so, and lets go of an earlier copy when the server has all of it", async () => {
  const account = newAccount();
  const before = await visit(account);
  before.text.insert(0, "before");
  await before.copy.close();
  const page = await visit(account, "p", { label: null });
  assert.deepEqual([page.text.toString(), page.pending.size, page.copy.works], ["before", 1, false]);
  page.text.insert(6, ", after");
  page.copy.received(Y.encodeStateAsUpdate(page.doc));
  assert.equal(await unsent(account), 1, "what is typed now is in the page only");
  page.committed([...page.pending]);
  page.pending.clear();
  await page.copy.close();
  assert.deepEqual(await listed(account), []);
  const next = await visit(account, "p", { label: null });
  assert.deepEqual([next.text.toString(), next.found], ["", false]);
  const drafts = new DraftsCopy(account, "p", undefined, false);
  await drafts.put({ thread: "s", edits: [] });
  assert.deepEqual([drafts.works, drafts.writing, await unsent(account)], [false, 0, 0]);
  await drafts.close();
});
