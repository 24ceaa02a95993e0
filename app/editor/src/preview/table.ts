/** A table as a table. A click in a cell puts the caret into that cell's source. */
import { WidgetType, type EditorView } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { GFM, parser } from "@lezer/markdown";

import { drawMaths } from "../maths-element.ts";
import { maths } from "../maths-syntax.ts";
import { isPerson } from "../naming/names.ts";
import { designNames } from "../naming/syntax.ts";
import { pictureElement, pictureOf } from "../picture.ts";
import { alignsOf, cellsOf, type Align } from "../table/grid.ts";
import { enterOnPress } from "./enter.ts";
import { Heights } from "./heights.ts";

const markdown = parser.configure([GFM, maths, designNames]);
/** The class of a design's name in a cell; whether it leads somewhere is not known here. */
export const NAME_IN_CELL = "cm-name-in-cell";
const heights = new Heights();
/** Height of a row before it was ever drawn, in px. */
const ROW = 37;

const CLASSES: Readonly<Record<Align, string>> = { "": "", left: "", centre: "cm-centre", right: "cm-end" };
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
    const measure = () => heights.watch(view, box, this.source);
    for (const tex of box.querySelectorAll<HTMLElement>(".cm-maths")) drawMaths(tex, tex.textContent ?? "", false, measure);
    enterOnPress(view, box, cellAt);
    measure();
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** Where the words of a pressed cell begin. */
function cellAt(target: EventTarget | null): number {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
  return Number(cell?.dataset["at"] ?? 0);
}

function tableOf(source: string): HTMLTableElement {
  const table = document.createElement("table");
  const top = markdown.parse(source).topNode.getChild("Table");
  if (!top) return table;
  const header = top.getChild("TableHeader");
  const rule = top.getChildren("TableDelimiter").find(({ from, to }) => to - from > 1);
  const aligns = rule ? alignsOf(source.slice(rule.from, rule.to)) : [];
  if (header) table.createTHead().append(rowOf(source, header, aligns, "th"));
  const body = table.createTBody();
  for (const row of top.getChildren("TableRow")) body.append(rowOf(source, row, aligns, "td"));
  return table;
}

function rowOf(source: string, row: SyntaxNode, aligns: Align[], tag: "th" | "td"): HTMLTableRowElement {
  const line = document.createElement("tr");
  const words = row.getChildren("TableCell");
  const cells = cellsOf(row);
  aligns.forEach((align, column) => {
    const element = document.createElement(tag);
    element.className = CLASSES[align];
    const cell = cells[column];
    if (cell) element.dataset["at"] = String(cell.from);
    const node = words.find(({ from }) => from === cell?.from);
    if (node) inline(source, node, element);
    line.append(named(element));
  });
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
      const url = child.getChild("URL")!;
      words.className = isPerson(source.slice(url.from, url.to)) ? "cm-mention" : "cm-link";
      const marks = child.getChildren("LinkMark");
      words.textContent = source.slice(marks[0]?.to ?? child.from, marks[1]?.from ?? child.to);
    } else if (child.name === "DesignName") {
      const name = into.appendChild(document.createElement("span"));
      name.className = NAME_IN_CELL;
      name.textContent = source.slice(child.from, child.to);
    } else if (child.name.endsWith("Maths")) {
      const tex = into.appendChild(document.createElement("span"));
      tex.className = "cm-maths";
      tex.textContent = source.slice(child.firstChild!.to, child.lastChild!.from);
    } else if (child.name === "Image") {
      const picture = pictureOf((from, to) => source.slice(from, to), child);
      into.append(picture ? pictureElement(picture) : source.slice(child.from, child.to));
    } else if (child.name === "Escape") {
      into.append(source.slice(child.from + 1, child.to));
    } else if (!child.name.endsWith("Mark")) {
      into.append(source.slice(child.from, child.to));
    }
  }
  into.append(source.slice(at, node.to));
}
