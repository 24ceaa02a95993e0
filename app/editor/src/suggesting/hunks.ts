/** Change sets taken apart into their changes and put together again. */
import { ChangeSet, Text, type ChangeDesc } from "@codemirror/state";

/** One change: what of the text before gives way to what. */
export interface Hunk {
  /** Before: first unit. */
  from: number;
  /** Before: behind the last unit. */
  to: number;
  /** Instead. */
  insert: Text;
}

/** The changes of a set, in order; what is side by side is one. */
export function hunksOf(changes: ChangeSet): Hunk[] {
  const hunks: Hunk[] = [];
  changes.iterChanges((from, to, _fromB, _toB, insert) => hunks.push({ from, to, insert }));
  return hunks;
}

/** A set of these changes of a text of that length. */
export function changesOf(hunks: readonly Hunk[], length: number): ChangeSet {
  return ChangeSet.of([...hunks].sort((a, b) => a.from - b.from || a.to - b.to), length, "\n");
}

/** Whether two ranges share a unit or an edge. */
export function touch(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** Whether the first range holds the second. */
export function holds(outer: { from: number; to: number }, inner: { from: number; to: number }): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** A range after a change; what comes to its edges from outside stays outside. */
export function mapped<R extends { from: number; to: number }>(range: R, changes: ChangeDesc): R {
  const from = changes.mapPos(range.from, 1);
  return { ...range, from, to: Math.max(from, changes.mapPos(range.to, -1)) };
}

/** A text of these words. Its line ends are LF and nothing else, as everywhere here. */
export function textOf(words: string): Text {
  return Text.of(words.split("\n"));
}
