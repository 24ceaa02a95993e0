/** Rows and columns of the table that somebody writes in: made, moved and removed. */
import { StateField, type EditorState, type Extension } from "@codemirror/state";
import { showTooltip, type Command, type EditorView, type Tooltip } from "@codemirror/view";

import { hasFocus } from "../preview/focus.ts";
import { alignColumn, deleteColumn, deleteRow, moveColumn, moveRow, newColumn, rowAbove, rowBelow, type Act } from "../table/acts.ts";
import { gridAt } from "../table/grid.ts";
import { inTable } from "../table/keys.ts";
import { bar, barAt, type Button } from "./bar.ts";

const act =
  (what: Act): Command =>
  (view) =>
    inTable(what)(view);

const ROW: readonly Button[] = [
  { name: "Insert a row above", icon: "panel-top", run: act(rowAbove) },
  { name: "Insert a row below", icon: "panel-bottom", run: act(rowBelow) },
  { name: "Move the row up", icon: "arrow-up", run: act(moveRow(-1)) },
  { name: "Move the row down", icon: "arrow-down", run: act(moveRow(1)) },
  { name: "Delete the row", icon: "x", run: act(deleteRow) },
];

const COLUMN: readonly Button[] = [
  { name: "Insert a column at the left", icon: "panel-left", run: act(newColumn(0)) },
  { name: "Insert a column at the right", icon: "panel-right", run: act(newColumn(1)) },
  { name: "Move the column to the left", icon: "arrow-left", run: act(moveColumn(-1)) },
  { name: "Move the column to the right", icon: "arrow-right", run: act(moveColumn(1)) },
  { name: "Delete the column", icon: "x", run: act(deleteColumn) },
];

const ALIGN: readonly Button[] = [
  { name: "Align the column to the left", icon: "text-align-start", run: act(alignColumn("left")) },
  { name: "Centre the column", icon: "text-align-center", run: act(alignColumn("centre")) },
  { name: "Align the column to the right", icon: "text-align-end", run: act(alignColumn("right")) },
];

const create = (view: EditorView) => ({ dom: bar(view, "Rows and columns", [{ name: "Row", buttons: ROW }, { name: "Column", buttons: [...COLUMN, ...ALIGN] }]), offset: { x: 0, y: 2 } });

function tooltip(state: EditorState, before: Tooltip | null): Tooltip | null {
  const { main, ranges } = state.selection;
  if (state.readOnly || !hasFocus(state) || ranges.length > 1) return null;
  const grid = gridAt(state, main.from);
  if (!grid || main.to > grid.to) return null;
  return barAt(grid.from, grid.to, before, create);
}

const shown = StateField.define<Tooltip | null>({
  create: (state) => tooltip(state, null),
  update: (value, tr) => (tr.docChanged || tr.selection || tr.reconfigured || hasFocus(tr.startState) !== hasFocus(tr.state) ? tooltip(tr.state, value) : value),
  provide: (field) => showTooltip.from(field),
});

/** The bar. */
export const tableBar: Extension = shown;
