/** What something in a text refers to, shown beside it while it is pointed at or has the focus. */
import { adopt } from "./style-sheet.ts";

/** Pointed at for so long, in ms: not everybody who passes wants to read it. */
const REST = 150;
/** Between the pointer leaving and the card going, in ms: one may go over to it. */
const LEAVE = 250;
/** Between the card and what it is about, and the window's edges, in px. */
const GAP = 8;

/** What a card is about, and what it says. */
export interface Subject {
  /** What an element, or one around it, refers with; null: nothing. */
  find(element: Element): Element | null;
  /**
   * Fills the card; false: there is nothing to say. It is shown when that is done, if it is still wanted; `place` puts it right when its size changes later.
   */
  fill(reference: Element, card: HTMLElement, place: () => void): boolean | Promise<boolean>;
}

/** The card for references within an area. */
export class HoverCard {
  /** The card. */
  readonly element = document.createElement("div");
  readonly #subject: Subject;
  readonly #ends = new AbortController();
  #wanted: Element | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `area` is listened to. */
  constructor(area: HTMLElement | Document, subject: Subject) {
    adopt("hover-card", STYLE);
    this.#subject = subject;
    this.element.className = "hover-card";
    this.element.id = `card-${++count}`;
    this.element.popover = "manual";
    this.element.setAttribute("role", "tooltip");
    this.#listen(area);
  }

  /** Whether the card of this reference is there. */
  shows(reference: Element): boolean {
    return this.#wanted === reference && this.element.matches(":popover-open");
  }

  /** Shows what an element refers to, or nothing, after a while. */
  wish(target: EventTarget | null, after: number): void {
    const reference = target instanceof Element ? this.#subject.find(target) : null;
    clearTimeout(this.#timer);
    if (reference !== this.#wanted) this.#timer = setTimeout(() => void this.#show(reference), after);
  }

  /** Takes the card and its listeners away. */
  destroy(): void {
    clearTimeout(this.#timer);
    this.#ends.abort();
    this.#wanted?.removeAttribute("aria-describedby");
    this.#wanted = null;
    this.element.remove();
  }

  #listen(area: HTMLElement | Document): void {
    const { signal } = this.#ends;
    const on = (target: EventTarget, type: string, hear: (event: never) => void) => target.addEventListener(type, hear as EventListener, { signal });
    const isMouse = (event: PointerEvent) => event.pointerType === "mouse";
    on(area, "pointerover", (event: PointerEvent) => isMouse(event) && !this.element.contains(event.target as Node) && this.wish(event.target, this.#wanted ? LEAVE : REST));
    // A press gives the focus too, and has another meaning.
    on(area, "focusin", (event: FocusEvent) => event.target instanceof Element && event.target.matches(":focus-visible") && this.wish(event.target, 0));
    on(area, "focusout", () => this.wish(null, LEAVE));
    on(this.element, "pointerover", () => clearTimeout(this.#timer));
    on(this.element, "pointerleave", () => this.wish(null, LEAVE));
    on(window, "keydown", (event: KeyboardEvent) => event.key === "Escape" && this.wish(null, 0));
  }

  async #show(reference: Element | null): Promise<void> {
    this.#wanted?.removeAttribute("aria-describedby");
    this.#wanted = reference;
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    if (!reference) return;
    const content = document.createElement("div");
    const place = () => this.#wanted === reference && this.#place(reference.getBoundingClientRect());
    const filled = this.#subject.fill(reference, content, place);
    // What is known is shown at once.
    if (!(typeof filled === "boolean" ? filled : await filled) || this.#wanted !== reference || !reference.isConnected) return;
    this.element.replaceChildren(content);
    // Not in the text: what is selected there is looked up in the source.
    const home = reference.closest("main") ?? document.body;
    if (this.element.parentElement !== home) home.append(this.element);
    this.element.showPopover();
    reference.setAttribute("aria-describedby", this.element.id);
    place();
  }

  #place(reference: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    const below = reference.bottom + GAP;
    const top = below + height <= innerHeight - GAP ? below : Math.max(GAP, reference.top - GAP - height);
    style.top = `${top}px`;
    style.left = `${Math.max(GAP, Math.min(reference.left - GAP, document.documentElement.clientWidth - width - GAP))}px`;
  }
}

let count = 0;

const STYLE = `
.hover-card { position: fixed; inset: auto; margin: 0; max-inline-size: min(26rem, calc(100vw - 16px)); max-block-size: 40vh; overflow-y: auto; padding: var(--space-3, 12px) var(--space-4, 16px); border: 1px solid var(--border); border-radius: var(--radius, 10px); background: var(--surface-raised); color: var(--text); box-shadow: var(--shadow-high, 0 8px 24px oklch(0 0 0 / .16)) }
@media print { .hover-card { display: none } }
`;
