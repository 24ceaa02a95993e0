/** Makes a rendered text, readable as it is, into one that can be discussed: selection, threads' passages, code, diagrams, outline. */
import type { Emit, ReaderHandle, ReadThread } from "../contract.ts";
import { showDesignCards } from "../naming/design-cards.ts";
import { enhance } from "./enhance.ts";
import { enlargePictures } from "./enlarge.ts";
import { followHovers } from "./hover.ts";
import { followLinked } from "./linked.ts";
import type { LinkButton } from "./link-button.ts";
import { Marks } from "./marks.ts";
import { previewNotes } from "./notes.ts";
import { followHeadings } from "./outline.ts";
import { Runs } from "./runs.ts";

/** The selection has rested for so long, in ms. */
const REST = 150;

/** Takes over an element with the server's HTML in it. */
export function openReader(root: HTMLElement, emit: Emit): ReaderHandle {
  return new Reader(root, emit);
}

class Reader implements ReaderHandle {
  readonly #root: HTMLElement;
  readonly #emit: Emit;
  readonly #runs: Runs;
  readonly #marks = new Marks();
  readonly #stops: (() => void)[];
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #saidTops = "";
  #saidSelection = "null";
  readonly #linked: { again(): void; end(): void };
  #button: LinkButton | null = null;

  constructor(root: HTMLElement, emit: Emit) {
    this.#root = root;
    this.#emit = emit;
    this.#runs = new Runs(root);
    this.#linked = followLinked(root);
    const resized = new ResizeObserver(this.#moved);
    resized.observe(root);
    document.addEventListener("selectionchange", this.#selecting);
    root.addEventListener("click", this.#clicked);
    this.#stops = [
      enhance(root, () => this.#improved()),
      enlargePictures(root),
      previewNotes(root),
      showDesignCards(),
      followHeadings(root, emit),
      followHovers(root, this.#marks, emit),
      () => this.#linked.end(),
      () => this.#button?.show(null),
      () => resized.disconnect(),
      () => document.removeEventListener("selectionchange", this.#selecting),
      () => root.removeEventListener("click", this.#clicked),
      () => cancelAnimationFrame(this.#frame),
      () => clearTimeout(this.#rest),
      () => this.#marks.clear(),
    ];
  }

  setThreads(json: string): void {
    this.#threads = JSON.parse(json) as ReadThread[];
    this.#marks.set(this.#threads, this.#runs);
    this.#moved();
  }

  setActiveThread(id: string): void {
    this.#marks.setActive(id);
  }

  scrollToThread(id: string): void {
    this.#marks.scrollTo(id);
  }

  destroy(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #threads: ReadThread[] = [];
  /** The page has other nodes by now than those that the passages were found in. */
  #redrawn = false;

  readonly #improved = (): void => {
    this.#redrawn = true;
    this.#moved();
  };

  readonly #moved = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#redrawn) {
        this.#marks.set(this.#threads, this.#runs);
        this.#linked.again();
      }
      this.#redrawn = false;
      const tops = this.#marks.tops(this.#root.getBoundingClientRect().top);
      const said = JSON.stringify(tops);
      if (said === this.#saidTops) return;
      this.#saidTops = said;
      this.#emit({ type: "layout", tops });
    });
  };

  readonly #selecting = (): void => {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(this.#selected, REST);
  };

  readonly #selected = (): void => {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const source = range && this.#runs.sourceOf(range);
    const top = range ? Math.round(range.getBoundingClientRect().top - this.#root.getBoundingClientRect().top) : 0;
    const event = range && source ? { ...source, quote: this.#runs.quoteOf(range), top } : null;
    void this.#offerLink(event && range && { range, top });
    const said = JSON.stringify(event);
    if (said === this.#saidSelection) return;
    this.#saidSelection = said;
    this.#emit({ type: "selection", selection: event });
  };

  async #offerLink(selected: { range: Range; top: number } | null): Promise<void> {
    if (selected && !this.#button) {
      const { LinkButton } = await import("./link-button.ts");
      this.#button ??= new LinkButton(this.#root, this.#runs);
      // Meanwhile something else may be selected, or the text gone.
      if (document.getSelection()?.isCollapsed !== false || this.#stops.length === 0) return;
    }
    this.#button?.show(selected);
  }

  readonly #clicked = (event: MouseEvent): void => {
    if (document.getSelection()?.isCollapsed === false) return;
    if (event.target instanceof Element && event.target.closest("a, button, input, summary")) return;
    const thread = this.#marks.at(event.clientX, event.clientY);
    if (thread !== null) this.#emit({ type: "thread", thread });
  };
}
