/** Quotes, and GitHub's alerts, which are quotes that start with `[!NOTE]` and the like. */
import type { SyntaxNodeRef } from "@lezer/common";

import { eachLine, hide, type Scan } from "./piece.ts";

const ALERT = /^>\s?\[!(note|tip|important|warning|caution)\]\s*$/i;

/** Classes on a quote's lines, its marks hidden where the caret is not. */
export function scanQuote(scan: Scan, node: SyntaxNodeRef): undefined {
  const { doc } = scan.state;
  const firstLine = doc.lineAt(node.from);
  const alert = ALERT.exec(firstLine.text)?.[1]?.toLowerCase();
  const name = alert ? `cm-quote cm-alert cm-alert-${alert}` : "cm-quote";
  eachLine(scan, node.from, node.to, () => name);
  if (alert && !scan.touched(firstLine.from, firstLine.to)) {
    const text = alert.charAt(0).toUpperCase() + alert.slice(1);
    scan.pieces.push({ kind: "label", from: firstLine.from, to: firstLine.to, text, class: "cm-alert-name" });
  }
  node.node.cursor().iterate((inner) => {
    if (inner.from > scan.to || inner.to < scan.from) return false;
    if (inner.name !== "QuoteMark") return true;
    const line = doc.lineAt(inner.from);
    const end = inner.to + (doc.sliceString(inner.to, inner.to + 1) === " " ? 1 : 0);
    if (!scan.touched(line.from, line.to) && !(alert && line.from === firstLine.from)) hide(scan, inner.from, end);
    return false;
  });
  return undefined;
}
