/**
 * The preview of whole blocks (tables, diagrams, maths, pictures). CodeMirror takes block decorations only from state, so this is a field; it holds every
 * block of the document, maps them through changes and looks again only at the blocks that a change or the parser touched.
 */
import { syntaxTree } from "@codemirror/language";
import { EditorSelection, Prec, RangeSet, StateField, type EditorState, type Extension, type Range, type Transaction } from "@codemirror/state";
import { Decoration, EditorView, keymap, type DecorationSet, type WidgetType } from "@codemirror/view";
import type { SyntaxNode, Tree } from "@lezer/common";

import { pictureOf } from "../picture.ts";
import { DiagramWidget } from "./diagram.ts";
import { hasFocus, touches } from "./focus.ts";
import { MathsBlock } from "./maths.ts";
import { PictureBlock } from "./picture.ts";
import { isAlone } from "./piece.ts";
import { inside, isBlock } from "./scan-maths.ts";
import { TableWidget } from "./table.ts";

interface Blocks {
  /** Every block that has a preview. */
  all: DecorationSet;
  /** Those that show it: the caret is elsewhere. */
  shown: DecorationSet;
}

/** Top-level nodes that touch a stretch of text. */
function* touching(tree: Tree, from: number, to: number): Generator<SyntaxNode> {
  let node = tree.topNode.childAfter(Math.max(0, from - 1)) ?? null;
  for (; node && node.from <= to; node = node.nextSibling) {
    if (node.to >= from) yield node;
  }
}

/** The blocks with a preview that touch a stretch of text. */
export function scanBlocks(state: EditorState, from: number, to: number): Range<Decoration>[] {
  const found: Range<Decoration>[] = [];
  for (const node of touching(syntaxTree(state), from, to)) {
    const widget = widgetFor(state, node);
    if (!widget) continue;
    const start = state.doc.lineAt(node.from).from;
    found.push(Decoration.replace({ widget, block: true }).range(start, state.doc.lineAt(node.to).to));
  }
  return found;
}

function widgetFor(state: EditorState, node: SyntaxNode): WidgetType | null {
  if (node.name === "Table") return new TableWidget(state.sliceDoc(node.from, node.to));
  if (node.name === "Paragraph") return mathsOf(state, node) ?? drawn(state, node);
  if (node.name !== "FencedCode") return null;
  const info = node.getChild("CodeInfo");
  if (!info || state.sliceDoc(info.from, info.to).trim().toLowerCase() !== "mermaid") return null;
  const text = node.getChild("CodeText");
  return text ? new DiagramWidget(state.sliceDoc(text.from, text.to)) : null;
}

function mathsOf(state: EditorState, paragraph: SyntaxNode): MathsBlock | null {
  const maths = paragraph.firstChild;
  return maths && isBlock(maths) ? new MathsBlock(inside(state, maths)) : null;
}

function drawn(state: EditorState, paragraph: SyntaxNode): PictureBlock | null {
  const image = paragraph.firstChild;
  const picture = image?.name === "Image" && isAlone(image) ? pictureOf((from, to) => state.sliceDoc(from, to), image) : null;
  return picture && new PictureBlock(picture);
}

/** What must be looked at again, in the new text's positions; none: nothing. */
function dirty(tr: Transaction): { from: number; to: number } | null {
  const before = syntaxTree(tr.startState);
  const after = syntaxTree(tr.state);
  let from = Infinity;
  let to = -1;
  const add = (start: number, end: number) => {
    from = Math.min(from, start);
    to = Math.max(to, end);
  };
  tr.changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    add(fromB, toB);
    for (const node of touching(before, fromA, toA)) add(tr.changes.mapPos(node.from, -1), tr.changes.mapPos(node.to, 1));
    for (const node of touching(after, fromB, toB)) add(node.from, node.to);
  });
  const parsed = tr.changes.mapPos(Math.min(before.length, tr.startState.doc.length));
  if (after !== before && after.length > parsed) add(parsed, after.length);
  // Same length, other tree: a parse that was cut short has been finished somewhere within.
  else if (after !== before && !tr.docChanged) add(0, after.length);
  return to < 0 ? null : { from, to: Math.min(to, tr.state.doc.length) };
}

function rescan(all: DecorationSet, state: EditorState, from: number, to: number): DecorationSet {
  return all.update({
    filterFrom: from,
    filterTo: to,
    filter: (start, end) => start > to || end < from,
    add: scanBlocks(state, from, to),
    sort: true,
  });
}

function shownOf(all: DecorationSet, state: EditorState): DecorationSet {
  if (!hasFocus(state) || all.size === 0) return all;
  const { ranges } = state.selection;
  return all.update({
    filterFrom: Math.min(...ranges.map((range) => range.from)),
    filterTo: Math.max(...ranges.map((range) => range.to)),
    filter: (from, to) => !touches(state, from, to),
  });
}

const blocks = StateField.define<Blocks>({
  create(state) {
    const all = rescan(RangeSet.empty, state, 0, state.doc.length);
    return { all, shown: shownOf(all, state) };
  },
  update(value, tr) {
    let { all } = value;
    if (tr.docChanged) all = all.map(tr.changes);
    const again = dirty(tr);
    if (again) all = rescan(all, tr.state, again.from, again.to);
    const same = all === value.all && tr.selection === undefined && hasFocus(tr.startState) === hasFocus(tr.state);
    return same ? value : { all, shown: shownOf(all, tr.state) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.shown),
});

/** Arrow keys step into a block instead of over it. */
function enterBlock(forward: boolean) {
  return (view: EditorView): boolean => {
    const { main } = view.state.selection;
    if (!main.empty) return false;
    const target = view.moveVertically(main, forward).head;
    let entry: number | null = null;
    view.state.field(blocks).shown.between(Math.min(main.head, target), Math.max(main.head, target), (from, to) => {
      if (forward ? from > main.head : to < main.head) entry = forward ? (entry ?? from) : view.state.doc.lineAt(to).from;
    });
    if (entry === null) return false;
    view.dispatch({ selection: EditorSelection.cursor(entry), scrollIntoView: true });
    return true;
  };
}

/** The block tier. */
export const blockPreview: Extension = [
  blocks,
  Prec.high(
    keymap.of([
      { key: "ArrowDown", run: enterBlock(true) },
      { key: "ArrowUp", run: enterBlock(false) },
    ]),
  ),
];
