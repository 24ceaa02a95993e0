/**
 * Between the rendered page and the Markdown source: the server marks every text run with `data-s`, its UTF-16 offset in the source, and
 * every block with `data-b`, its `start-end`. Within a run a character of the page is a character of the source, except where `data-e` gives
 * the run's end: there (an entity, an escape, a picture) only the whole run has a place.
 */

/** The data attribute of a run that is drawn: the text which that stands for. */
export const TEX = "tex";

/** One text run of the page. */
interface Run {
  element: HTMLElement;
  from: number;
  to: number;
  exact: boolean;
}

/** The runs of a rendered text, in order. */
export class Runs {
  readonly #root: HTMLElement;
  readonly #runs: Run[];

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#runs = [...root.querySelectorAll<HTMLElement>("[data-s]")].flatMap((element) => {
      const run = runOf(element);
      return Number.isFinite(run.from) && Number.isFinite(run.to) ? [run] : [];
    });
  }

  /** The source range that a selection of the page covers; none: it is not within the text. */
  sourceOf(range: Range): { from: number; to: number } | null {
    if (!this.#root.contains(range.commonAncestorContainer)) return null;
    const from = this.#edge(range.startContainer, range.startOffset, true);
    const to = this.#edge(range.endContainer, range.endOffset, false);
    if (from !== null && to !== null && from < to) return { from, to };
    return this.#block(range);
  }

  /** The words of a selection of the page; a drawing, however little of it is selected, is the text it was drawn from. */
  quoteOf(range: Range): string {
    const whole = range.cloneRange();
    const [first, last] = [range.startContainer, range.endContainer].map((node) => elementOf(node)?.closest(`[data-${TEX}]`));
    if (first) whole.setStartBefore(first);
    if (last) whole.setEndAfter(last);
    const words = whole.cloneContents();
    // What is laid over pictures is not what they say.
    for (const button of words.querySelectorAll("button")) button.remove();
    for (const drawn of words.querySelectorAll<HTMLElement>(`[data-${TEX}]`)) drawn.textContent = drawn.dataset[TEX]!;
    return words.textContent ?? "";
  }

  /** The page's range for a source range; none: nothing of it is shown. */
  rangeOf(from: number, to: number): Range | null {
    const first = this.#runs.find((run) => run.to > from);
    const last = this.#runs.findLast((run) => run.from < to);
    if (!first || !last || first.from >= to || last.to <= from) return this.#blockRange(from, to);
    const start = place(first.element, first.exact ? Math.max(0, from - first.from) : 0) ?? beside(first.element, 0);
    const end = place(last.element, last.exact ? Math.min(last.to, to) - last.from : Infinity) ?? beside(last.element, 1);
    if (!start || !end) return null;
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return range;
  }

  /** Where in the source an edge of a selection is: in its run, or at the nearest run inwards. */
  #edge(node: Node, offset: number, isStart: boolean): number | null {
    const run = elementOf(node)?.closest<HTMLElement>("[data-s]");
    if (run && this.#root.contains(run)) {
      const { from, to, exact } = runOf(run);
      if (exact) return from + lengthBefore(run, node, offset);
      return isStart ? from : to;
    }
    const point = document.createRange();
    point.setStart(node, offset);
    if (isStart) return this.#runs.find((candidate) => isBehind(point, candidate.element))?.from ?? null;
    return this.#runs.findLast((candidate) => !isBehind(point, candidate.element))?.to ?? null;
  }

  /** A selection within a picture or the like: the whole block. */
  #block(range: Range): { from: number; to: number } | null {
    const block = elementOf(range.commonAncestorContainer)?.closest<HTMLElement>("[data-b]");
    const bounds = block && this.#root.contains(block) ? boundsOf(block) : null;
    return bounds && bounds.from < bounds.to && !range.collapsed ? bounds : null;
  }

  #blockRange(from: number, to: number): Range | null {
    const blocks = [...this.#root.querySelectorAll<HTMLElement>("[data-b]")];
    const block = blocks.findLast((candidate) => {
      const bounds = boundsOf(candidate);
      return bounds !== null && bounds.from <= from && bounds.to >= to;
    });
    if (!block) return null;
    const range = document.createRange();
    range.selectNodeContents(block);
    return range;
  }
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}

function runOf(element: HTMLElement): Run {
  const from = Number(element.dataset["s"]);
  const end = element.dataset["e"];
  const to = end === undefined ? from + (element.textContent?.length ?? 0) : Number(end);
  return { element, from, to, exact: end === undefined };
}

function boundsOf(block: HTMLElement): { from: number; to: number } | null {
  const found = /^(\d+)-(\d+)$/.exec(block.dataset["b"] ?? "");
  return found ? { from: Number(found[1]), to: Number(found[2]) } : null;
}

function lengthBefore(run: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(run, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function isBehind(point: Range, element: HTMLElement): boolean {
  return point.comparePoint(element, 0) >= 0;
}

/** Before (0) or behind (1) an element without text: a picture. */
function beside(element: HTMLElement, offset: 0 | 1): { node: Node; offset: number } | null {
  const { parentNode } = element;
  return parentNode && { node: parentNode, offset: [...parentNode.childNodes].indexOf(element) + offset };
}

/** The text node and offset of the `at`-th unit of an element's text. */
function place(element: HTMLElement, at: number): { node: Text; offset: number } | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let last: Text | null = null;
  let left = at;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    last = node as Text;
    if (left <= last.data.length) return { node: last, offset: left };
    left -= last.data.length;
  }
  return last && { node: last, offset: last.data.length };
}
