/** Fenced code: a box with the language's name instead of the fences. */
import type { SyntaxNodeRef } from "@lezer/common";

import { eachLine, hide, type Scan } from "./piece.ts";

/** Classes on the lines; the fences hidden while the caret is outside. */
export function scanCode(scan: Scan, node: SyntaxNodeRef): false {
  const { doc } = scan.state;
  const code = node.node;
  const first = doc.lineAt(node.from);
  const last = doc.lineAt(node.to);
  const [open, close] = code.getChildren("CodeMark");
  const closed = close !== undefined && last.number > first.number && close.from >= last.from;
  eachLine(scan, node.from, node.to, (start, number) => {
    const edge = number === first.number ? " cm-code-first" : start === last.from ? " cm-code-last" : "";
    const fence = number === first.number || (closed && start === last.from) ? " cm-code-fence" : "";
    return `cm-code${edge}${fence}`;
  });
  if (!open || scan.touched(node.from, node.to)) return false;
  const info = code.getChild("CodeInfo");
  const text = info ? scan.state.sliceDoc(info.from, info.to) : "";
  if (text !== "") scan.pieces.push({ kind: "label", from: open.from, to: first.to, text, class: "cm-code-name" });
  else hide(scan, open.from, first.to);
  if (closed && close) hide(scan, close.from, last.to);
  return false;
}
