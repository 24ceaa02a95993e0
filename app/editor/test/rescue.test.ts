// What is handed over when nothing can be kept: a page's own text, with what the disk has of it.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";

import type { SuggestedEdit } from "../src/contract.ts";
import { DraftsCopy } from "../src/drafts-copy.ts";
import { OfflineStore } from "../src/offline-store.ts";
import { travelling } from "../src/placed.ts";
import { keptTexts } from "../src/rescue.ts";
import { SharedText } from "../src/shared-text.ts";
import { watchUnkept } from "../src/unkept.ts";

/** Words that somebody suggests in place of others. */
function instead(text: Y.Text, original: string, replacement: string): SuggestedEdit {
  const from = text.toString().indexOf(original);
  return travelling(text, [{ from, to: from + original.length, original, replacement }])[0]!;
}

/** A text, and the same on the disk of an account, with a suggestion that waits there. */
async function onDisk(account: string, suggested: (text: Y.Text) => SuggestedEdit[]): Promise<Y.Doc> {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "one two three");
  const store = await OfflineStore.open(account);
  await store.label("p", { team: "t", teamName: "T", design: 1, number: 1, title: "" }, { mode: "suggesting" });
  await store.addKnown("p", [Y.encodeStateAsUpdate(doc)], 0);
  store.close();
  const drafts = new DraftsCopy(account, "p");
  await drafts.put({ thread: "s", edits: suggested(doc.getText("content")) });
  await drafts.close();
  return doc;
}

/** A page that can keep nothing has this, and these suggestions. */
function inPage(doc: Y.Doc, suggestions: Record<string, SuggestedEdit[]>): () => void {
  return watchUnkept({ proposal: "p", pending: () => 1, text: doc.getText("content"), suggestions: () => new Map(Object.entries(suggestions)) });
}

test("a suggestion of a page where nothing is kept is in the file", async () => {
  const page = new EventTarget();
  Object.assign(globalThis, {
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    document: new EventTarget(),
    location: new URL("http://quorum.example/"),
    // It never connects.
    WebSocket: Object.assign(class extends EventTarget { close() {} }, { OPEN: 1 }),
  });
  const shared = new SharedText({ proposal: "p", account: "none", name: "Ann", mode: "suggesting", copy: null }, () => undefined);
  shared.doc.transact(() => shared.text.insert(0, "one two three"));
  const edits = [instead(shared.text, "two", "2")];
  shared.suggestions.attach({ collect: () => [{ thread: "s", edits }], sent: () => undefined, decided: () => undefined });
  shared.suggestions.typed();
  shared.suggestions.flush();
  assert.deepEqual(await keptTexts("none"), [{ proposal: "p", text: "one 2 three" }]);
  await shared.discard();
});

test("the page's file has the words that only the disk has of the same text, and each once", async () => {
  const doc = await onDisk("both", (text) => [instead(text, "one", "1")]);
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const store = await OfflineStore.open("both");
  other.on("update", (update: Uint8Array) => void store.addUnsent({ proposal: "p", id: "other tab", update }));
  other.getText("content").insert(13, " four");
  const text = doc.getText("content");
  text.insert(0, "zero ");
  const end = inPage(doc, { t: [instead(text, "two", "2")] });
  assert.deepEqual(await keptTexts("both"), [{ proposal: "p", text: "zero 1 2 three four" }]);
  end();
  store.close();
});

test("of a suggestion that the disk has too, the page's words stand in the text, and others of the disk's are not lost", async () => {
  const doc = await onDisk("typed on", (text) => [instead(text, "one", "fir"), instead(text, "three", "tres")]);
  const text = doc.getText("content");
  let end = inPage(doc, { s: [instead(text, "one", "first"), instead(text, "three", "trois")] });
  assert.equal((await keptTexts("typed on"))[0]?.text, "first two trois\n\nSuggested, for words that have changed since:\n\ntres");
  end();
  end = inPage(doc, { s: [] });
  assert.equal((await keptTexts("typed on"))[0]?.text, "one two three", "withdrawn");
  end();
});

test("where the disk cannot be read, the page's text is handed over", async () => {
  const { indexedDB } = globalThis;
  Object.defineProperty(globalThis, "indexedDB", { value: undefined, configurable: true });
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "only here");
  const end = inPage(doc, {});
  try {
    assert.deepEqual(await keptTexts("nobody"), [{ proposal: "p", text: "only here" }]);
  } finally {
    end();
    Object.defineProperty(globalThis, "indexedDB", { value: indexedDB, configurable: true });
  }
});
