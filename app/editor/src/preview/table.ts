/** A table as a table. A click in a cell puts the caret into that cell's source. */
import { EditorView, WidgetType } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { GFM, parser } from "@lezer/markdown";

import { Heights } from "./heights.ts";

const markdown = parser.configure(GFM);
const heights = new Heights();
/** Height of a row before it was ever drawn, in px. */
const ROW = 37;

const TAGS: Readonly<Record<string, string>> = { Emphasis: "em", StrongEmphasis: "strong", InlineCode: "code", Strikethrough: "del" };

/** The widget for a table's source. */
export class TableWidget extends WidgetType {
  constructor(readonly source: string) {
    super();
  }

  override eq(other: TableWidget): boolean {
    return other.source === this.source;
  }

  override get estimatedHeight(): number {
    return heights.of(this.source) ?? ROW * (this.source.split("\n").length - 1);
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement("div");
    box.className = "cm-table";
    // Wide tables scroll within themselves, which needs a place in the tab order.
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Table");
    box.append(tableOf(this.source));
    box.addEventListener("mousedown", (event) => enter(view, box, event));
    heights.watch(view, box, this.source);
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function enter(view: EditorView, box: HTMLElement, event: MouseEvent): void {
  if (event.button !== 0) return;
  event.preventDefault();
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-at]") : null;
  view.dispatch({ selection: { anchor: view.posAtDOM(box) + Number(cell?.dataset["at"] ?? 0) } });
  view.focus();
}

function tableOf(source: string): HTMLTableElement {
  const table = document.createElement("table");
  const top = markdown.parse(source).topNode.getChild("Table");
  if (!top) return table;
  const aligns = alignments(source, top);
  const header = top.getChild("TableHeader");
  if (header) table.createTHead().append(rowOf(source, header, aligns, "th"));
  const body = table.createTBody();
  for (const row of top.getChildren("TableRow")) body.append(rowOf(source, row, aligns, "td"));
  return table;
}

/** An empty cell has no node: the cells are counted by the bars between them. */
function rowOf(source: string, row: SyntaxNode, aligns: string[], tag: "th" | "td"): HTMLTableRowElement {
  const line = document.createElement("tr");
  const columns = Math.max(aligns.length, 1);
  const cells = Array.from({ length: columns }, () => document.createElement(tag));
  const startsWithBar = source.charAt(row.from) === "|";
  let column = startsWithBar ? -1 : 0;
  for (let part = row.firstChild; part; part = part.nextSibling) {
    if (part.name === "TableDelimiter") {
      column += 1;
      const next = cells[column];
      if (next) next.dataset["at"] = String(Math.min(part.to + 1, row.to));
    } else if (part.name === "TableCell") {
      const cell = cells[column];
      if (!cell) continue;
      cell.dataset["at"] = String(part.from);
      inline(source, part, cell);
    }
  }
  cells.forEach((cell, at) => aligns[at] && (cell.className = aligns[at]));
  line.append(...cells.map(named));
  return line;
}

/** A head without words names nothing: as the server writes it, it is an ordinary cell. */
function named(cell: HTMLTableCellElement): HTMLTableCellElement {
  if (cell.tagName === "TD" || cell.textContent !== "") return cell;
  const plain = document.createElement("td");
  plain.className = cell.className;
  const at = cell.dataset["at"];
  if (at !== undefined) plain.dataset["at"] = at;
  return plain;
}

function alignments(source: string, table: SyntaxNode): string[] {
  const delimiter = table.getChildren("TableDelimiter").find((node) => node.to - node.from > 1);
  if (!delimiter) return [];
  const row = source.slice(delimiter.from, delimiter.to).trim().replace(/^\||\|$/g, "");
  return row.split("|").map((cell) => {
    const rule = cell.trim();
    if (rule.endsWith(":")) return rule.startsWith(":") ? "cm-centre" : "cm-end";
    return "";
  });
}

/** A cell's words with their emphasis, built as nodes: document text never becomes HTML. */
function inline(source: string, node: SyntaxNode, into: HTMLElement): void {
  let at = node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    into.append(source.slice(at, child.from));
    at = child.to;
    if (child.name in TAGS) {
      inline(source, child, into.appendChild(document.createElement(TAGS[child.name]!)));
    } else if (child.name === "Link" && child.getChild("URL")) {
      const words = into.appendChild(document.createElement("span"));
      words.className = "cm-link";
      const marks = child.getChildren("LinkMark");
      words.textContent = source.slice(marks[0]?.to ?? child.from, marks[1]?.from ?? child.to);
    } else if (child.name === "Escape") {
      into.append(source.slice(child.from + 1, child.to));
    } else if (!child.name.endsWith("Mark")) {
      into.append(source.slice(child.from, child.to));
    }
  }
  into.append(source.slice(at, node.to));
}
