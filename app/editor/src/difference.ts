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
