/** What two texts do not have in common. */

/** The part of one text that differs from another, and what it is there. */
export interface Difference {
  /** First unit of it in the first text. */
  from: number;
  /** Behind its last unit in the first text. */
  to: number;
  /** What the second text has instead. */
  insert: string;
}

/** Without the common end, then without the common beginning; never half a surrogate pair. */
export function difference(before: string, after: string): Difference {
  const shorter = Math.min(before.length, after.length);
  let end = 0;
  while (end < shorter && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  if (isLow(before, before.length - end)) end -= 1;
  let from = 0;
  while (from < shorter - end && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  if (from > 0 && isHigh(before, from - 1)) from -= 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** The same in whole words, for reading: of a word, who corrects a letter corrects the word. As `Edit::core` has it on the cards. */
export function wordDifference(before: string, after: string): Difference {
  const [old, now] = [[...before], [...after]];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  while (head > 0 && inWord(old[head - 1]) && (inWord(old[head]) || inWord(now[head]))) head -= 1;
  const left = shorter - head;
  let tail = 0;
  while (tail < left && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const lastOf = (some: string[]) => (some.length - tail > head ? some.at(-1 - tail) : undefined);
  while (tail > 0 && inWord(old.at(-tail)) && (inWord(lastOf(old)) || inWord(lastOf(now)))) tail -= 1;
  const from = old.slice(0, head).join("").length;
  return { from, to: before.length - old.slice(old.length - tail).join("").length, insert: now.slice(head, now.length - tail).join("") };
}

function inWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** Whether the second half of a pair is there. */
function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Whether the first half of a pair is there. */
function isHigh(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}
