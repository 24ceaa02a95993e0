/** What can be done to a table: pure, from a grid to the plan of another, and the row and column where the caret goes. */
import type { Align, Cell, Grid, Plan } from "./grid.ts";

/** Where somebody is in a table. */
export interface Place {
  row: number;
  column: number;
}

/** A changed table; none: the table itself is gone. */
export type Changed = { plan: Plan; place: Place } | null;

/** An act on a row or column. */
export type Act = (grid: Grid, place: Place) => Changed;

/** As it is: only its bars are put in line. */
export const keep: Act = (grid, place) => ({ plan: grid, place });

/** A new row below; in the head's case the first of the body. */
export const rowBelow: Act = (grid, { row, column }) => rows(grid, insert(grid.rows, row + 1, newRow(grid)), { row: row + 1, column });

/** A new row above. The head stays the head, so that above it and below it are the same. */
export const rowAbove: Act = (grid, { row, column }) => {
  const at = Math.max(1, row);
  return rows(grid, insert(grid.rows, at, newRow(grid)), { row: at, column });
};

/** Changes places with the row above or below; head and body stay apart. */
export const moveRow =
  (by: 1 | -1): Act =>
  (grid, { row, column }) => {
    const to = row + by;
    if (row < 1 || to < 1 || to >= grid.rows.length) return keep(grid, { row, column });
    return rows(grid, swap(grid.rows, row, to), { row: to, column });
  };

/** Without the row. Without its head a table is none; the next row becomes it. */
export const deleteRow: Act = (grid, { row, column }) => {
  const left = grid.rows.filter((_, at) => at !== row);
  return left.length === 0 ? null : rows(grid, left, { row: Math.min(row, left.length - 1), column });
};

/** A new column beside this one. */
export const newColumn =
  (side: 0 | 1): Act =>
  (grid, { row, column }) =>
    columns(grid, (cells) => insert(cells, column + side, null), insert(grid.aligns, column + side, ""), { row, column: column + side });

/** Changes places with the column beside it. */
export const moveColumn =
  (by: 1 | -1): Act =>
  (grid, { row, column }) => {
    const to = column + by;
    if (to < 0 || to >= grid.aligns.length) return keep(grid, { row, column });
    return columns(grid, (cells) => swap(cells, column, to), swap(grid.aligns, column, to), { row, column: to });
  };

/** Without the column. */
export const deleteColumn: Act = (grid, { row, column }) => {
  if (grid.aligns.length === 1) return null;
  const without = <T>(list: readonly T[]) => list.filter((_, at) => at !== column);
  return columns(grid, without, without(grid.aligns), { row, column: Math.min(column, grid.aligns.length - 2) });
};

/** The column's words at the left, in the middle or at the right. */
export const alignColumn =
  (align: Align): Act =>
  (grid, place) => ({ plan: { rows: grid.rows, aligns: grid.aligns.map((old, at) => (at === place.column ? align : old)) }, place });

function rows(grid: Grid, changed: Plan["rows"], place: Place): Changed {
  return { plan: { rows: changed, aligns: grid.aligns }, place };
}

function columns(grid: Grid, change: (cells: readonly (Cell | null)[]) => (Cell | null)[], aligns: Align[], place: Place): Changed {
  return { plan: { rows: grid.rows.map(change), aligns }, place };
}

function newRow(grid: Grid): null[] {
  return grid.aligns.map(() => null);
}

function insert<T, U>(list: readonly T[], at: number, item: U): (T | U)[] {
  return [...list.slice(0, at), item, ...list.slice(at)];
}

function swap<T>(list: readonly T[], a: number, b: number): T[] {
  return list.map((item, at) => (at === a ? list[b]! : at === b ? list[a]! : item));
}
