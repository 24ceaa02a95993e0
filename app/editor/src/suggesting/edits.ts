/**
 * What a person typed, as suggestions have it: each change with the words that it is about, so that whoever reads it sees words and not letters,
 * and so that it can be found again and compared.
 */
import type { ChangeSet, Text } from "@codemirror/state";

import { changesOf, hunksOf } from "./hunks.ts";

/** One change of the shared text. */
export interface Edit {
  /** First unit in the shared text. */
  readonly from: number;
  /** Behind the last unit. */
  readonly to: number;
  /** The words there; empty only in an empty text. */
  readonly original: string;
  /** The words instead. */
  readonly replacement: string;
}

/** Changes in one line with fewer unchanged units between are one edit: two letters of a word are one correction. */
export const APART = 16;

/** A change in the text before (A) and after (B). */
interface Span {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** The edits from a text to `view`, in order, apart, each about whole characters. */
export function editsOf(base: Text, changes: ChangeSet, view: Text = changes.apply(base)): Edit[] {
  return passagesOf(base, changes, view).busy.map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    original: base.sliceString(fromA, toA),
    replacement: view.sliceString(fromB, toB),
  }));
}

/** Without changes that change nothing (a word deleted and brought back): they would bring it back too when somebody else deletes it. */
export function withoutIdle(base: Text, changes: ChangeSet, view: Text): ChangeSet {
  const { idle } = passagesOf(base, changes, view);
  if (idle.length === 0) return changes;
  const busy = hunksOf(changes).filter(({ from, to }) => !idle.some(({ fromA, toA }) => fromA <= from && to <= toA));
  return changesOf(busy, base.length);
}

/** What is one edit each, and what looks like one but changes nothing. */
function passagesOf(base: Text, changes: ChangeSet, view: Text): { busy: Span[]; idle: Span[] } {
  const idle: Span[] = [];
  const isBusy = (span: Span) => {
    const same = isSame(base, view, span);
    if (same) idle.push(span);
    return !same;
  };
  const joined: Span[] = [];
  for (const span of spansOf(base, changes).filter(isBusy)) {
    const wide = span.fromA === span.toA ? widened(base, span) : span;
    const last = joined.at(-1);
    if (last && last.toA >= wide.fromA) join(last, wide);
    else joined.push(wide);
  }
  // Once more: what one takes out the next may have put back.
  return { busy: joined.filter(isBusy), idle };
}

function spansOf(base: Text, changes: ChangeSet): Span[] {
  const spans: Span[] = [];
  changes.iterChanges((fromA, toA, fromB, toB) => {
    const span = wholeCharacters(base, { fromA, toA, fromB, toB });
    const last = spans.at(-1);
    if (last && isNear(base, last.toA, span.fromA)) join(last, span);
    else spans.push(span);
  });
  return spans;
}

/** Whether what ends at one place and what begins at a later one are one edit. */
export function isNear(base: Text, end: number, begin: number): boolean {
  return begin - end < APART && (begin <= end || !base.sliceString(end, begin).includes("\n"));
}

function isSame(base: Text, view: Text, { fromA, toA, fromB, toB }: Span): boolean {
  return toA - fromA === toB - fromB && base.sliceString(fromA, toA) === view.sliceString(fromB, toB);
}

function join(into: Span, span: Span): void {
  into.toA = Math.max(into.toA, span.toA);
  into.toB = Math.max(into.toB, span.toB);
}

/** Outside a change both texts are the same, so that half a pair at its edge is there in both. */
function wholeCharacters(base: Text, span: Span): Span {
  const before = Number(cutsPair(base, span.fromA));
  const behind = Number(cutsPair(base, span.toA));
  return { fromA: span.fromA - before, toA: span.toA + behind, fromB: span.fromB - before, toB: span.toB + behind };
}

/** Words that are only added are shown, found and compared by a character beside them, on the same line where there is one. */
function widened(base: Text, span: Span): Span {
  const at = span.fromA;
  const next = at < base.length ? 1 + Number(cutsPair(base, at + 1)) : 0;
  const previous = at > 0 ? 1 + Number(cutsPair(base, at - 1)) : 0;
  const onLine = (from: number, length: number) => length > 0 && base.sliceString(from, from + 1) !== "\n";
  const forward = onLine(at, next) || (next > 0 && !onLine(at - previous, previous));
  return forward
    ? { ...span, toA: span.toA + next, toB: span.toB + next }
    : { ...span, fromA: span.fromA - previous, fromB: span.fromB - previous };
}

function cutsPair(text: Text, at: number): boolean {
  return at > 0 && at < text.length && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.sliceString(at - 1, at + 1));
}
