/** Rows and columns of the table that somebody writes in: made, moved and removed. */
import type { EditorState, Extension } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

import { alignColumn, deleteColumn, deleteRow, moveColumn, moveRow, newColumn, rowAbove, rowBelow } from "../table/acts.ts";
import { tableAt } from "../table/grid.ts";
import { inTable } from "../table/keys.ts";
import { barAt, type Button } from "./bar.ts";

const ROW: readonly Button[] = [
  { name: "Insert a row above", icon: "panel-top", run: inTable(rowAbove) },
  { name: "Insert a row below", icon: "panel-bottom", run: inTable(rowBelow) },
  { name: "Move the row up", icon: "arrow-up", run: inTable(moveRow(-1)) },
  { name: "Move the row down", icon: "arrow-down", run: inTable(moveRow(1)) },
  { name: "Delete the row", icon: "x", run: inTable(deleteRow) },
];

const COLUMN: readonly Button[] = [
  { name: "Insert a column at the left", icon: "panel-left", run: inTable(newColumn(0)) },
  { name: "Insert a column at the right", icon: "panel-right", run: inTable(newColumn(1)) },
  { name: "Move the column to the left", icon: "arrow-left", run: inTable(moveColumn(-1)) },
  { name: "Move the column to the right", icon: "arrow-right", run: inTable(moveColumn(1)) },
  { name: "Delete the column", icon: "x", run: inTable(deleteColumn) },
];

const ALIGN: readonly Button[] = [
  { name: "Align the column to the left", icon: "text-align-start", run: inTable(alignColumn("left")) },
  { name: "Centre the column", icon: "text-align-center", run: inTable(alignColumn("centre")) },
  { name: "Align the column to the right", icon: "text-align-end", run: inTable(alignColumn("right")) },
];

/** The table that the whole selection is in. */
export function table(state: EditorState): SyntaxNode | null {
  const { from, to } = state.selection.main;
  const found = tableAt(state, from);
  return found && to <= found.to ? found : null;
}

/** The bar with one button more. */
export const tableBar = (more: Button): Extension =>
  barAt("Rows and columns", [{ name: "Row", buttons: ROW }, { name: "Column", buttons: [...COLUMN, ...ALIGN] }, { buttons: [more] }], 2, table);
