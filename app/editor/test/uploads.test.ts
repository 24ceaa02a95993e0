import { EditorState, type TransactionSpec } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf } from "../src/aids/send-picture.ts";
import { begun, ended, laidInto, uploads, went, wordsOf } from "../src/aids/uploads.ts";

/** A text with pictures on their way to a place: `|`. */
function waiting(marked: string, ...names: string[]): EditorState {
  const at = marked.indexOf("|");
  const state = EditorState.create({ doc: marked.replace("|", ""), extensions: uploads });
  const effects = names.map((name, index) => begun.of({ id: index + 1, at, name, stage: { kind: "sending", share: 0 } }));
  return state.update({ effects }).state;
}

/** The text with the places of its pictures. */
function places(state: EditorState): string {
  const byPlace = [...state.field(uploads)].reverse().sort((a, b) => b.at - a.at);
  return byPlace.reduce((text, { at, name }) => `${text.slice(0, at)}⟨${name}⟩${text.slice(at)}`, state.doc.toString());
}

/** One has arrived. */
function arrive(state: EditorState, id: number): EditorState {
  const { at, name } = state.field(uploads).find((upload) => upload.id === id)!;
  return state.update({ changes: { from: at, insert: laidInto(state, at, `![${name}](/p)`) }, effects: ended.of(id) }).state;
}

function edit(state: EditorState, changes: TransactionSpec["changes"]): EditorState {
  return state.update({ changes: changes! }).state;
}

test("a place stays where it is while others write before, behind and over it", () => {
  let state = waiting("one |two", "a");
  state = edit(state, { from: 0, insert: "zero " });
  assert.equal(places(state), "zero one ⟨a⟩two");
  state = edit(state, { from: 9, insert: "and " });
  assert.equal(places(state), "zero one ⟨a⟩and two", "what is written there comes behind it");
  state = edit(state, { from: 5, to: 16 });
  assert.equal(places(state), "zero ⟨a⟩", "deleted around it, it is where that was");
});

test("pictures for one place come in their order, whichever is first", () => {
  const all = ["a", "b", "c"];
  for (const order of [[1, 2, 3], [3, 2, 1], [2, 3, 1], [2, 1, 3], [3, 1, 2]]) {
    const inLine = order.reduce(arrive, waiting("see |.", ...all));
    assert.equal(inLine.doc.toString(), "see ![a](/p) ![b](/p) ![c](/p).", order.join());
    const apart = order.reduce(arrive, waiting("x\n\n|", ...all));
    assert.equal(apart.doc.toString(), "x\n\n![a](/p)\n\n![b](/p)\n\n![c](/p)\n\n", order.join());
  }
});

test("on an empty line there is room to write on below, and no more than that", () => {
  const laid = (marked: string) => arrive(waiting(marked, "a"), 1).doc.toString();
  assert.equal(laid("x\n\n|\n\ny"), "x\n\n![a](/p)\n\n\ny");
  assert.equal(laid("|"), "![a](/p)\n\n");
  assert.equal(laid("- |"), "- ![a](/p)");
  assert.equal(laid("> x |y"), "> x ![a](/p)y");
});

test("what went wrong is kept until it is given up", () => {
  let state = waiting("|", "a", "b");
  state = state.update({ effects: went.of({ id: 1, stage: { kind: "failed", why: "no", again: true } }) }).state;
  assert.deepEqual(state.field(uploads).map(({ stage }) => stage.kind), ["failed", "sending"]);
  state = state.update({ effects: ended.of(1) }).state;
  assert.deepEqual(state.field(uploads).map(({ name }) => name), ["b"]);
});

test("a file's name describes its picture and is no markup", () => {
  assert.equal(wordsOf("Plan of the  ledger.v2.png"), "Plan of the ledger.v2");
  assert.equal(wordsOf("a]b*c|d.jpg"), "a\\]b\\*c\\|d");
});

test("a refusal says what the server says, or what can be done", () => {
  const problem = (status: number, detail: string) => refusalOf(status, "application/problem+json", JSON.stringify({ detail }));
  assert.deepEqual([problem(422, "Save it as a PNG.").message, problem(422, "").again], ["Save it as a PNG.", false]);
  assert.equal(problem(503, "Away.").again, true);
  assert.match(problem(401, "Send a token.").message, /Sign in in another tab/);
  assert.match(refusalOf(413, "text/html", "<h1>nginx").message, /larger than 5 MB/);
  assert.match(refusalOf(502, "text/html", "<h1>Bad gateway").message, /Try again/);
});
