/** Maths: drawn where the caret is not. Displayed maths that is a paragraph of its own belongs to the block tier. */
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";

import { eachLine, isAlone, type Scan } from "./piece.ts";

/** `$…$`. */
export function scanInlineMaths(scan: Scan, node: SyntaxNodeRef): false {
  return show(scan, node.node, false);
}

/** `$$…$$`. */
export function scanDisplayMaths(scan: Scan, node: SyntaxNodeRef): false {
  if (!isBlock(node.node)) return show(scan, node.node, true);
  eachLine(scan, node.from, node.to, () => "cm-maths-source");
  return false;
}

/** Whether maths is all there is of a paragraph that stands in nothing. */
export function isBlock(maths: SyntaxNode): boolean {
  return maths.name === "DisplayMaths" && isAlone(maths);
}

/** The TeX between the dollars. */
export function inside(state: EditorState, maths: SyntaxNode): string {
  return state.sliceDoc(maths.firstChild?.to ?? maths.from, maths.lastChild?.from ?? maths.to);
}

function show(scan: Scan, node: SyntaxNode, display: boolean): false {
  const { from, to } = node;
  const oneLine = scan.state.doc.lineAt(from).to >= to;
  if (oneLine && !scan.touched(from, to)) scan.pieces.push({ kind: "maths", from, to, source: inside(scan.state, node), display });
  else scan.pieces.push({ kind: "mark", from, to, class: "cm-maths-source" });
  return false;
}
