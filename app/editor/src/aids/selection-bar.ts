/** What can be done to selected words, beside them. */
import { Prec, StateField, type EditorState, type Extension } from "@codemirror/state";
import { keymap, showTooltip, type EditorView, type Tooltip } from "@codemirror/view";

import { link, toggleAround } from "../commands.ts";
import { hasFocus } from "../preview/focus.ts";
import { gridAt } from "../table/grid.ts";
import { bar, barAt, barStyle, enterBar, type Button } from "./bar.ts";
import { isVerbatim } from "./verbatim.ts";

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+";

const BUTTONS: readonly Button[] = [
  { name: `Bold (${MOD}B)`, icon: "bold", run: toggleAround("**") },
  { name: `Italic (${MOD}I)`, icon: "italic", run: toggleAround("*") },
  { name: `Struck through (${MOD}Shift+X)`, icon: "strikethrough", run: toggleAround("~~") },
  { name: `Code (${MOD}E)`, icon: "code", run: toggleAround("`") },
  { name: `Link (${MOD}K)`, icon: "link", run: link },
];

const create = (view: EditorView) => ({ dom: bar(view, "Format the selection", [{ buttons: BUTTONS }]), offset: { x: 0, y: 6 } });

function tooltip(state: EditorState, before: Tooltip | null): Tooltip | null {
  const { main, ranges } = state.selection;
  if (state.readOnly || !hasFocus(state) || ranges.length > 1 || main.empty || isVerbatim(state, main.to)) return null;
  // A table has its own, and selects a cell's words at every step.
  if (gridAt(state, main.from)) return null;
  // Words of one block: marks do not reach over paragraphs.
  if (/\n\s*\n/.test(state.sliceDoc(main.from, Math.min(main.to, main.from + 2_000)))) return null;
  return barAt(main.from, main.to, before, create);
}

const shown = StateField.define<Tooltip | null>({
  create: (state) => tooltip(state, null),
  update: (value, tr) => tooltip(tr.state, value),
  provide: (field) => showTooltip.from(field),
});

/** The bar, and the key that goes to it. */
export const selectionBar: Extension = [shown, barStyle, Prec.high(keymap.of([{ key: "Alt-F10", run: enterBar }]))];
