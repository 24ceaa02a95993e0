/** A table's source as a grid of cells, and a changed grid as edits of that source: what stays keeps its place, and threads on it theirs. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** The words of a cell, without the spaces around them. */
export interface Cell {
  from: number;
  to: number;
}

/** How a column's words stand. */
export type Align = "" | "left" | "centre" | "right";

/** A table in the text. */
export interface Grid extends Cell {
  /** The head is the first row. Rows have as many cells as the head, or more: what is written beyond it is not shown, and not lost. */
  rows: Cell[][];
  aligns: Align[];
}

/** What a table is to become: cells of the grid, or new empty ones. */
export interface Plan {
  rows: readonly (readonly (Cell | null)[])[];
  aligns: readonly Align[];
}

/** Edits, and where each cell is after them. */
export interface Written {
  changes: { from: number; to: number; insert: string }[];
  cells: Cell[][];
}

/** Wider words than this do not make all of their column so wide. */
const WIDEST = 48;

/** The cells of a row. An empty one has no node of its own: they are counted by the bars between them. */
export function cellsOf(row: SyntaxNode): Cell[] {
  const cells: Cell[] = [];
  const bars = row.getChildren("TableDelimiter");
  const edges = [...(bars[0]?.from === row.from ? [] : [{ to: row.from }]), ...bars];
  edges.forEach((edge, at) => {
    const next = edges[at + 1] as SyntaxNode | undefined;
    const end = next ? next.from : row.to;
    const words = row.getChildren("TableCell").find((cell) => cell.from >= edge.to && cell.to <= end);
    if (words) cells.push({ from: words.from, to: words.to });
    else if (next) cells.push(empty(edge.to, next.from));
  });
  return cells;
}

/** The alignments that a delimiter row (`|:--|--:|`) gives. */
export function alignsOf(rule: string): Align[] {
  const columns = rule.trim().replace(/^\||\|$/g, "").split("|");
  return columns.map((column) => {
    const [left, right] = [column.trim().startsWith(":"), column.trim().endsWith(":")];
    if (right) return left ? "centre" : "right";
    return left ? "left" : "";
  });
}

/** The table at a place; none where there is none, or one that stands in something else. */
export function tableAt(state: EditorState, at: number): SyntaxNode | null {
  let node: SyntaxNode | null = syntaxTree(state).resolveInner(at, -1);
  while (node && node.name !== "Table") node = node.parent;
  return node?.parent?.name === "Document" ? node : null;
}

/** The same, cell by cell. */
export function gridAt(state: EditorState, at: number): Grid | null {
  const node = tableAt(state, at);
  if (!node) return null;
  const rule = node.getChildren("TableDelimiter").find(({ from, to }) => to - from > 1);
  const head = node.getChild("TableHeader");
  if (!rule || !head) return null;
  const rows = [head, ...node.getChildren("TableRow")].map(cellsOf);
  const columns = rows[0]!.length;
  // A row may leave out its last cells.
  for (const row of rows) while (row.length < columns) row.push(missing(state, row, node));
  return { from: node.from, to: node.to, rows, aligns: fit(alignsOf(state.sliceDoc(rule.from, rule.to)), columns) };
}

/** The row and column of a place in a grid: the cell it is in, or the nearest before it, of those that are shown. */
export function placeIn(grid: Grid, at: number): { row: number; column: number } {
  let place = { row: 0, column: 0 };
  grid.rows.forEach((cells, row) => cells.forEach((cell, column) => cell.from <= at && (place = { row, column })));
  return { row: place.row, column: Math.min(place.column, grid.aligns.length - 1) };
}

/** The edits that make a grid what is planned, its bars in line. */
export function write(state: EditorState, grid: Grid, plan: Plan): Written {
  const text = (cell: Cell | null) => (cell ? state.sliceDoc(cell.from, cell.to) : "");
  const widths = plan.aligns.map((_, column) => Math.max(3, ...plan.rows.map((row) => Math.min(WIDEST, width(text(row[column] ?? null))))));
  const writer = new Writer(state, grid);
  const cells = plan.rows.map((row, index) => {
    const places = row.map((cell, column) => {
      const room = Math.max(0, (widths[column] ?? 0) - width(text(cell)));
      const before = spaceBefore(plan.aligns[column] ?? "", room);
      writer.add(`${column === 0 ? "| " : " | "}${" ".repeat(before)}`);
      const place = writer.keep(cell);
      writer.add(" ".repeat(room - before));
      return place;
    });
    writer.add(" |");
    if (index === 0) writer.add(`\n| ${plan.aligns.map((align, column) => ruleOf(align, widths[column]!)).join(" | ")} |`);
    if (index < plan.rows.length - 1) writer.add("\n");
    return places;
  });
  return { changes: writer.finish(), cells };
}

/** Puts a new text together from pieces of the old and what is between them, and notes only what differs. */
class Writer {
  readonly #changes: Written["changes"] = [];
  #between = "";
  /** Up to where the old text is used. */
  #used: number;
  /** How long the new text is, counted from the beginning of the document. */
  #length: number;

  constructor(
    readonly state: EditorState,
    readonly grid: Grid,
  ) {
    this.#used = this.#length = grid.from;
  }

  add(text: string): void {
    this.#between += text;
    this.#length += text.length;
  }

  keep(cell: Cell | null): Cell {
    const from = this.#length;
    if (!cell || cell.from < this.#used || cell.from === cell.to) {
      this.add(cell ? this.state.sliceDoc(cell.from, cell.to) : "");
    } else {
      this.#replace(cell.from);
      this.#used = cell.to;
      this.#length += cell.to - cell.from;
    }
    return { from, to: this.#length };
  }

  finish(): Written["changes"] {
    this.#replace(this.grid.to);
    return this.#changes;
  }

  #replace(to: number): void {
    const insert = this.#between;
    this.#between = "";
    if (this.state.sliceDoc(this.#used, to) !== insert) this.#changes.push({ from: this.#used, to, insert });
  }
}

function empty(from: number, to: number): Cell {
  const at = Math.min(from + 1, to);
  return { from: at, to: at };
}

function missing(state: EditorState, row: Cell[], table: SyntaxNode): Cell {
  const at = state.doc.lineAt(row.at(-1)?.to ?? table.from).to;
  return { from: at, to: at };
}

function fit(aligns: Align[], columns: number): Align[] {
  return Array.from({ length: columns }, (_, column) => aligns[column] ?? "");
}

/** In characters: a table is aligned for eyes, roughly, and for a fixed-width font. */
function width(text: string): number {
  return [...text].length;
}

function spaceBefore(align: Align, room: number): number {
  if (align === "right") return room;
  return align === "centre" ? Math.floor(room / 2) : 0;
}

function ruleOf(align: Align, width: number): string {
  const left = align === "left" || align === "centre" ? ":" : "-";
  const right = align === "right" || align === "centre" ? ":" : "-";
  return left + "-".repeat(Math.max(1, width - 2)) + right;
}
