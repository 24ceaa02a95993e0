import { ChangeSet, Text, type ChangeSpec } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";

import { difference, wordDifference } from "../src/difference.ts";
import { clipped } from "../src/suggestion-words.ts";
import { draftsOf, MOST } from "../src/suggesting/drafts.ts";
import { editsOf } from "../src/suggesting/edits.ts";
import { adopted, edited, emptyOverlay, sentNow, type Overlay } from "../src/suggesting/overlay.ts";
import { moved } from "../src/suggesting/moved.ts";
import { checkEdits, Dice, randomOf } from "./session.ts";

const textOf = (words: string) => Text.of(words.split("\n"));

/** What the changes are as edits: where, what before, what after. */
function edits(base: string, ...changes: ChangeSpec[]): [number, string, string][] {
  return editsOf(textOf(base), ChangeSet.of(changes, base.length, "\n")).map(({ from, original, replacement }) => [from, original, replacement]);
}

const insert = (from: number, insert: string) => ({ from, insert });
const replace = (from: number, to: number, insert: string) => ({ from, to, insert });

const table: [string, string, ChangeSpec[], [number, string, string][]][] = [
  ["a word for another", "one two three", [replace(4, 7, "2")], [[4, "two", "2"]]],
  ["what is added takes the next character along", "one two", [insert(4, "and ")], [[4, "t", "and t"]]],
  ["at the end of a line the one before", "one\ntwo", [insert(3, "!")], [[2, "e", "e!"]]],
  ["in an empty line the line's end", "one\n\ntwo", [insert(4, "x")], [[4, "\n", "x\n"]]],
  ["in an empty last line the line end before", "one\n", [insert(4, "two")], [[3, "\n", "\ntwo"]]],
  ["in an empty text nothing", "", [insert(0, "x")], [[0, "", "x"]]],
  ["a whole surrogate pair behind", "a👍b", [insert(1, "x")], [[1, "👍", "x👍"]]],
  ["a whole surrogate pair before", "a👍", [insert(3, "x")], [[1, "👍", "👍x"]]],
  ["half a pair is never changed alone", "👍", [replace(1, 2, "\udc4e")], [[0, "👍", "👎"]]],
  ["nor the first half", "a\ud83d\udc4d", [replace(1, 2, "\ud83c")], [[1, "\ud83d\udc4d", "\ud83c\udc4d"]]],
  ["changes near each other are one", "one two three", [replace(0, 3, "1"), replace(8, 13, "3")], [[0, "one two three", "1 two 3"]]],
  ["fifteen characters between are near", `a${"-".repeat(15)}b`, [replace(0, 1, "x"), replace(16, 17, "y")], [[0, `a${"-".repeat(15)}b`, `x${"-".repeat(15)}y`]]],
  ["sixteen are not", `a${"-".repeat(16)}b`, [replace(0, 1, "x"), replace(17, 18, "y")], [[0, "a", "x"], [17, "b", "y"]]],
  ["nor is the next line", "a\nb", [replace(0, 1, "x"), replace(2, 3, "y")], [[0, "a", "x"], [2, "b", "y"]]],
  ["but what is widened joins what it then touches", "a\n\nb", [insert(2, "x"), replace(3, 4, "y")], [[2, "\nb", "x\ny"]]],
  ["what ends as it began is no change", "one two", [replace(0, 3, "one")], []],
  ["nor are two changes that together change nothing", "abab", [replace(0, 2, ""), insert(4, "ab")], []],
  ["nor are two that touch only once they are widened", "a\n\n", [replace(1, 2, ""), insert(3, "\n")], []],
  ["a deleted line", "a\nb\nc", [replace(2, 4, "")], [[2, "b\n", ""]]],
  ["everything", "a\nb", [replace(0, 3, "")], [[0, "a\nb", ""]]],
];

for (const [name, base, changes, expected] of table) test(`edits: ${name}`, () => assert.deepEqual(edits(base, ...changes), expected));

test("edits of random changes make the text that was typed, in order, apart, about whole characters", () => {
  for (let seed = 1; seed <= 5_000; seed++) {
    const dice = new Dice(randomOf(seed));
    const base = textOf(dice.chance(0.05) ? "" : Array.from({ length: dice.below(12) }, () => dice.words()).join(""));
    let [view, changes] = [base, ChangeSet.empty(base.length)];
    for (let n = dice.below(8); n >= 0; n--) {
      const { from, to } = dice.range(view.toString());
      const change = ChangeSet.of({ from, to, insert: dice.chance(0.4) ? "" : dice.words() }, view.length, "\n");
      [view, changes] = [change.apply(view), changes.compose(change)];
    }
    try {
      checkEdits(base.toString(), view.toString(), editsOf(base, changes, view));
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
});

/** A layer by hand: names are a, b, c… in the order in which they were given. */
function layer(base: string) {
  let names = 0;
  const newId = () => String.fromCharCode(97 + names++);
  let overlay: Overlay = emptyOverlay(textOf(base));
  let view = overlay.base;
  return {
    type(...changes: ChangeSpec[]) {
      const change = ChangeSet.of(changes, view.length, "\n");
      view = change.apply(view);
      overlay = edited(overlay, change, view, newId);
      return this;
    },
    send() {
      overlay = sentNow(overlay, new Set(overlay.drafts.map(({ id }) => id)));
      return this;
    },
    main(...changes: ChangeSpec[]) {
      const step = moved(overlay, view, ChangeSet.of(changes, overlay.base.length, "\n"), newId);
      view = step.view.apply(view);
      overlay = step.overlay;
      assert.equal(overlay.changes.apply(overlay.base).toString(), view.toString());
      return this;
    },
    /** The same suggestions over the same text, as they come back from the server. */
    reread() {
      const step = adopted(emptyOverlay(overlay.base), overlay.base, overlay.drafts, newId);
      assert.deepEqual(step.overlay.drafts, overlay.drafts);
      return step.view.apply(overlay.base).toString();
    },
    get view() {
      return view.toString();
    },
    get drafts() {
      return overlay.drafts.map(({ id, edits }) => [id, ...edits.map(({ original, replacement }) => `${original}→${replacement}`)]);
    },
  };
}

test("a suggestion keeps its name while it is typed, another place gets another", () => {
  const text = layer("one two\n\nthree").type(insert(3, "!")).type(insert(4, "!"));
  assert.deepEqual(text.drafts, [["a", " →!! "]]);
  assert.deepEqual(text.type(insert(11, "x")).drafts, [["a", " →!! "], ["b", "t→xt"]]);
  assert.deepEqual(text.type(replace(11, 12, "")).drafts, [["a", " →!! "]]);
});

test("what one command changes in several places is one suggestion, and stays one", () => {
  const text = layer("cat\ncat\ncat").type(replace(0, 3, "dog"), replace(4, 7, "dog"), replace(8, 11, "dog"));
  assert.deepEqual(text.drafts, [["a", "cat→dog", "cat→dog", "cat→dog"]]);
  assert.deepEqual(text.type(insert(7, "s")).drafts, [["a", "cat→dog", "cat→dogs", "cat→dog"]]);
});

test("more places than one suggestion may have are several", () => {
  const edit = (n: number) => ({ from: n * 2, to: n * 2 + 1, original: "a", replacement: "b" });
  let names = 0;
  const drafts = draftsOf(Array.from({ length: 250 }, (_, n) => edit(n)), [], () => `${++names}`);
  assert.deepEqual(drafts.map(({ edits }) => edits.length), [MOST, MOST, 50]);
});

test("a word deleted and brought back is no suggestion, and does not come back when somebody else deletes it", () => {
  const text = layer("one two three").type(replace(4, 8, "")).type(insert(4, "two "));
  assert.deepEqual(text.drafts, []);
  assert.equal(text.main(replace(4, 8, "")).view, "one three");
});

test("suggestions that come back are the same, near each other over a line's end too", () => {
  for (const changes of [
    [replace(4, 7, "dog"), insert(12, "\n")],
    [replace(4, 7, "dog"), insert(11, "!")],
    [insert(0, "Now "), replace(8, 11, "")],
  ]) {
    const text = layer("the cat sat\n").type(...changes);
    assert.equal(text.reread(), text.view);
  }
});

test("what is accepted stays on the screen and is no suggestion any more", () => {
  const text = layer("the cat sat").type(replace(4, 7, "dog")).send().main(replace(4, 7, "dog"));
  assert.deepEqual([text.view, text.drafts], ["the dog sat", []]);
});

test("what is accepted while it is typed on stays too; what was typed since is a new suggestion", () => {
  const text = layer("the cat sat").type(replace(4, 7, "dog")).send().type(insert(7, "gy")).main(insert(7, "dog"), replace(4, 7, ""));
  assert.deepEqual([text.view, text.drafts], ["the doggy sat", [["b", " →gy "]]]);
});

test("of several places that are accepted together, one typed since goes on under another name", () => {
  const text = layer("cat\ncat").type(replace(0, 3, "dog"), replace(4, 7, "dog")).send().type(insert(7, "s"));
  text.main(replace(0, 3, "dog"), replace(4, 7, "dog"));
  assert.deepEqual([text.view, text.drafts], ["dog\ndogs", [["b", "g→gs"]]]);
});

test("others' changes elsewhere in the same update are seen while the accepted place stays", () => {
  const text = layer("the cat sat\nhere").type(replace(4, 7, "dog")).send().main(replace(4, 7, "dog"), insert(0, "Now "), insert(16, "!"));
  assert.deepEqual([text.view, text.drafts], ["Now the dog sat\nhere!", []]);
});

test("words of several people at one place are all there, in the text and on the screen in one order, whether something is accepted elsewhere or not", () => {
  for (const elsewhere of [[], [replace(7, 10, "dog")]]) {
    const text = layer("x a y\n\ncat").type(replace(7, 10, "dog")).send().type(replace(2, 3, "new")).type(insert(2, "more"));
    text.main(replace(2, 3, ""), insert(3, "theirs"), ...elsewhere);
    for (const words of ["x ", "more", "new", "theirs", " y\n\ndog"]) assert.equal(text.view.split(words).length, 2, `${words} once in ${text.view}`);
  }
});

test("others' words in a suggested place stay, and so does what is suggested", () => {
  const text = layer("the cat sat").type(replace(4, 7, "dog")).main(insert(5, "X"));
  assert.equal(text.view.replace("X", ""), "the dog sat");
  assert.ok(text.view.includes("X"));
});

test("what two texts have in common is left out, but no half characters", () => {
  assert.deepEqual(difference("hello", "help"), { from: 3, to: 5, insert: "p" });
  assert.deepEqual(difference("b", "ab"), { from: 0, to: 0, insert: "a" });
  assert.deepEqual(difference("aa", "aaa"), { from: 0, to: 0, insert: "a" });
  assert.deepEqual(difference("👍", "👎"), { from: 0, to: 2, insert: "👎" });
  assert.deepEqual(difference("a\ud83d\udc4d", "a\ud83c\udc4d"), { from: 1, to: 3, insert: "\ud83c\udc4d" });
  assert.deepEqual(difference("same", "same"), { from: 0, to: 0, insert: "" });
});

test("differences of random texts turn one into the other", () => {
  for (let seed = 1; seed <= 3_000; seed++) {
    const dice = new Dice(randomOf(seed));
    const [before, after] = [dice.words() + dice.words(), dice.words() + dice.words()];
    for (const { from, to, insert } of [difference(before, after), wordDifference(before, after)]) {
      assert.equal(before.slice(0, from) + insert + before.slice(to), after, `seed ${seed}`);
      for (const part of [before.slice(from, to), insert]) assert.ok(!/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(part), `seed ${seed}`);
    }
  }
});

test("for reading, words are told from each other, as on the cards", () => {
  for (const [before, after, gone, come] of [
    ["5", "6", "5", "6"],
    ["five times", "six times", "five", "six"],
    ["s", " twice s", "", " twice "],
    ["twice", "three times", "twice", "three times"],
    ["a cat sat", "a cart sat", "cat", "cart"],
    ["a b", "a", " b", ""],
    ["🦀", "🦀!", "", "!"],
    ["é", "è", "é", "è"],
  ] as const) {
    const { from, to, insert } = wordDifference(before, after);
    assert.deepEqual([before.slice(from, to), insert], [gone, come], `${before} → ${after}`);
  }
});

test("words in a line: line ends show, long ones end in an ellipsis, pairs stay whole", () => {
  assert.equal(clipped("a\nb"), "a⏎b");
  assert.equal(clipped("x".repeat(300)).length, 300);
  assert.equal(clipped("x".repeat(301)), `${"x".repeat(300)}…`);
  assert.equal(clipped(`${"x".repeat(299)}👍`), `${"x".repeat(299)}…`);
});
