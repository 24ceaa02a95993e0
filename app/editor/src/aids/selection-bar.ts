/** What can be done to selected words, beside them. */
import { Prec, type EditorState, type Extension, type SelectionRange } from "@codemirror/state";
import { keymap } from "@codemirror/view";

import { link, toggleAround } from "../commands.ts";
import { tableAt } from "../table/grid.ts";
import { barAt, enterBar, type Button } from "./bar.ts";
import { isVerbatim } from "./verbatim.ts";

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+";

const BUTTONS: readonly Button[] = [
  { name: `Bold (${MOD}B)`, icon: "bold", run: toggleAround("**") },
  { name: `Italic (${MOD}I)`, icon: "italic", run: toggleAround("*") },
  { name: `Struck through (${MOD}Shift+X)`, icon: "strikethrough", run: toggleAround("~~") },
  { name: `Code (${MOD}E)`, icon: "code", run: toggleAround("`") },
  { name: `Link (${MOD}K)`, icon: "link", run: link },
];

/** Words of one block: marks do not reach over paragraphs. A table has its own bar, and selects a cell's words at every step. */
function words(state: EditorState): SelectionRange | null {
  const { main } = state.selection;
  const isOneBlock = !main.empty && !/\n\s*\n/.test(state.sliceDoc(main.from, Math.min(main.to, main.from + 2_000)));
  return isOneBlock && !isVerbatim(state, main.to) && !tableAt(state, main.from) ? main : null;
}

/** The bar, and the key that goes to it. */
export const selectionBar: Extension = [
  barAt("Format the selection", [{ buttons: BUTTONS }], 6, words),
  Prec.high(keymap.of([{ key: "Alt-F10", run: enterBar }])),
];
