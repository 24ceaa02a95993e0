/**
 * How well a text answers what was typed, and which of its letters do. Every word typed must be found: its letters stand next to each other,
 * or later in the same word, or begin a later word. So `sfr` finds “Send for review” and `ldgr` “Ledger”, but `set` does not find “Ask them to”.
 */

/** A stretch of a text, from and to. */
export type Span = readonly [from: number, to: number];

/** A text that was found. */
export interface Match {
  /** Higher is better; only scores for the same question compare. */
  score: number;
  /** What to mark, in order, never overlapping. */
  marks: Span[];
}

/** Texts are short; of a longer one only the beginning is looked at. */
const LONGEST = 300;

/** What one letter is worth, by where it stands. */
const WORTH = { textStart: 10, wordStart: 8, adjacent: 6, within: -2, skipped: -1 } as const;
/** A word that is found in the middle of another. */
const INNER = -5;
/** Being the whole text, or its beginning, when all else is equal. */
const WHOLE = 12;
const BEGINNING = 4;

/** Finds what was typed in a text; null when a word of it is not there. Nothing typed is found everywhere. `within`: also in the middle of words. */
export function match(typed: string, text: string, within = true): Match | null {
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  const folded = fold(text.slice(0, LONGEST));
  const starts = startsOf(folded);
  let score = -folded.length / LONGEST;
  const letters = new Set<number>();
  for (const word of wanted) {
    const found = findWord(word, folded, starts, within);
    if (!found) return null;
    score += found.score;
    for (const at of found.letters) letters.add(at);
  }
  const whole = wanted.join(" ");
  if (whole !== "" && folded.startsWith(whole)) score += folded.length === whole.length ? WHOLE : BEGINNING;
  return { score, marks: spans(letters) };
}

/** In lower case, without accents, unit for unit: places in the one are places in the other. */
function fold(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => unit.normalize("NFD").charAt(0)).replace(/[^]/g, (unit) => {
    const lower = unit.toLowerCase();
    return lower.length === 1 ? lower : unit;
  });
}

interface Found {
  score: number;
  letters: number[];
}

function findWord(word: string, text: string, starts: readonly number[], within: boolean): Found | null {
  const apart = findApart(word, text, starts);
  const inner = within ? text.indexOf(word) : -1;
  if (inner < 0) return apart;
  const together = { score: INNER + word.length * WORTH.adjacent, letters: [...word].map((_, index) => inner + index) };
  return apart && apart.score >= together.score ? apart : together;
}

/** The best way to walk through a text letter by letter, beginning where a word begins. */
function findApart(word: string, text: string, starts: readonly number[]): Found | null {
  // For the letters so far: the best score of each place where the last of them may stand, and the place before it.
  let scores: (number | undefined)[] = [];
  const steps: number[][] = [];
  for (let index = 0; index < word.length; index++) {
    const next: (number | undefined)[] = [];
    const came: number[] = [];
    for (let at = text.indexOf(word[index]!); at >= 0; at = text.indexOf(word[index]!, at + 1)) {
      if (index === 0) {
        if (isStart(starts, at)) next[at] = at === 0 ? WORTH.textStart : WORTH.wordStart;
        continue;
      }
      for (let before = index - 1; before < at; before++) {
        const worth = scores[before] === undefined ? null : stepWorth(starts, before, at);
        if (worth === null) continue;
        const score = scores[before]! + worth;
        if (next[at] !== undefined && next[at]! >= score) continue;
        next[at] = score;
        came[at] = before;
      }
    }
    scores = next;
    steps.push(came);
  }
  return best(scores, steps);
}

function stepWorth(starts: readonly number[], before: number, at: number): number | null {
  if (at === before + 1) return WORTH.adjacent;
  const words = starts[at]! - starts[before]!;
  if (isStart(starts, at)) return WORTH.wordStart + WORTH.skipped * Math.min(3, words - 1);
  return words === 0 ? WORTH.within : null;
}

function best(scores: (number | undefined)[], steps: number[][]): Found | null {
  let end = -1;
  scores.forEach((score, at) => {
    if (score !== undefined && (end < 0 || score > scores[end]!)) end = at;
  });
  if (end < 0) return null;
  const letters = [end];
  for (let index = steps.length - 1; index > 0; index--) letters.unshift(steps[index]![letters[0]!]!);
  return { score: scores[end]!, letters };
}

const LETTER = /[\p{L}\p{N}]/u;

/** For each place, how many words begin up to there. */
function startsOf(text: string): number[] {
  let count = 0;
  return Array.from({ length: text.length }, (_, at) => (LETTER.test(text[at]!) && (at === 0 || !LETTER.test(text[at - 1]!)) ? ++count : count));
}

function isStart(starts: readonly number[], at: number): boolean {
  return starts[at]! > (starts[at - 1] ?? 0);
}

function spans(letters: ReadonlySet<number>): Span[] {
  const marks: [number, number][] = [];
  for (const at of [...letters].sort((a, b) => a - b)) {
    const last = marks.at(-1);
    if (last && last[1] === at) last[1]++;
    else marks.push([at, at + 1]);
  }
  return marks;
}
