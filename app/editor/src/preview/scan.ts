/** Walks the drawn part of the syntax tree and says what to show differently. The inline rules are here; lists, quotes, code, maths, notes and pictures have their files. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";

import { isPerson } from "../naming/names.ts";
import { scanCode } from "./scan-code.ts";
import { ListLines } from "./scan-list.ts";
import { scanDisplayMaths, scanInlineMaths } from "./scan-maths.ts";
import { scanNote, scanNoteReference } from "./scan-note.ts";
import { scanPicture } from "./scan-picture.ts";
import { scanQuote } from "./scan-quote.ts";
import { eachLine, hide, type Piece, type Scan } from "./piece.ts";

/** Everything to show differently in `from`–`to`. */
export function scan(state: EditorState, from: number, to: number, touched: Scan["touched"]): Piece[] {
  const found: Scan = { state, from, to, touched, pieces: [] };
  const lists = new ListLines(found);
  syntaxTree(state).iterate({
    from,
    to,
    enter: (node) => {
      if (lists.enter(node)) return undefined;
      return RULES[node.name]?.(found, node);
    },
    leave: (node) => lists.leave(node),
  });
  lists.finish();
  return found.pieces;
}

/** What to do at a node; false: its inside is of no interest. */
type Rule = (scan: Scan, node: SyntaxNodeRef) => boolean | undefined;

const around =
  (name: string): Rule =>
  (scan, node) => {
    scan.pieces.push({ kind: "mark", from: node.from, to: node.to, class: name });
    if (!scan.touched(node.from, node.to)) hideMarks(scan, node.node);
    return undefined;
  };

const heading =
  (level: number): Rule =>
  (scan, node) => {
    eachLine(scan, node.from, node.to, () => `cm-h cm-h${level}`);
    if (!scan.touched(node.from, node.to)) hideHeadingMarks(scan, node.node);
    return undefined;
  };

const RULES: Readonly<Record<string, Rule>> = {
  ATXHeading1: heading(1),
  ATXHeading2: heading(2),
  ATXHeading3: heading(3),
  ATXHeading4: heading(4),
  ATXHeading5: heading(5),
  ATXHeading6: heading(6),
  SetextHeading1: heading(1),
  SetextHeading2: heading(2),
  Emphasis: around("cm-em"),
  StrongEmphasis: around("cm-strong"),
  Strikethrough: around("cm-strike"),
  InlineCode: around("cm-inline-code"),
  Link: scanLink,
  Image: scanPicture,
  Autolink: (scan, node) => {
    if (!scan.touched(node.from, node.to)) hideMarks(scan, node.node);
    return undefined;
  },
  URL: (scan, node) => {
    const title = scan.state.sliceDoc(node.from, node.to);
    scan.pieces.push({ kind: "mark", from: node.from, to: node.to, class: "cm-link", title });
    return false;
  },
  Escape: (scan, node) => {
    if (!scan.touched(node.from, node.to)) hide(scan, node.from, node.from + 1);
    return false;
  },
  InlineMaths: scanInlineMaths,
  DisplayMaths: scanDisplayMaths,
  FootnoteReference: scanNoteReference,
  FootnoteDefinition: scanNote,
  Blockquote: scanQuote,
  FencedCode: scanCode,
  CodeBlock: (scan, node) => {
    eachLine(scan, node.from, node.to, () => "cm-code");
    return false;
  },
  HorizontalRule: (scan, node) => {
    if (!scan.touched(node.from, node.to)) scan.pieces.push({ kind: "rule", from: node.from, to: node.to });
    return false;
  },
  FrontMatter: (scan, node) => {
    eachLine(scan, node.from, node.to, () => "cm-front-matter");
    return false;
  },
  // Shown by the block tier while the caret is elsewhere; as source they need columns.
  Table: (scan, node) => {
    eachLine(scan, node.from, node.to, () => "cm-table-source");
    return false;
  },
  HTMLBlock: (scan, node) => {
    eachLine(scan, node.from, node.to, () => "cm-html");
    return false;
  },
};

function hideMarks(scan: Scan, node: SyntaxNode): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name.endsWith("Mark")) hide(scan, child.from, child.to);
  }
}

/** `## ` in front with its space, `##` behind with the space before it; the line under a setext heading stays, faded. */
function hideHeadingMarks(scan: Scan, node: SyntaxNode): void {
  for (const mark of node.getChildren("HeaderMark")) {
    const { doc } = scan.state;
    if (node.name.startsWith("Setext")) {
      scan.pieces.push({ kind: "line", from: doc.lineAt(mark.from).from, class: "cm-setext-mark" });
    } else if (mark.from === node.from) {
      const space = /^[ \t]*/.exec(doc.sliceString(mark.to, doc.lineAt(mark.to).to))?.[0].length ?? 0;
      hide(scan, mark.from, mark.to + space);
    } else {
      const space = /[ \t]*$/.exec(doc.sliceString(node.from, mark.from))?.[0].length ?? 0;
      hide(scan, mark.from - space, mark.to);
    }
  }
}

/** `[words](address)`: the words. A bare `[words]` may be no link at all and stays as it is. */
function scanLink(scan: Scan, node: SyntaxNodeRef): undefined {
  const link = node.node;
  const url = link.getChild("URL");
  const [open, close] = link.getChildren("LinkMark");
  if (!open || !close || (!url && !link.getChild("LinkLabel")) || open.to === close.from) return undefined;
  const address = url ? scan.state.sliceDoc(url.from, url.to) : "";
  const look = isPerson(address) ? { class: "cm-mention" } : { class: "cm-link", ...(url ? { title: address } : {}) };
  scan.pieces.push({ kind: "mark", from: open.to, to: close.from, ...look });
  // An address that goes over lines cannot be hidden, and then its brackets should not be either.
  const oneLine = scan.state.doc.lineAt(close.from).to >= node.to;
  if (oneLine && !scan.touched(node.from, node.to)) {
    hide(scan, open.from, open.to);
    hide(scan, close.from, node.to);
  }
  return undefined;
}
