import { EditorSelection, EditorState, type Transaction } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";

import { backoff } from "../src/backoff.ts";
import { cleanText } from "../src/clean-text.ts";
import { afterClose } from "../src/close-codes.ts";
import { breakLine, link, linkSelected, toggleAround } from "../src/commands.ts";
import { markdownLanguage } from "../src/markdown-language.ts";
import { peopleOf } from "../src/people.ts";
import * as protocol from "../src/protocol.ts";
import { decodePosition, encodePosition } from "../src/relative.ts";
import { ago } from "../src/relative-time.ts";

function run(command: typeof link, doc: string, from: number, to = from): string {
  const state = EditorState.create({ doc, selection: EditorSelection.single(from, to), extensions: markdownLanguage() });
  let after = state;
  command({ state, dispatch: (tr: Transaction) => (after = tr.state) });
  const { main } = after.selection;
  const text = after.doc.toString();
  return main.empty ? `${text.slice(0, main.head)}|${text.slice(main.head)}` : `${text.slice(0, main.from)}<${text.slice(main.from, main.to)}>${text.slice(main.to)}`;
}

test("a mark goes around a selection and comes off again", () => {
  assert.equal(run(toggleAround("**"), "one two", 4, 7), "one **<two>**");
  assert.equal(run(toggleAround("**"), "one **two**", 6, 9), "one <two>");
  assert.equal(run(toggleAround("**"), "one **two**", 4, 11), "one <two>");
});

test("emphasis within strong is added, not half of strong taken off", () => {
  assert.equal(run(toggleAround("*"), "**a**", 2, 3), "***<a>***");
  assert.equal(run(toggleAround("*"), "***a***", 3, 4), "**<a>**");
});

test("a link takes the selection as words, or as address", () => {
  assert.equal(run(link, "see this", 4, 8), "see [this](|)");
  assert.equal(run(link, "https://x.y", 0, 11), "[|](https://x.y)");
});

test("a line is broken and nothing behind the caret goes: somebody else may have typed it just now", () => {
  assert.equal(run(breakLine, "From Ben. Ann", 9), "From Ben.\n| Ann");
  assert.equal(run(breakLine, "  one two", 5), "  one\n  | two");
  assert.equal(run(breakLine, "one two", 3, 4), "one\n|two");
  assert.equal(run(breakLine, "```rust\nfn f() { a }\n```", 16), "```rust\nfn f() {| a }\n```", "code has its own");
});

test("pasted text has LF only and nothing that cannot be stored", () => {
  assert.equal(cleanText("\ufeffa\r\nb\rc\u0000\n"), "a\nb\nc\n");
});

test("waits grow, stay below half a minute and are spread", () => {
  assert.equal(backoff(0, 0), 0);
  assert.ok(backoff(1, 0.999) <= 2000);
  assert.ok(backoff(50, 0.999) <= 30_000);
  assert.ok(backoff(5, 0.5) > backoff(2, 0.5));
});

test("only a document over its limit, a sign-out and a lost right end the attempts", () => {
  for (const code of [1000, 1006, 1011, 1012, 4509, 4529]) assert.equal(afterClose(code).action, "reconnect");
  assert.deepEqual(afterClose(4401), { action: "refused", reason: "signed-out" });
  assert.equal(afterClose(4413).action, "too-large");
});

test("one person with two tabs is one entry, idle only when both are, oneself first", () => {
  const states = new Map([
    [3, { user: { account: "b", name: "Bea" }, idle: true }],
    [1, { user: { account: "b", name: "Bea" }, idle: false }],
    [2, { user: { account: "a", name: "Ada" } }],
    [9, {}],
  ]);
  const people = peopleOf(states, 1);
  assert.deepEqual(people.map(({ account, me, idle }) => [account, me, idle]), [["b", true, false], ["a", false, false]]);
});

test("frames of the protocol are read as they are written, and half a frame is an error", () => {
  assert.deepEqual(protocol.decode(protocol.step1(new Uint8Array([1, 2]))), { type: "step-1", vector: new Uint8Array([1, 2]) });
  assert.deepEqual(protocol.decode(new Uint8Array([100, 200, 1])), { type: "committed", upTo: 200 });
  assert.deepEqual(protocol.decode(new Uint8Array([102, 4, 104, 101, 108, 100])), { type: "refused", reason: "held" });
  assert.deepEqual(protocol.decode(new Uint8Array([101, 1])), { type: "degraded", degraded: true });
  assert.deepEqual(protocol.decode(new Uint8Array([77])), { type: "unknown" });
  assert.throws(() => protocol.decode(new Uint8Array([0, 2, 9, 1])));
});

test("a passage keeps its place while others write around it, and is no place in another document", () => {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, "👍 one two three");
  const [start, end] = [encodePosition(text, 7, 0), encodePosition(text, 10, -1)];
  text.insert(10, "!");
  text.insert(0, "zero ");
  assert.equal(text.toString().slice(decodePosition(text, start)!, decodePosition(text, end)!), "two");
  assert.equal(decodePosition(new Y.Doc().getText("content"), start), null);
  assert.equal(decodePosition(text, "not base64 at all"), null);
});

test("instants in words", () => {
  const now = Date.UTC(2026, 10, 23, 12);
  assert.equal(ago(now - 30_000, now), "just now");
  assert.equal(ago(now + 20_000, now), "just now");
  assert.equal(ago(now - 5 * 60_000, now), "5 min ago");
  assert.equal(ago(now - 7_200_000, now), "2 h ago");
  assert.equal(ago(now - 3 * 86_400_000, now), "3 d ago");
  assert.equal(ago(now - 8 * 86_400_000, now), null);
  assert.equal(ago(now + 86_400_000, now), null);
});

test("without words to make a link of, the key is the page's", () => {
  const state = EditorState.create({ doc: "see this", selection: EditorSelection.single(4) });
  assert.equal(linkSelected({ state, dispatch: () => assert.fail("something was written") }), false);
  assert.equal(run(linkSelected, "see this", 4, 8), "see [this](|)");
});
