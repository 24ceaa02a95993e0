/** Threads' passages on the rendered page: painted by the CSS Custom Highlight API, so the server's HTML stays as it is. */
import type { ReadThread } from "../contract.ts";
import { adopt } from "../style-sheet.ts";
import type { Runs } from "./runs.ts";

/** A thread with its place on the page. */
interface Passage {
  thread: ReadThread;
  range: Range;
}

const KINDS = ["open", "blocking", "resolved", "active"] as const;

/** The passages of one reader. */
export class Marks {
  #passages: Passage[] = [];
  #active = "";

  /** Shows these threads; those whose text is not on the page are left out. */
  set(threads: ReadThread[], runs: Runs): void {
    this.#passages = threads.flatMap((thread) => {
      const range = runs.rangeOf(thread.from, thread.to);
      return range ? [{ thread, range }] : [];
    });
    this.#paint();
  }

  /** Marks one of them. */
  setActive(id: string): void {
    this.#active = id;
    this.#paint();
  }

  /** Brings one into view. */
  scrollTo(id: string): void {
    const range = this.#passages.find((passage) => passage.thread.id === id)?.range;
    // At once: on the way heights become others, and it would not be where it was aimed at.
    range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
  }

  /** Pixels from `top` to each passage. */
  tops(top: number): Record<string, number> {
    return Object.fromEntries(
      this.#passages.map(({ thread, range }) => [thread.id, Math.round(range.getBoundingClientRect().top - top)]),
    );
  }

  /** The thread whose passage is at a point of the window; the shortest when there are several. */
  at(x: number, y: number): string | null {
    const hit = this.#passages
      .filter(({ range }) => [...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom))
      .sort((a, b) => a.thread.to - a.thread.from - (b.thread.to - b.thread.from));
    return hit[0]?.thread.id ?? null;
  }

  /** Takes them off. */
  clear(): void {
    this.#passages = [];
    this.#active = "";
    this.#paint();
  }

  #paint(): void {
    // Older browsers show the threads in the margin only.
    if (typeof Highlight === "undefined" || !("highlights" in CSS)) return;
    adopt("reader-marks", STYLE);
    for (const kind of KINDS) {
      const ranges = this.#passages.filter((passage) => this.#isOf(passage.thread, kind)).map((passage) => passage.range);
      const highlight = new Highlight(...ranges);
      highlight.priority = KINDS.indexOf(kind);
      CSS.highlights.set(`thread-${kind}`, highlight);
    }
  }

  #isOf(thread: ReadThread, kind: (typeof KINDS)[number]): boolean {
    if (kind === "active") return thread.id === this.#active;
    if (thread.resolved) return kind === "resolved";
    return kind === (thread.kind === "blocking" ? "blocking" : "open");
  }
}

const STYLE = `
::highlight(thread-open) { background-color: var(--mark-open, light-dark(oklch(.93 .09 85), oklch(.38 .07 85))); text-decoration: underline 2px var(--warning, oklch(.75 .15 75)) }
::highlight(thread-blocking) { background-color: var(--mark-open, light-dark(oklch(.93 .09 85), oklch(.38 .07 85))); text-decoration: underline 2px var(--danger, oklch(.6 .2 25)) }
::highlight(thread-resolved) { text-decoration: underline dotted 1px var(--text-muted, currentColor) }
::highlight(thread-active) { background-color: var(--mark-active, light-dark(oklch(.86 .14 85), oklch(.48 .1 85))) }
`;
