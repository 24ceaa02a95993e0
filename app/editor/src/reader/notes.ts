/** A footnote's words where it is referred to, while that is pointed at or has the focus. */
import { adopt } from "../style-sheet.ts";
import { drawFormula } from "./formula.ts";

/** Pointed at for so long, in ms: not everybody who passes wants to read it. */
const REST = 150;
/** Between the pointer leaving and the words going, in ms: one may go over to them. */
const LEAVE = 250;
/** Between the words and what they are about, and the window's edges, in px. */
const GAP = 8;

/** Shows notes under `root`. Returns what ends it. */
export function previewNotes(root: HTMLElement): () => void {
  if (!root.querySelector(".footnote")) return () => undefined;
  adopt("note-preview", STYLE);
  const preview = new NotePreview(root);
  const ends: (() => void)[] = [() => preview.destroy()];
  const listen = <K extends keyof HTMLElementEventMap>(target: HTMLElement, type: K, what: (event: HTMLElementEventMap[K]) => void) => {
    target.addEventListener(type, what);
    ends.push(() => target.removeEventListener(type, what));
  };
  listen(root, "pointerover", (event) => event.pointerType === "mouse" && preview.wish(event.target, preview.isShown ? LEAVE : REST));
  listen(root, "focusin", (event) => preview.wish(event.target, 0));
  listen(root, "focusout", () => preview.wish(null, LEAVE));
  listen(preview.element, "pointerover", () => preview.stay());
  listen(preview.element, "pointerleave", () => preview.wish(null, LEAVE));
  const escape = (event: KeyboardEvent) => event.key === "Escape" && preview.wish(null, 0);
  addEventListener("keydown", escape);
  return () => {
    removeEventListener("keydown", escape);
    for (const end of ends) end();
  };
}

class NotePreview {
  readonly element = document.createElement("div");
  readonly #root: HTMLElement;
  #shown: Element | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.element.className = "note-preview";
    this.element.popover = "manual";
    this.element.setAttribute("role", "tooltip");
    // Beside the text, not in it: what is selected there is looked up in the source.
    root.after(this.element);
  }

  /** Whether a note is shown. */
  get isShown(): boolean {
    return this.#shown !== null;
  }

  /** Shows the note that something refers to, or none, after a while. */
  wish(target: EventTarget | null, after: number): void {
    const link = target instanceof Element ? target.closest('sup > a[href^="#n-"]') : null;
    clearTimeout(this.#timer);
    if (link !== this.#shown) this.#timer = setTimeout(() => this.#show(link), after);
  }

  /** What is shown goes on. */
  stay(): void {
    clearTimeout(this.#timer);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.element.remove();
  }

  #show(link: Element | null): void {
    this.#shown = link;
    const note = link && this.#root.querySelector(`#${CSS.escape(link.getAttribute("href")!.slice(1))}`);
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    this.element.replaceChildren();
    if (!note) return;
    const words = this.element.appendChild(document.createElement("div"));
    words.className = "prose comment";
    words.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
    words.querySelector("sup")?.remove();
    for (const copy of words.querySelectorAll("[id]")) copy.removeAttribute("id");
    this.element.showPopover();
    const place = () => this.#shown === link && this.#place(link.getBoundingClientRect());
    place();
    for (const formula of words.querySelectorAll<HTMLElement>(".maths:not(.drawn)")) drawFormula(formula, place);
  }

  #place(link: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    const below = link.bottom + GAP;
    const top = below + height <= innerHeight - GAP ? below : Math.max(GAP, link.top - GAP - height);
    style.top = `${top}px`;
    style.left = `${Math.max(GAP, Math.min(link.left - GAP, document.documentElement.clientWidth - width - GAP))}px`;
  }
}

const STYLE = `
.note-preview { position: fixed; inset: auto; margin: 0; max-inline-size: min(26rem, calc(100vw - 16px)); max-block-size: 40vh; overflow-y: auto; padding: var(--space-3, 12px) var(--space-4, 16px); border: 1px solid var(--border); border-radius: var(--radius, 10px); background: var(--surface-raised); color: var(--text); box-shadow: var(--shadow-high, 0 8px 24px oklch(0 0 0 / .16)) }
`;
