/** Measured heights of block widgets by source, so that scrolling back to one does not make the page jump. */
import type { EditorView } from "@codemirror/view";

/** Enough for every table of a long document; oldest out first. */
const REMEMBERED = 500;

/** Heights of one kind of widget. */
export class Heights {
  readonly #known = new Map<string, number>();

  /** The height when last drawn. */
  of(source: string): number | undefined {
    return this.#known.get(source);
  }

  /** Measures a widget's element after it was drawn. */
  watch(view: EditorView, element: HTMLElement, source: string): void {
    view.requestMeasure({
      read: () => element.offsetHeight,
      write: (height) => {
        if (height === 0) return;
        this.#known.delete(source);
        this.#known.set(source, height);
        const oldest = this.#known.keys().next();
        if (this.#known.size > REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
      },
    });
  }
}
