/**
 * Maths for the Markdown parser: `$…$` within a line, `$$…$$` displayed. What is maths is what the server's renderer takes for it
 * (`server/src/render`), so that sums of money stay sums of money: "$5 and $10", "$5/$10".
 */
import { tags } from "@lezer/highlight";
import type { InlineContext, MarkdownConfig } from "@lezer/markdown";

const [DOLLAR, BACKSLASH, OPEN, CLOSE, ZERO, NINE] = [36, 92, 123, 125, 48, 57];
/** What a text has where it has no character. */
const NONE = -1;

/** Reads maths as `InlineMaths` and `DisplayMaths`, each between two `MathsMark`s. */
export const maths: MarkdownConfig = {
  defineNodes: [{ name: "InlineMaths" }, { name: "DisplayMaths" }, { name: "MathsMark", style: tags.processingInstruction }],
  parseInline: [
    {
      name: "Maths",
      parse(cx, next, pos) {
        if (next !== DOLLAR || isSpace(cx.char(pos + 1))) return NONE;
        const width = cx.char(pos + 1) === DOLLAR ? 2 : 1;
        const end = closing(cx, pos + width - 1, width);
        if (end === NONE) return NONE;
        const marks = [cx.elt("MathsMark", pos, pos + width), cx.elt("MathsMark", end, end + width)];
        return cx.addElement(cx.elt(width === 2 ? "DisplayMaths" : "InlineMaths", pos, end + width, marks));
      },
    },
  ],
};

/** Where maths that begins with a dollar at `open` ends: at the next dollar in the same braces, or nowhere, because maths has no dollars. */
function closing(cx: InlineContext, open: number, width: number): number {
  const at = nextDollars(cx).get(open) ?? NONE;
  const ends = width === 2 ? cx.char(at + 1) === DOLLAR : !isSpace(cx.char(at - 1)) && !isDigit(cx.char(at + 1));
  return ends && at > open + 1 ? at : NONE;
}

const known = new WeakMap<InlineContext, Map<number, number>>();

/** For every dollar of a block the next one in the same braces. Found for all at once: looked for one by one, many that have none would take for ever. */
function nextDollars(cx: InlineContext): Map<number, number> {
  const next = known.get(cx) ?? new Map<number, number>();
  if (known.has(cx)) return next;
  known.set(cx, next);
  const last = new Map<number, number>();
  const braces = [0];
  let opened = 0;
  for (let at = cx.offset; at < cx.end; at++) {
    const letter = cx.char(at);
    if (letter === BACKSLASH) at += 1;
    else if (letter === OPEN) braces.push(++opened);
    // One that closes nothing: what is before it and what is behind it are apart.
    else if (letter === CLOSE && braces.pop() !== undefined && braces.length === 0) braces.push(++opened);
    else if (letter === DOLLAR) {
      const inside = braces.at(-1)!;
      const before = last.get(inside);
      if (before !== undefined) next.set(before, at);
      last.set(inside, at);
    }
  }
  return next;
}

function isSpace(letter: number): boolean {
  return letter === NONE || letter === 32 || (letter >= 9 && letter <= 13);
}

function isDigit(letter: number): boolean {
  return letter >= ZERO! && letter <= NINE!;
}
