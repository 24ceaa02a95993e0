/** Says who writes at this screen, where their caret is and whether they are idle; tells who else is here. */
import { ViewPlugin, type EditorView, type ViewUpdate } from "@codemirror/view";
import type { Extension } from "@codemirror/state";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import type { EditorOptions, Person } from "./contract.ts";
import { toText } from "./main-text.ts";
import { colourOf, peopleOf, type Presence } from "./people.ts";

/** Nothing done for so long is idle, in ms. */
const IDLE = 120_000;
/** A moving caret is told at most this often, in ms: smooth to the eye, and one frame for many keys. */
const CARET = 80;

/** Keeps this person's presence up to date. `stop` ends it. */
export class PresenceKeeper {
  readonly #awareness: Awareness;
  readonly #tellPeople: (people: Person[]) => void;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #said = "";

  /** `tellPeople` hears who is here whenever that changes. */
  constructor(options: EditorOptions, awareness: Awareness, tellPeople: (people: Person[]) => void) {
    this.#awareness = awareness;
    this.#tellPeople = tellPeople;
    const colour = colourOf(options.account);
    awareness.setLocalState({
      user: {
        account: options.account,
        name: options.name,
        color: colour,
        colorLight: colour.replace(")", " / 0.25)"),
      },
      cursor: null,
      idle: false,
    } satisfies Presence);
    awareness.on("change", this.#tell);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, this.#active, { passive: true });
    document.addEventListener("visibilitychange", this.#hidden);
    this.#active();
    this.#tell();
  }

  /** Ends it. */
  stop(): void {
    clearTimeout(this.#idle);
    this.#awareness.off("change", this.#tell);
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, this.#active);
    document.removeEventListener("visibilitychange", this.#hidden);
  }

  readonly #tell = (): void => {
    const people = peopleOf(this.#awareness.getStates() as Map<number, Presence>, this.#awareness.clientID);
    const said = JSON.stringify(people);
    if (said === this.#said) return;
    this.#said = said;
    this.#tellPeople(people);
  };

  readonly #active = (): void => {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#setIdle(true), IDLE);
    this.#setIdle(false);
  };

  readonly #hidden = (): void => {
    if (document.visibilityState === "hidden") this.#setIdle(true);
    else this.#active();
  };

  #setIdle(idle: boolean): void {
    const state = this.#awareness.getLocalState() as Presence | null;
    if (state && state.idle !== idle) this.#awareness.setLocalStateField("idle", idle);
  }
}

const SIGNS_OF_LIFE = ["keydown", "pointerdown", "wheel"] as const;

/** Tells the others where the caret is while the editor has the focus. */
export function ownCaret(text: Y.Text, awareness: Awareness): Extension {
  return ViewPlugin.define((view) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      timer = undefined;
      sayCaret(view, text, awareness);
    };
    return {
      update(update: ViewUpdate) {
        if (update.selectionSet || update.docChanged || update.focusChanged) timer ??= setTimeout(say, CARET);
      },
      destroy() {
        clearTimeout(timer);
      },
    };
  });
}

function sayCaret(view: EditorView, text: Y.Text, awareness: Awareness): void {
  const state = awareness.getLocalState() as Presence | null;
  if (!state) return;
  if (!view.hasFocus) {
    // Another window in front keeps the caret where it was; leaving the editor takes it away.
    if (state.cursor && document.hasFocus()) awareness.setLocalStateField("cursor", null);
    return;
  }
  const { anchor, head } = view.state.selection.main;
  const place = (at: number) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, toText(view.state, at, 1)));
  // Yjs walks there: once is enough where nothing is selected.
  const there = place(head);
  const cursor = { anchor: anchor === head ? there : place(anchor), head: there };
  if (JSON.stringify(cursor) !== JSON.stringify(state.cursor)) awareness.setLocalStateField("cursor", cursor);
}
