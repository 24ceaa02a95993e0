/** What the scanners find in the syntax tree: plain data, so that it can be tested without a page. `inline.ts` turns it into decorations. */
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

import type { Picture } from "../picture.ts";

/** One thing to show differently from its source. */
export type Piece =
  /** A class on the line that starts at `from`. */
  | { kind: "line"; from: number; class: string }
  /** A class on a stretch of text. */
  | { kind: "mark"; from: number; to: number; class: string; title?: string }
  /** Markup that is not shown. `atomic`: the caret never stands in it. */
  | { kind: "hide"; from: number; to: number; atomic?: boolean }
  /** A list's dash as a bullet. */
  | { kind: "bullet"; from: number; to: number }
  /** A task's `[ ]` as a box; `marker` is where its character is. */
  | { kind: "task"; from: number; to: number; checked: boolean; marker: number }
  /** A thematic break as a line. */
  | { kind: "rule"; from: number; to: number }
  /** Markup replaced by a word: a code block's language, an alert's name. */
  | { kind: "label"; from: number; to: number; text: string; class: string }
  /** A picture, drawn. */
  | { kind: "picture"; from: number; to: number; picture: Picture }
  /** Maths, drawn. */
  | { kind: "maths"; from: number; to: number; source: string; display: boolean };

/** What a scanner works with. */
export interface Scan {
  /** The text and its tree. */
  state: EditorState;
  /** The stretch that is drawn; nothing outside is worth finding. */
  from: number;
  /** Its end. */
  to: number;
  /** Whether the caret or selection touches a stretch, so that its source must show. */
  touched: (from: number, to: number) => boolean;
  /** What was found so far. */
  pieces: Piece[];
}

/** Hides markup, unless it spans lines: a view plugin may not swallow a line break. */
export function hide(scan: Scan, from: number, to: number): void {
  if (from < to && scan.state.doc.lineAt(from).to >= to) scan.pieces.push({ kind: "hide", from, to });
}

/** Whether something is all there is of a paragraph that stands in nothing: the block tier shows it. */
export function isAlone(node: SyntaxNode): boolean {
  const { parent } = node;
  return parent?.name === "Paragraph" && parent.parent?.name === "Document" && parent.from === node.from && parent.to === node.to;
}

/** Puts a class on every drawn line of a block. */
export function eachLine(scan: Scan, from: number, to: number, give: (start: number, number: number) => string): void {
  const { doc } = scan.state;
  const last = doc.lineAt(Math.min(to, Math.max(scan.to, from))).number;
  const first = doc.lineAt(Math.max(from, Math.min(scan.from, to))).number;
  for (let number = first; number <= last; number++) {
    const start = doc.line(number).from;
    scan.pieces.push({ kind: "line", from: start, class: give(start, number) });
  }
}
