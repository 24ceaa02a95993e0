/** Shows what this person suggests where they type it: new words underlined, words to go struck through before them. */
import type { EditorState, Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

import { wordDifference } from "../difference.ts";
import { activeThread, places, type Place } from "../places.ts";
import { WordsWidget } from "../suggestion-words.ts";
import { overlayField } from "./field.ts";

/** A change, and whose it is. */
interface Change {
  thread: string;
  deleted: string;
  /** The new words in the view. */
  from: number;
  to: number;
}

function changesIn(state: EditorState): Change[] {
  const { base, changes, drafts } = state.field(overlayField);
  const edits = drafts.flatMap(({ id, edits }) => edits.map(({ from, to }) => ({ id, from, to }))).sort((a, b) => a.from - b.from);
  const found: Change[] = [];
  let next = 0;
  changes.iterChanges((fromA, toA, fromB, toB, inserted) => {
    while (next < edits.length && edits[next]!.to < toA) next += 1;
    const thread = edits[next]?.id ?? "";
    const original = base.sliceString(fromA, toA);
    const differs = wordDifference(original, inserted.toString());
    const from = fromB + differs.from;
    found.push({ thread, deleted: original.slice(differs.from, differs.to), from, to: Math.min(toB, from + differs.insert.length) });
  });
  return found;
}

function decorated(state: EditorState): DecorationSet {
  const active = state.field(activeThread);
  const ranges = changesIn(state).flatMap(({ thread, deleted, from, to }): Range<Decoration>[] => {
    const isActive = thread !== "" && thread === active;
    const words = new WordsWidget("del", deleted, thread, isActive);
    const mark = Decoration.mark({
      class: isActive ? "cm-suggest-added cm-suggest-active" : "cm-suggest-added",
      attributes: { "data-thread": thread },
    });
    return [
      ...(deleted === "" ? [] : [Decoration.widget({ widget: words, side: -1 }).range(from)]),
      ...(from < to ? [mark.range(from, to)] : []),
    ];
  });
  return Decoration.set(ranges, true);
}

function placesIn(state: EditorState): Place[] {
  return changesIn(state).filter(({ thread }) => thread !== "");
}

/** The marks. */
export const ownMarks: Extension = [EditorView.decorations.compute([overlayField, activeThread], decorated), places.of(placesIn)];
