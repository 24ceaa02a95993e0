import { EditorState, type TransactionSpec } from "@codemirror/state";
import { EditorView, type DecorationSet } from "@codemirror/view";
import assert from "node:assert/strict";
import { mock, test, type TestContext } from "node:test";
import * as Y from "yjs";

import type { LiveThread, SuggestedEdit } from "../src/contract.ts";
import type { Keeper } from "../src/keeper.ts";
import { toText, toView } from "../src/main-text.ts";
import { activate, activeThread, places } from "../src/places.ts";
import { travelling } from "../src/placed.ts";
import { openOf, Suggested } from "../src/suggested.ts";
import type { WordsWidget } from "../src/suggestion-words.ts";
import { newId, overlayField, stepSpec } from "../src/suggesting/field.ts";
import { changesOfDelta } from "../src/suggesting/follow.ts";
import { Suggesting } from "../src/suggesting/index.ts";
import { moved } from "../src/suggesting/moved.ts";
import { Threads } from "../src/threads.ts";

/** As much of an editor as there is without a browser: its state, and what is shown of it. */
function editor(words: string, suggests = false) {
  const text = new Y.Doc().getText("content");
  if (words !== "") text.insert(0, words);
  const latest = new Map<string, SuggestedEdit[]>();
  const typed: string[] = [];
  const adopted: string[] = [];
  const keeper = {
    attach: () => undefined,
    detach: () => undefined,
    typed: () => typed.push("typed"),
    look: () => typed.push("look"),
    adopted: ({ thread }: { thread: string }, same: boolean) => adopted.push(`${thread} ${same}`),
  } as unknown as Keeper;
  const suggested = new Suggested(text, () => latest);
  const suggesting = new Suggesting(text, keeper);
  const threads = new Threads(text);
  let state = EditorState.create({
    doc: words,
    extensions: [EditorState.lineSeparator.of("\n"), activeThread, threads.extension, suggested.extension, suggests ? suggesting.extension : []],
  });
  const view = {
    get state() {
      return state;
    },
    dispatch: (spec: TransactionSpec) => void (state = state.update(spec).state),
  } as EditorView;
  if (suggests) {
    suggesting.entered(view);
    suggested.takeUp = (own, list) => suggesting.takeUp(own, list);
    text.observe(({ delta }) => {
      const overlay = state.field(overlayField);
      view.dispatch(stepSpec(moved(overlay, state.doc, changesOfDelta(delta, overlay.base.length), newId)));
    });
  }
  const show = (...list: LiveThread[]) => {
    threads.set(view, list);
    suggested.set(view, list);
  };
  const edit = (from: number, to: number, original: string, replacement: string) => travelling(text, [{ from, to, original, replacement }])[0]!;
  return { text, view, latest, typed, adopted, suggesting, show, edit };
}

const thread = (id: string, edits: SuggestedEdit[], more: Partial<LiveThread["suggestion"]> = {}): LiveThread => ({
  id,
  start: edits[0]?.start ?? "",
  end: edits[0]?.end ?? "",
  kind: "suggestion",
  resolved: false,
  suggestion: { mine: false, state: "open", edits, ...more },
});

/** The text with what is shown in it: `[class words]` around a passage, `{tag words}` where words stand that are not in it. */
function shown(view: EditorView): string {
  const marks: { at: number; order: number; mark: string }[] = [];
  for (const set of view.state.facet(EditorView.decorations) as readonly DecorationSet[]) {
    for (const cursor = set.iter(); cursor.value; cursor.next()) {
      const { spec } = cursor.value;
      const widget = spec["widget"] as WordsWidget | undefined;
      if (widget) {
        marks.push({ at: cursor.from, order: 1, mark: `{${widget.tag}${widget.active ? "!" : ""} ${widget.words}}` });
      } else {
        marks.push({ at: cursor.from, order: 2, mark: `[${(spec["class"] as string).replace(/cm-(suggest-)?/g, "")} ` }, { at: cursor.to, order: 0, mark: "]" });
      }
    }
  }
  const text = view.state.doc.toString();
  let out = "";
  let at = 0;
  for (const { at: next, mark } of marks.sort((a, b) => a.at - b.at || a.order - b.order)) {
    out += text.slice(at, next) + mark;
    at = next;
  }
  return out + text.slice(at);
}

const placed = (view: EditorView) => view.state.facet(places).flatMap((find) => [...find(view.state)].map(({ thread, from }) => [thread, from]));

test("somebody's suggestion: words that would go are struck through, words that would come stand behind them, and nothing else", () => {
  const { view, show, edit } = editor("the cat sat");
  show(thread("s", [edit(4, 7, "cat", "cats")]), thread("t", [edit(8, 11, "sat", "stood")]));
  assert.equal(shown(view), "the [del cat]{ins cats} [del sat]{ins stood}");
  assert.deepEqual(placed(view), [["s", 4], ["s", 7], ["t", 8], ["t", 11]]);
});

test("of a suggestion only the words that differ are shown", () => {
  const { view, show, edit } = editor("the cat sat on the mat");
  show(thread("s", [edit(0, 11, "the cat sat", "the old cat sat")]), thread("t", [edit(19, 22, "mat", "mat.")]));
  assert.equal(shown(view), "the {ins old }cat sat on the mat{ins .}");
});

test("one whose words have changed is only underlined, in all its places: it cannot be accepted in part", () => {
  const { view, show, edit, text } = editor("the cat sat\nthe cat ran");
  const edits = [edit(4, 7, "cat", "dog"), edit(16, 19, "cat", "dog")];
  show(thread("s", edits));
  assert.equal(shown(view), "the [del cat]{ins dog} sat\nthe [del cat]{ins dog} ran");
  show(thread("s", [edits[0]!, { ...edits[1]!, original: "cow" }]));
  assert.equal(shown(view), "the [outdated cat] sat\nthe [outdated cat] ran");
  show(thread("s", [edits[0]!, { ...edits[1]!, start: "" }]));
  assert.equal(shown(view), text.toString());
});

test("an open suggestion is no yellow passage as well; what is decided is a passage as any other", () => {
  const { view, show, edit } = editor("the cat sat");
  show(thread("s", [edit(4, 7, "cat", "dog")], { state: "rejected" }));
  assert.equal(shown(view), "the [thread thread-suggestion cat] sat");
});

test("the one that is read is told from the others", () => {
  const { view, show, edit } = editor("the cat sat");
  show(thread("s", [edit(4, 7, "cat", "dog")]));
  activate(view, "s");
  assert.equal(shown(view), "the [del [active cat]]{ins! dog} sat");
  activate(view, "");
  assert.equal(shown(view), "the [del cat]{ins dog} sat");
});

test("what this device knows better goes before the page's list, of one's own only", () => {
  const { edit } = editor("the cat sat");
  const [old, now] = [[edit(4, 7, "cat", "dog")], [edit(4, 7, "cat", "cow")]];
  const list = [thread("mine", old, { mine: true }), thread("gone", old, { mine: true }), thread("theirs", old), thread("done", old, { state: "accepted" })];
  const open = openOf(list, new Map([["mine", now], ["gone", []], ["theirs", now], ["new", now], ["done", now], ["never", []]]));
  assert.deepEqual(open.map(({ id, edits }) => [id, edits[0]?.replacement]), [["mine", "cow"], ["theirs", "dog"], ["new", "cow"]]);
});

test("suggesting: one's own are taken up and shown as typed; those that do not fit are shown as others'", () => {
  const { view, show, edit, adopted } = editor("the cat sat", true);
  show(thread("mine", [edit(4, 7, "cat", "dog")], { mine: true }), thread("old", [edit(8, 11, "ran", "run")], { mine: true }));
  assert.equal(view.state.doc.toString(), "the dog sat");
  assert.equal(shown(view), "the {del cat}[added dog] [outdated sat]");
  assert.deepEqual(adopted, ["mine true"]);
  assert.deepEqual(placed(view), [["old", 8], ["mine", 4]]);
});

test("suggesting: what was rejected, or withdrawn in another tab, is taken out; undo does not bring it back twice", () => {
  const { view, show, edit, suggesting } = editor("the cat sat", true);
  const edits = [edit(4, 7, "cat", "")];
  view.dispatch({ changes: { from: 4, to: 7 }, userEvent: "delete" });
  const { thread: id } = suggesting.collect()[0]!;
  show(thread(id, edits, { mine: true, state: "rejected" }));
  assert.equal(view.state.doc.toString(), "the cat sat");
  assert.deepEqual(suggesting.collect(), []);
});

test("suggesting: an acceptance that is heard of before its edit is waited for", (t: TestContext) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const { view, text, show, edit, suggesting } = editor("the cat sat", true);
  const edits = [edit(4, 7, "cat", "dog")];
  show(thread("s", edits, { mine: true }));
  suggesting.sent(new Set(["s"]));
  show(thread("s", edits, { mine: true, state: "accepted" }));
  assert.equal(view.state.doc.toString(), "the dog sat");
  text.doc!.transact(() => (text.delete(4, 3), text.insert(4, "dog")));
  mock.timers.tick(5_000);
  assert.equal(view.state.doc.toString(), "the dog sat");
  assert.deepEqual(suggesting.collect(), []);
  // One whose edit never comes is none any more all the same.
  const others = [edit(8, 11, "sat", "stood")];
  show(thread("t", others, { mine: true }));
  show(thread("t", others, { mine: true, state: "accepted" }));
  mock.timers.tick(5_000);
  assert.equal(view.state.doc.toString(), "the dog sat");
});

test("suggesting: places are told in the shared text, whatever is suggested before them", () => {
  const { view, text } = editor("one two three", true);
  view.dispatch({ changes: [{ from: 0, to: 4 }, { from: 8, insert: "and a half " }] });
  assert.equal(view.state.doc.toString(), "two and a half three");
  assert.equal(toText(view.state, 15, 1), 8);
  assert.equal(toView(view.state, 8, 1), 15);
  assert.equal(toView(view.state, 2, 1), 0);
  const [from, to] = [toText(view.state, 4, 1), toText(view.state, 14, -1)];
  assert.ok(from >= to, "words that are only suggested are nothing in the shared text");
  assert.equal(text.toString().slice(toText(view.state, 0, 1), toText(view.state, 3, -1)), "two");
});

test("suggesting: what is typed has the shape that the shared text must have", () => {
  const { view } = editor("ab", true);
  view.dispatch({ changes: [{ from: 0, insert: "x\r\ny\rz" }, { from: 1, insert: "\u0000\ufeff" }] });
  assert.equal(view.state.doc.toString(), "x\ny\nzab");
});

test("suggesting: after leaving, the view shows the shared text", () => {
  const { view, text, suggesting } = editor("the cat sat", true);
  view.dispatch({ changes: { from: 4, to: 7, insert: "dog" } });
  text.insert(0, "Now ");
  assert.equal(view.state.doc.toString(), "Now the dog sat");
  suggesting.leave();
  assert.equal(view.state.doc.toString(), text.toString());
});

test("what is about more than the server keeps of one place goes as several, whole characters each, and comes back as one", () => {
  const words = `a${"👍".repeat(12_000)}b`;
  const { text, view, suggesting, show } = editor(words, true);
  view.dispatch({ changes: { from: 0, to: words.length, insert: "short" } });
  const [{ thread: id, edits }] = suggesting.collect() as [{ thread: string; edits: SuggestedEdit[] }];
  assert.deepEqual(edits.map(({ original }) => original.length), [9_999, 10_000, 4_003]);
  assert.deepEqual(edits.map(({ replacement }) => replacement), ["short", "", ""]);
  assert.equal(edits.map(({ original }) => original).join(""), words);
  const again = editor(words, true);
  show(thread(id, edits, { mine: true }));
  const step = edits.map(({ original, replacement }, n) => again.edit(n === 0 ? 0 : n === 1 ? 9_999 : 19_999, [9_999, 19_999, 24_002][n]!, original, replacement));
  again.show(thread(id, step, { mine: true }));
  assert.equal(again.view.state.doc.toString(), "short");
  assert.deepEqual(again.adopted, [`${id} true`]);
  assert.equal(text.toString(), words);
});

test("a suggestion for an empty text has its place there and nowhere else", () => {
  const nowhere = { start: "", end: "", original: "", replacement: "words" };
  const empty = editor("", true);
  empty.show(thread("s", [nowhere], { mine: true }));
  assert.equal(empty.view.state.doc.toString(), "words");
  const full = editor("full", true);
  full.show(thread("s", [nowhere], { mine: true }));
  assert.equal(full.view.state.doc.toString(), "full");
});
