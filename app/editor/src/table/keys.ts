/** Keys in a table: Tab and Enter walk its cells and add rows at its end. Every step puts the bars in line, where somebody writes and nowhere else. */
import { EditorSelection, type EditorState, type StateCommand } from "@codemirror/state";
import type { KeyBinding } from "@codemirror/view";

import { SHORTCUTS } from "../shortcuts/registry.ts";
import { deleteRow, keep, rowBelow, type Act, type Place } from "./acts.ts";
import { gridAt, placeIn, write, type Grid } from "./grid.ts";

/** To come before the keys that mean something in other blocks. */
export const tableKeys: readonly KeyBinding[] = [
  { key: SHORTCUTS.nextCell.keys[0], run: walk(1) },
  { key: SHORTCUTS.previousCell.keys[0], run: walk(-1) },
  { key: SHORTCUTS.cellBelow.keys[0], run: down },
  { key: SHORTCUTS.lineBreak.keys[0], run: lineBreak },
];

/** Does something to the table at the caret; false where there is none. */
export function inTable(act: Act): StateCommand {
  return ({ state, dispatch }) => {
    const grid = writableGrid(state);
    if (!grid) return false;
    const changed = act(grid, placeIn(grid, state.selection.main.head));
    if (!changed) {
      dispatch(state.update({ changes: { from: grid.from, to: grid.to }, scrollIntoView: true, userEvent: "delete.table" }));
      return true;
    }
    const { changes, cells } = write(state, grid, changed.plan);
    const cell = cells[changed.place.row]?.[changed.place.column] ?? { from: grid.from, to: grid.from };
    dispatch(state.update({ changes, selection: EditorSelection.range(cell.from, cell.to), scrollIntoView: true, userEvent: "input.table" }));
    return true;
  };
}

/** The next cell, or the one before; behind the last is a new row. */
function walk(by: 1 | -1): StateCommand {
  return inTable((grid, { row, column }) => {
    const at = row * grid.aligns.length + column + by;
    const place = { row: Math.floor(at / grid.aligns.length), column: at % grid.aligns.length };
    if (at < 0) return keep(grid, { row: 0, column: 0 });
    return place.row < grid.rows.length ? keep(grid, place) : rowBelow(grid, { row, column: 0 });
  });
}

/** The cell below; below the last row a new one, and from an empty last row out of the table, as Enter leaves a list. */
function down(target: Parameters<StateCommand>[0]): boolean {
  const { state } = target;
  const grid = writableGrid(state);
  if (!grid) return false;
  const place = placeIn(grid, state.selection.main.head);
  if (place.row === grid.rows.length - 1 && place.row > 0 && isEmpty(grid, place)) return leave(grid, place, target);
  return inTable((_, { row, column }) => (row + 1 < grid.rows.length ? keep(grid, { row: row + 1, column }) : rowBelow(grid, { row, column: 0 })))(target);
}

function leave(grid: Grid, place: Place, { state, dispatch }: Parameters<StateCommand>[0]): boolean {
  const { changes } = write(state, grid, deleteRow(grid, place)!.plan);
  const end = state.changes(changes).mapPos(grid.to, 1);
  const insert = state.lineBreak + state.lineBreak;
  dispatch(
    state.update(
      { changes, userEvent: "input.table" },
      { changes: { from: end, insert }, selection: { anchor: end + insert.length }, sequential: true, scrollIntoView: true },
    ),
  );
  return true;
}

/** A line break within a cell. */
function lineBreak({ state, dispatch }: Parameters<StateCommand>[0]): boolean {
  if (!writableGrid(state)) return false;
  dispatch(state.update(state.replaceSelection("<br>"), { scrollIntoView: true, userEvent: "input" }));
  return true;
}

function isEmpty(grid: Grid, { row }: Place): boolean {
  return grid.rows[row]!.every(({ from, to }) => from === to);
}

/** The table that the whole selection is in. */
function writableGrid(state: EditorState): Grid | null {
  const { from, to } = state.selection.main;
  const grid = state.readOnly || state.selection.ranges.length > 1 ? null : gridAt(state, from);
  return grid && to <= grid.to ? grid : null;
}
