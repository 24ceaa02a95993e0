/** Keys for Markdown: marks around the selection, links, and Tab that indents only where indentation means something. */
import { indentLess, indentMore, insertNewlineKeepIndent } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import { EditorSelection, type ChangeSpec, type EditorState, type SelectionRange, type StateCommand } from "@codemirror/state";
import type { Command, KeyBinding } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";

import { SHORTCUTS } from "./shortcuts/registry.ts";

/** The keys for Markdown, in what is written. */
export const markdownKeys: readonly KeyBinding[] = [
  { key: SHORTCUTS.bold.keys[0], run: toggleAround("**"), preventDefault: true },
  { key: SHORTCUTS.italic.keys[0], run: toggleAround("*"), preventDefault: true },
  { key: SHORTCUTS.code.keys[0], run: toggleAround("`"), preventDefault: true },
  { key: SHORTCUTS.strike.keys[0], run: toggleAround("~~"), preventDefault: true },
  { key: SHORTCUTS.link.keys[0], run: linkSelected },
  // Elsewhere Tab moves the focus, as on every page; Esc, then Tab leaves from here too.
  { key: SHORTCUTS.indent.keys[0], run: whereIndentMatters(indentMore) },
  { key: SHORTCUTS.outdent.keys[0], run: whereIndentMatters(indentLess) },
  { key: "Enter", run: breakLine, shift: breakLine },
];

/**
 * Breaks the line and takes nothing away. The editor's own Enter removes the blanks behind the caret, and those may be what somebody else has
 * typed there just now. Code keeps that one, for the indentation of its language.
 */
export function breakLine(target: Parameters<StateCommand>[0]): boolean {
  const { state } = target;
  if (state.readOnly || state.selection.ranges.some(({ head }) => isWithin(state, head, CODE))) return false;
  return insertNewlineKeepIndent(target);
}

/** Puts a mark around each selection, or around the word at the caret; takes it off where it is. */
export function toggleAround(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const tr = state.changeByRange((range) => toggle(state, range, mark));
    dispatch(state.update(tr, { scrollIntoView: true, userEvent: "input.format" }));
    return true;
  };
}

function toggle(state: EditorState, selected: SelectionRange, mark: string): { changes: ChangeSpec; range: SelectionRange } {
  const range = selected.empty ? (state.wordAt(selected.head) ?? selected) : selected;
  const { from, to } = range;
  const width = mark.length;
  if (isMarked(state, from, to, mark)) {
    const changes = [
      { from: from - width, to: from },
      { from: to, to: to + width },
    ];
    return { changes, range: EditorSelection.range(selected.anchor - width, selected.head - width) };
  }
  const inner = state.sliceDoc(from, to);
  if (inner.length > 2 * width && inner.startsWith(mark) && inner.endsWith(mark)) {
    const changes = [
      { from, to: from + width },
      { from: to - width, to },
    ];
    return { changes, range: EditorSelection.range(from, to - 2 * width) };
  }
  const changes = [
    { from, insert: mark },
    { from: to, insert: mark },
  ];
  return { changes, range: EditorSelection.range(selected.anchor + width, selected.head + width) };
}

/** Whether exactly this mark is around a range: one star is not around what two stars are. */
function isMarked(state: EditorState, from: number, to: number, mark: string): boolean {
  const width = mark.length;
  if (state.sliceDoc(from - width, from) !== mark || state.sliceDoc(to, to + width) !== mark) return false;
  if (mark !== "*") return true;
  const before = /\**$/.exec(state.sliceDoc(Math.max(0, from - 3), from))?.[0].length ?? 0;
  return before !== 2;
}

/** Makes the selection a link and puts the caret where the address goes. */
export function link({ state, dispatch }: Parameters<StateCommand>[0]): boolean {
  if (state.readOnly) return false;
  const tr = state.changeByRange(({ from, to }) => {
    const words = state.sliceDoc(from, to);
    const isAddress = /^https?:\/\/\S+$/.test(words);
    const insert = isAddress ? `[](${words})` : `[${words}]()`;
    const caret = from + (isAddress || words === "" ? 1 : words.length + 3);
    return { changes: { from, to, insert }, range: EditorSelection.cursor(caret) };
  });
  dispatch(state.update(tr, { scrollIntoView: true, userEvent: "input.format" }));
  return true;
}

/** The same where words are selected; elsewhere the key is the page's, and opens the palette. */
export function linkSelected(target: Parameters<StateCommand>[0]): boolean {
  return target.state.selection.ranges.some((range) => !range.empty) && link(target);
}

const CODE: ReadonlySet<string> = new Set(["FencedCode", "CodeBlock"]);
const INDENTED: ReadonlySet<string> = new Set(["ListItem", ...CODE]);

function whereIndentMatters(command: StateCommand): Command {
  return (view) => {
    if (view.state.readOnly) return false;
    const line = view.state.doc.lineAt(view.state.selection.main.head);
    return isWithin(view.state, line.from + /^\s*/.exec(line.text)![0].length, INDENTED) && command(view);
  };
}

/** Whether what begins at a place belongs to one of these nodes. */
function isWithin(state: EditorState, at: number, names: ReadonlySet<string>): boolean {
  for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(at, 1); node; node = node.parent) if (names.has(node.name)) return true;
  return false;
}
