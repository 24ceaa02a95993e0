/** The button beside a selection that copies a link to it. */
import { make } from "../dom.ts";
import { copyLink } from "../passage/copy.ts";
import { CONTEXT, passageOf } from "../passage/link.ts";
import { adopt } from "../style-sheet.ts";
import type { Runs } from "./runs.ts";

/** One for a rendered text. */
export class LinkButton {
  readonly #button = make("button", "button passage-link", "Copy link");
  readonly #root: HTMLElement;
  readonly #runs: Runs;
  #range: Range | null = null;

  constructor(root: HTMLElement, runs: Runs) {
    adopt("passage-link", STYLE);
    this.#root = root;
    this.#runs = runs;
    this.#button.type = "button";
    this.#button.title = "Copy a link to this passage";
    // The press must not take the selection away.
    this.#button.addEventListener("mousedown", (event) => event.preventDefault());
    this.#button.addEventListener("click", () => void this.#copy());
  }

  /** Shows it at a selection, `top` px below the text's top; none: hides it. */
  show(selected: { range: Range; top: number } | null): void {
    this.#range = selected?.range.cloneRange() ?? null;
    if (!selected) return this.#button.remove();
    this.#button.style.setProperty("--top", `${selected.top}px`);
    if (!this.#button.isConnected) this.#root.after(this.#button);
  }

  async #copy(): Promise<void> {
    if (!this.#range) return;
    const quote = this.#runs.quoteOf(this.#range);
    await copyLink(new URL(location.href), passageOf(quote, this.#around("before").slice(-4 * CONTEXT), this.#around("after").slice(0, 4 * CONTEXT)));
  }

  /** The words on one side of the selection. */
  #around(side: "before" | "after"): string {
    const around = document.createRange();
    around.selectNodeContents(this.#root);
    if (side === "before") around.setEnd(this.#range!.startContainer, this.#range!.startOffset);
    else around.setStart(this.#range!.endContainer, this.#range!.endOffset);
    return this.#runs.quoteOf(around);
  }
}

const STYLE = `
.passage-link { position: absolute; inset-block-start: var(--top, 0); inset-inline-end: 0; z-index: var(--above-page, 10); white-space: nowrap; box-shadow: var(--shadow-high, 0 8px 24px oklch(0 0 0 / .16)) }
.passage-link:has(~ .comment-button) { margin-block-start: calc(2rem + 4px) }
@media (pointer: coarse) { .passage-link:has(~ .comment-button) { margin-block-start: calc(2.5rem + 4px) } }
@media (width >= 1100px) { .passage-link { inset-inline: calc(100% + .5rem) auto; translate: 0 -.25rem } }
@media print { .passage-link { display: none } }
`;
