/** Footnotes for the Markdown parser: `[^label]` in a text, `[^label]: …` where its words are. Without it the latter is a link's address. */
import { tags } from "@lezer/highlight";
import type { MarkdownConfig } from "@lezer/markdown";

const REFERENCE = /^\[\^[^\]\s]+\]/;
const DEFINITION = /^\[\^[^\]\s]+\]:[ \t]*/;
const [OPEN, CARET] = [91, 94];
/** Characters of a reference; many that never end would otherwise be looked through again and again. */
const LONGEST = 1_000;
/** Further paragraphs of a note are indented by so many columns. */
const INDENT = 4;

/** Reads `FootnoteReference` and `FootnoteDefinition`, with a `FootnoteMark` on each side of the label. */
export const footnotes: MarkdownConfig = {
  defineNodes: [
    { name: "FootnoteReference", style: tags.link },
    { name: "FootnoteMark", style: tags.processingInstruction },
    {
      name: "FootnoteDefinition",
      block: true,
      composite: (_cx, line) => {
        if (line.next < 0) return true;
        if (line.indent < line.baseIndent + INDENT) return false;
        line.moveBaseColumn(line.baseIndent + INDENT);
        return true;
      },
    },
  ],
  parseBlock: [
    {
      name: "FootnoteDefinition",
      before: "LinkReference",
      parse(cx, line) {
        const found = line.indent < line.baseIndent + INDENT ? DEFINITION.exec(line.text.slice(line.pos)) : null;
        if (!found) return false;
        const from = cx.lineStart + line.pos;
        const colon = from + found[0].trimEnd().length - 1;
        cx.startComposite("FootnoteDefinition", line.pos);
        cx.addElement(cx.elt("FootnoteMark", from, from + 2));
        cx.addElement(cx.elt("FootnoteMark", colon - 1, colon + 1));
        line.moveBase(line.pos + found[0].length);
        return null;
      },
      endLeaf: (_cx, line) => DEFINITION.test(line.text.slice(line.pos)),
    },
  ],
  parseInline: [
    {
      name: "FootnoteReference",
      before: "Link",
      parse(cx, next, pos) {
        const found = next === OPEN && cx.char(pos + 1) === CARET ? REFERENCE.exec(cx.slice(pos, Math.min(cx.end, pos + LONGEST))) : null;
        if (!found) return -1;
        const end = pos + found[0].length;
        const marks = [cx.elt("FootnoteMark", pos, pos + 2), cx.elt("FootnoteMark", end - 1, end)];
        return cx.addElement(cx.elt("FootnoteReference", pos, end, marks));
      },
    },
  ],
};
