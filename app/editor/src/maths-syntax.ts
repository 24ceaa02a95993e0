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
        const end = closing(cx, pos + width, width);
        if (end === NONE) return NONE;
        const marks = [cx.elt("MathsMark", pos, pos + width), cx.elt("MathsMark", end, end + width)];
        return cx.addElement(cx.elt(width === 2 ? "DisplayMaths" : "InlineMaths", pos, end + width, marks));
      },
    },
  ],
};

/** Where the next dollar stands that is in no braces, if it ends the maths that begins at `start`: maths has no dollars. */
function closing(cx: InlineContext, start: number, width: number): number {
  let depth = 0;
  for (let at = start; at < cx.end; at++) {
    const letter = cx.char(at);
    if (letter === BACKSLASH) at += 1;
    else if (letter === OPEN) depth += 1;
    else if (letter === CLOSE) depth -= 1;
    if (depth < 0) return NONE;
    if (letter !== DOLLAR || depth > 0) continue;
    const ends = width === 2 ? cx.char(at + 1) === DOLLAR : !isSpace(cx.char(at - 1)) && !isDigit(cx.char(at + 1));
    return ends && at > start ? at : NONE;
  }
  return NONE;
}

function isSpace(letter: number): boolean {
  return letter === NONE || letter === 32 || (letter >= 9 && letter <= 13);
}

function isDigit(letter: number): boolean {
  return letter >= ZERO! && letter <= NINE!;
}
