/** Lists: indentation by depth instead of by spaces, bullets, numbers, boxes for tasks. */
import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";

import type { Scan } from "./piece.ts";

/** Deeper levels look like this one. */
const DEEPEST = 6;

interface Item {
  depth: number;
  /** Column where the item's text starts: so much leading space of its lines is indentation. */
  content: number;
}

interface ListLine extends Item {
  first: boolean;
}

/** Collects what a walk meets of lists; the innermost item decides about a line. */
export class ListLines {
  readonly #scan: Scan;
  readonly #lines = new Map<number, ListLine>();
  #depth = 0;

  constructor(scan: Scan) {
    this.#scan = scan;
  }

  /** Returns whether the node is the lists' business alone. */
  enter(node: SyntaxNodeRef): boolean {
    if (node.name === "ListItem") {
      this.#depth += 1;
      this.#item(node.node);
      return true;
    }
    return node.name === "ListMark" || node.name === "TaskMarker";
  }

  /** The walk is through with a node. */
  leave(node: SyntaxNodeRef): void {
    if (node.name === "ListItem") this.#depth -= 1;
  }

  /** The walk is over. */
  finish(): void {
    const { pieces, state } = this.#scan;
    for (const [start, item] of this.#lines) {
      const name = `cm-li cm-li-${Math.min(item.depth, DEEPEST)}`;
      pieces.push({ kind: "line", from: start, class: item.first ? `${name} cm-li-first` : name });
      const text = state.doc.lineAt(start).text;
      const spaces = /^[ \t]*/.exec(text)?.[0].length ?? 0;
      const indentation = item.first ? spaces : Math.min(spaces, item.content);
      if (indentation > 0) pieces.push({ kind: "hide", from: start, to: start + indentation, atomic: true });
    }
  }

  #item(item: SyntaxNode): void {
    const mark = item.getChild("ListMark");
    if (!mark) return;
    const { state, from, to } = this.#scan;
    const first = state.doc.lineAt(mark.from);
    const task = item.getChild("Task")?.getChild("TaskMarker") ?? null;
    const afterMark = mark.to + (/^[ \t]/.test(state.sliceDoc(mark.to, mark.to + 1)) ? 1 : 0);
    const content = afterMark - first.from;
    const lastNumber = state.doc.lineAt(Math.min(item.to, Math.max(to, item.from))).number;
    const firstDrawn = Math.max(first.number, state.doc.lineAt(Math.min(Math.max(from, item.from), item.to)).number);
    for (let number = firstDrawn; number <= lastNumber; number++) {
      const { from: start } = state.doc.line(number);
      this.#lines.set(start, { depth: this.#depth, content, first: number === first.number });
    }
    this.#mark(item, mark, afterMark, task);
  }

  #mark(item: SyntaxNode, mark: SyntaxNode, afterMark: number, task: SyntaxNode | null): void {
    const { pieces, state, touched } = this.#scan;
    if (task) {
      const end = task.to + (state.sliceDoc(task.to, task.to + 1) === " " ? 1 : 0);
      const checked = /x/i.test(state.sliceDoc(task.from, task.to));
      // Strictly inside: the start of the words is where people click to write.
      if (touched(mark.from, end - 1)) pieces.push({ kind: "mark", from: mark.from, to: end, class: "cm-list-mark" });
      else pieces.push({ kind: "task", from: mark.from, to: end, checked, marker: task.from + 1 });
      if (checked) pieces.push({ kind: "mark", from: Math.min(end, item.to), to: this.#endOfLine(end), class: "cm-done" });
    } else if (item.parent?.name === "BulletList" && afterMark > mark.to && !touched(mark.from, afterMark - 1)) {
      pieces.push({ kind: "bullet", from: mark.from, to: afterMark });
    } else {
      pieces.push({ kind: "mark", from: mark.from, to: afterMark, class: "cm-list-mark" });
    }
  }

  #endOfLine(position: number): number {
    return this.#scan.state.doc.lineAt(position).to;
  }
}
