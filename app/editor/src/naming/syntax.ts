/** Names of designs for the Markdown parser: `D-12` is a `DesignName`, everywhere but in code, addresses and formulas. */
import type { MarkdownConfig } from "@lezer/markdown";

import { designAt, LONGEST, nameOfDesign } from "./names.ts";

const [D, DASH] = [68, 45];

/** Reads `DesignName`. */
export const designNames: MarkdownConfig = {
  defineNodes: [{ name: "DesignName" }],
  parseInline: [
    {
      name: "DesignName",
      parse(cx, next, pos) {
        if (next !== D || cx.char(pos + 1) !== DASH) return -1;
        const before = cx.slice(Math.max(cx.offset, pos - 2), pos);
        const number = designAt(cx.slice(pos, Math.min(cx.end, pos + LONGEST)), before);
        return number === null ? -1 : cx.addElement(cx.elt("DesignName", pos, pos + nameOfDesign(number).length));
      },
    },
  ],
};
