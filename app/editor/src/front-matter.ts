/** YAML front matter for the Markdown parser: without it the first `---` is a rule and the last one makes a heading of the keys. */
import { tags } from "@lezer/highlight";
import type { MarkdownConfig } from "@lezer/markdown";

const FENCE = /^---\s*$/;
const END = /^(---|\.\.\.)\s*$/;
const KEY = /^[\w.-]+\s*:|^#/;

/** Reads a block at the very start that is fenced by `---` and whose first line is a key or a comment. */
export const frontMatter: MarkdownConfig = {
  defineNodes: [{ name: "FrontMatter", block: true, style: tags.meta }],
  parseBlock: [
    {
      name: "FrontMatter",
      before: "HorizontalRule",
      parse(cx, line) {
        if (cx.lineStart !== 0 || !FENCE.test(line.text)) return false;
        const next = cx.peekLine();
        if (!KEY.test(next) && !END.test(next)) return false;
        let end = line.text.length;
        while (cx.nextLine()) {
          end = cx.lineStart + line.text.length;
          if (END.test(line.text)) {
            cx.nextLine();
            break;
          }
        }
        cx.addElement(cx.elt("FrontMatter", 0, end));
        return true;
      },
    },
  ],
};
