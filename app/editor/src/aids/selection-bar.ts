/** What can be done to selected words, beside them. */
import { Prec, type EditorState, type Extension, type SelectionRange } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";

import { link, toggleAround } from "../commands.ts";
import { copyLink } from "../passage/copy.ts";
import { asRead, CONTEXT, passageOf } from "../passage/link.ts";
import { isMac } from "../platform.ts";
import { written } from "../shortcuts/caps.ts";
import { SHORTCUTS } from "../shortcuts/registry.ts";
import { tableAt } from "../table/grid.ts";
import { barAt, enterBar, type Button } from "./bar.ts";
import { isVerbatim } from "./verbatim.ts";

const keys = (name: keyof typeof SHORTCUTS): string => written(SHORTCUTS[name].keys[0], isMac);

const BUTTONS: readonly Button[] = [
  { name: `Bold (${keys("bold")})`, icon: "bold", run: toggleAround("**") },
  { name: `Italic (${keys("italic")})`, icon: "italic", run: toggleAround("*") },
  { name: `Struck through (${keys("strike")})`, icon: "strikethrough", run: toggleAround("~~") },
  { name: `Code (${keys("code")})`, icon: "code", run: toggleAround("`") },
  { name: `Link (${keys("link")})`, icon: "link", run: link },
  { name: "Copy a link to this passage", icon: "copy", run: copyPassage },
];

/** The link leads to the tab Read: there whoever may read finds the passage, and nobody is asked to write. */
function copyPassage({ state }: EditorView): boolean {
  const { from, to } = state.selection.main;
  const around = [state.sliceDoc(Math.max(0, from - 8 * CONTEXT), from), state.sliceDoc(to, to + 8 * CONTEXT)] as const;
  const page = new URL(location.pathname.replace(/[^/]*$/, "read"), location.href);
  void copyLink(page, passageOf(asRead(state.sliceDoc(from, to)), asRead(around[0]), asRead(around[1])));
  return true;
}

/** Words of one block that can be formatted: marks do not reach over paragraphs. A table has its own bar, and selects a cell's words at every step. */
export function words(state: EditorState): SelectionRange | null {
  const { main } = state.selection;
  const isOneBlock = !main.empty && !/\n\s*\n/.test(state.sliceDoc(main.from, Math.min(main.to, main.from + 2_000)));
  return isOneBlock && !isVerbatim(state, main.to) && !tableAt(state, main.from) ? main : null;
}

/** The bar with one button more, and the key that goes to it. */
export const selectionBar = (more: Button): Extension => [
  barAt("Format the selection", [{ buttons: BUTTONS }, { buttons: [more] }], 6, words),
  Prec.high(keymap.of([{ key: SHORTCUTS.bar.keys[0], run: enterBar }])),
];
