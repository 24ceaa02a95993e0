/**
 * Finds the passage that a link leads to, in whatever the text has become. Only letters and digits are compared, so that other marks, line
 * breaks and punctuation do not matter.
 */
import type { Passage } from "./link.ts";

/** Where it is, in UTF-16 units. */
export interface Found {
  /** First unit. */
  from: number;
  /** Behind the last unit. */
  to: number;
  /** Its words are others now. */
  changed: boolean;
}

/** So many letters beside it must be as they were for a passage to be taken for the one that is meant. */
const SURE = 10;
/** So many letters in one place only say by themselves that it is that one. */
const LONG = 24;
/** A passage that has changed may have grown by this factor, and by so many letters. */
const GROWTH = 3;
const GROWN = 200;

/** Letters, and where in the text each stands. */
interface Letters {
  text: string;
  at: number[];
}

/** A stretch of letters. */
interface Stretch {
  from: number;
  to: number;
}

/** Where the passage is; none: it is gone. */
export function findPassage(text: string, passage: Passage): Found | null {
  const sign = /[\p{L}\p{N}]/u.test(passage.quote) ? /[\p{L}\p{N}]/gu : /\S/gu;
  const all = lettersOf(text, sign);
  const [quote, until, before, after] = [passage.quote, passage.until, passage.before, passage.after].map((part) => lettersOf(part, sign).text) as [string, string, string, string];
  const same = best(all.text, until === "" ? matches(all.text, quote) : spans(all.text, quote, until), before, after);
  if (same) return placed(all, same, false);
  const edged = edges(all.text, quote, until === "" ? quote : until) ?? enclosed(all.text, before, after, quote.length + until.length);
  return edged && placed(all, edged, true);
}

function lettersOf(text: string, sign: RegExp): Letters {
  const at: number[] = [];
  let letters = "";
  for (const { 0: letter, index } of text.matchAll(sign)) {
    letters += letter;
    for (let unit = 0; unit < letter.length; unit++) at.push(index + unit);
  }
  return { text: letters, at };
}

function placed({ at }: Letters, { from, to }: Stretch, changed: boolean): Found {
  return { from: at[from]!, to: at[to - 1]! + 1, changed };
}

/** Everywhere that letters stand. */
function matches(all: string, wanted: string): Stretch[] {
  const found: Stretch[] = [];
  if (wanted === "") return found;
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) found.push({ from: at, to: at + wanted.length });
  return found;
}

/** From each beginning to the next end. */
function spans(all: string, first: string, last: string): Stretch[] {
  return matches(all, first).flatMap(({ from, to }) => {
    const end = all.indexOf(last, to);
    return end < 0 ? [] : [{ from, to: end + last.length }];
  });
}

/** The stretch whose surroundings are most like those that were; none: nobody can say that it is one of these. */
function best(all: string, found: Stretch[], before: string, after: string): Stretch | null {
  const scored = found.map((stretch) => ({ stretch, left: likeBefore(all, stretch.from, before), right: likeAfter(all, stretch.to, after) }));
  scored.sort((a, b) => b.left + b.right - a.left - a.right);
  const [first] = scored;
  if (!first) return null;
  const isAlone = found.length === 1 && first.stretch.to - first.stretch.from >= LONG;
  const isSure = isLike(first.left, before, first.stretch.from === 0) || isLike(first.right, after, first.stretch.to === all.length);
  return isAlone || isSure ? first.stretch : null;
}

/** A side that was empty was the edge of the text, and is like it only there. */
function isLike(letters: number, side: string, isEdge: boolean): boolean {
  return side === "" ? isEdge : letters >= Math.min(SURE, side.length);
}

function likeBefore(all: string, at: number, before: string): number {
  let letters = 0;
  while (letters < before.length && letters < at && all[at - 1 - letters] === before[before.length - 1 - letters]) letters++;
  return letters;
}

function likeAfter(all: string, at: number, after: string): number {
  let letters = 0;
  while (letters < after.length && all[at + letters] === after[letters]) letters++;
  return letters;
}

/** Begins and ends as it did, each in one place, with other words between. */
function edges(all: string, quote: string, until: string): Stretch | null {
  if (quote.length < 2 * SURE) return null;
  const [first, ...otherFirsts] = matches(all, quote.slice(0, SURE));
  const [last, ...otherLasts] = matches(all, until.slice(-SURE));
  if (!first || !last || otherFirsts.length > 0 || otherLasts.length > 0 || last.from < first.to) return null;
  return last.to - first.from <= grown(quote.length + until.length) ? { from: first.from, to: last.to } : null;
}

/** What stands now between what stood before it and behind it; none: nothing, or nobody can say where. */
function enclosed(all: string, before: string, after: string, length: number): Stretch | null {
  if (before.length < SURE || after.length < SURE) return null;
  const found = matches(all, before).flatMap(({ to }) => {
    const end = all.indexOf(after, to);
    return end < 0 || end - to > grown(length) ? [] : [{ from: to, to: end }];
  });
  const [only, ...others] = found;
  return only && others.length === 0 && only.from < only.to ? only : null;
}

function grown(length: number): number {
  return length * GROWTH + GROWN;
}
