/** Keeps somebody's caret in view until one does something oneself, or they leave. Nothing more is told to anybody for it. */
import type { TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { whereIs, type Room } from "./room.ts";

/** Parts of the window's height within which a caret may move before the text follows. */
const CALM = { top: 0.2, bottom: 0.75 } as const;
/** Keys that scroll the page, or write. */
const SCROLLING: ReadonlySet<string> = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);
/** After so long a jump is over, in ms: some frames, also of a slow device. */
const SETTLED = 300;
const MODIFIERS: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "Meta", "Tab"]);

/** Why it ended: the person did something, or the other has left. */
export type End = "stopped" | "left";

/** Following one account. */
export class Following {
  readonly account: string;
  readonly #room: Room;
  readonly #tell: (what: "in the text" | "elsewhere" | End) => void;
  readonly #ends = new AbortController();
  #inText: boolean | null = null;

  /** `tell` hears where they are when that changes, and in the end why it ended. */
  constructor(room: Room, account: string, tell: (what: "in the text" | "elsewhere" | End) => void) {
    this.account = account;
    this.#room = room;
    this.#tell = tell;
    room.awareness.on("change", this.#changed);
    const { signal } = this.#ends;
    const stop = () => this.end("stopped");
    addEventListener("wheel", stop, { passive: true, signal });
    addEventListener("touchmove", stop, { passive: true, signal });
    addEventListener("keydown", (event) => this.#isOwnAct(event) && stop(), { capture: true, signal });
    addEventListener("pointerdown", (event) => this.#isOnText(event) && stop(), { capture: true, signal });
    // Whatever else writes: an input method, a paste from a menu.
    room.view.contentDOM.addEventListener("beforeinput", stop, { signal });
    this.#look();
  }

  /** Ends it. */
  end(why: End): void {
    if (this.#ends.signal.aborted) return;
    this.#ends.abort();
    this.#room.awareness.off("change", this.#changed);
    this.#tell(why);
  }

  #isOwnAct(event: KeyboardEvent): boolean {
    if (event.key === "Escape") return true;
    const target = event.target instanceof Element ? event.target : null;
    if (this.#room.view.contentDOM.contains(target)) return !MODIFIERS.has(event.key);
    return SCROLLING.has(event.key) && !target?.closest("input, textarea, select, [role=menu], [popover]");
  }

  /** A press into the text, or on the window's scroll bar. */
  #isOnText(event: PointerEvent): boolean {
    return this.#room.view.contentDOM.contains(event.target as Node) || event.clientX >= document.documentElement.clientWidth;
  }

  readonly #changed = (_: unknown, origin: unknown): void => {
    // "local" is our own caret, told from inside an update of the view.
    if (origin !== "local") this.#look();
  };

  #look(): void {
    const where = whereIs(this.#room, this.account);
    if (where === "gone") return this.end("left");
    const inText = where !== "here";
    if (inText !== this.#inText) this.#tell(inText ? "in the text" : "elsewhere");
    this.#inText = inText;
    if (where !== "here" && !isCalm(this.#room.view, where)) bringIntoView(this.#room.view, where);
  }
}

/** Whether a place is well in sight. */
function isCalm(view: EditorView, at: number): boolean {
  const caret = view.coordsAtPos(at);
  return caret !== null && caret.top >= innerHeight * CALM.top && caret.bottom <= innerHeight * CALM.bottom;
}

/** Goes to somebody's caret: brings it into view and puts one's own there. */
export function goTo({ view }: Room, at: number): void {
  bringIntoView(view, at, { selection: { anchor: at } });
  view.focus();
}

let jumps = 0;

/**
 * At once, though the page scrolls smoothly elsewhere: a text that glides by is harder to find one's way in, for some unbearable, and stops on its way
 * when the heights turn out to be others than was guessed.
 */
function bringIntoView(view: EditorView, at: number, more: TransactionSpec = {}): void {
  const { style } = document.documentElement;
  jumps++;
  style.scrollBehavior = "auto";
  view.dispatch({ ...more, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  // The view scrolls with its next measurement, and puts right in those that follow what it had guessed.
  setTimeout(() => {
    if (--jumps === 0) style.scrollBehavior = "";
  }, SETTLED);
}
