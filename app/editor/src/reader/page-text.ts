/** The words of a rendered text as one string, and from there back to the page. */
import { TEX } from "./runs.ts";

/** Where a piece of the string stands: a text node, or a drawing that stands for its source as a whole. */
interface Piece {
  node: Text | HTMLElement;
  from: number;
  to: number;
}

/** The words of a page. */
export class PageText {
  /** All of them, in order. */
  readonly text: string;
  readonly #pieces: Piece[] = [];

  constructor(root: HTMLElement) {
    const words: string[] = [];
    let at = 0;
    const add = (node: Text | HTMLElement, text: string) => {
      words.push(text);
      this.#pieces.push({ node, from: at, to: (at += text.length) });
    };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, take);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) add(node, node.data);
      else if (node instanceof HTMLElement && node.dataset[TEX] !== undefined) add(node, node.dataset[TEX]);
    }
    this.text = words.join("");
  }

  /** The page's range for a part of the string. */
  range(from: number, to: number): Range | null {
    const first = this.#pieces.find((piece) => piece.to > from);
    const last = this.#pieces.findLast((piece) => piece.from < to);
    if (!first || !last) return null;
    const range = document.createRange();
    if (first.node instanceof Text) range.setStart(first.node, from - first.from);
    else range.setStartBefore(first.node);
    if (last.node instanceof Text) range.setEnd(last.node, to - last.from);
    else range.setEndAfter(last.node);
    return range;
  }
}

/** What is laid over pictures is not what they say, and of a drawing only the source is text. */
function take(node: Node): number {
  if (node instanceof HTMLButtonElement) return NodeFilter.FILTER_REJECT;
  return node.parentElement?.closest(`[data-${TEX}]`) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
}
