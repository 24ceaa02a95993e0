/** Pictures: ours are drawn where the caret is not, all others stay their source. One that is a paragraph of its own belongs to the block tier. */
import type { SyntaxNodeRef } from "@lezer/common";

import { pictureOf } from "../picture.ts";
import { isAlone, type Scan } from "./piece.ts";

/** `![…](…)`. */
export function scanPicture(scan: Scan, node: SyntaxNodeRef): false {
  const { from, to } = node;
  const picture = pictureOf((start, end) => scan.state.sliceDoc(start, end), node.node);
  const oneLine = scan.state.doc.lineAt(from).to >= to;
  if (picture && oneLine && !isAlone(node.node) && !scan.touched(from, to)) scan.pieces.push({ kind: "picture", from, to, picture });
  else scan.pieces.push({ kind: "mark", from, to, class: "cm-image" });
  return false;
}
