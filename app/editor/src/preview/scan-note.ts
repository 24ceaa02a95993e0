/** Footnotes: their labels without the brackets. */
import type { SyntaxNodeRef } from "@lezer/common";

import { eachLine, hide, type Scan } from "./piece.ts";

/** `[^label]` in a text. */
export function scanNoteReference(scan: Scan, node: SyntaxNodeRef): false {
  label(scan, node, "cm-note-reference");
  return false;
}

/** `[^label]: …`, the words of a note. */
export function scanNote(scan: Scan, node: SyntaxNodeRef): undefined {
  eachLine(scan, node.from, node.to, () => "cm-note");
  label(scan, node, "cm-note-label");
  return undefined;
}

function label(scan: Scan, { node }: SyntaxNodeRef, name: string): void {
  const [open, close] = node.getChildren("FootnoteMark");
  if (!open || !close) return;
  scan.pieces.push({ kind: "mark", from: open.to, to: close.from, class: name });
  if (scan.touched(open.from, close.to)) return;
  hide(scan, open.from, open.to);
  hide(scan, close.from, close.to);
}
