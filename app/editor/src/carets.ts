/**
 * The carets and selections of others, with their names. Own plugin instead of y-codemirror's: that one sets a style attribute, which our
 * content security policy refuses, shows names only on hover, and resolves every position on every key.
 */
import { Annotation, RangeSet, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { placeOf } from "./caret-place.ts";
import { colourOf, nameOf, type Presence } from "./people.ts";

const moved = Annotation.define<true>();

/** Shows the others. */
export function othersCarets(text: Y.Text, awareness: Awareness): Extension {
  return [
    ViewPlugin.define((view) => new Carets(view, text, awareness), {
      decorations: (plugin) => plugin.decorations,
    }),
    caretTheme,
  ];
}

class Carets {
  decorations: DecorationSet = RangeSet.empty;

  constructor(
    private readonly view: EditorView,
    private readonly text: Y.Text,
    private readonly awareness: Awareness,
  ) {
    awareness.on("change", this.#changed);
    this.decorations = this.#build();
  }

  update(update: ViewUpdate): void {
    const isNews = update.transactions.some((tr) => tr.annotation(moved));
    if (isNews) this.decorations = this.#build();
    else if (update.docChanged) this.decorations = this.decorations.map(update.changes);
  }

  destroy(): void {
    this.awareness.off("change", this.#changed);
  }

  readonly #changed = (_: unknown, origin: unknown): void => {
    // "local" is our own caret, told from inside an update of the view.
    if (origin !== "local") this.view.dispatch({ annotations: moved.of(true) });
  };

  #build(): DecorationSet {
    const ranges: Range<Decoration>[] = [];
    for (const [client, state] of this.awareness.getStates() as Map<number, Presence>) {
      if (client === this.awareness.clientID || !state.cursor) continue;
      const anchor = placeOf(this.view, this.text, state.cursor.anchor);
      const head = placeOf(this.view, this.text, state.cursor.head);
      if (anchor === null || head === null) continue;
      const colour = colourOf(state.user?.account ?? `client ${client}`);
      if (anchor !== head) {
        const attributes = { style: `background-color: color-mix(in oklch, ${colour} 22%, transparent)` };
        const mark = Decoration.mark({ class: "cm-other-selection", attributes });
        ranges.push(mark.range(Math.min(anchor, head), Math.max(anchor, head)));
      }
      const widget = new CaretWidget(client, nameOf(state), colour, state.idle === true);
      ranges.push(Decoration.widget({ widget, side: head > anchor ? -1 : 1 }).range(head));
    }
    return Decoration.set(ranges, true);
  }
}

class CaretWidget extends WidgetType {
  constructor(
    readonly client: number,
    readonly name: string,
    readonly colour: string,
    readonly idle: boolean,
  ) {
    super();
  }

  override eq(other: CaretWidget): boolean {
    return other.client === this.client && other.name === this.name && other.idle === this.idle;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement("span");
    caret.className = this.idle ? "cm-other-caret cm-other-idle" : "cm-other-caret";
    // Decoration for the eye; the people list says the same in words.
    caret.setAttribute("aria-hidden", "true");
    caret.style.setProperty("--colour", this.colour);
    const name = caret.appendChild(document.createElement("span"));
    name.className = "cm-other-name";
    name.textContent = this.name;
    // Word joiners keep the line from breaking at the caret.
    caret.prepend("\u2060");
    caret.append("\u2060");
    return caret;
  }

  override get estimatedHeight(): number {
    return -1;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const caretTheme = EditorView.baseTheme({
  ".cm-other-caret": {
    position: "relative",
    borderInlineStart: "2px solid var(--colour)",
    marginInline: "-1px",
    transition: "opacity 300ms",
  },
  ".cm-other-name": {
    position: "absolute",
    insetBlockEnd: "calc(100% - 1px)",
    insetInlineStart: "-2px",
    zIndex: "3",
    padding: "1px 5px",
    borderRadius: "4px 4px 4px 0",
    background: "var(--colour)",
    color: "white",
    font: "500 11px/1.35 var(--font-ui, system-ui, sans-serif)",
    letterSpacing: "0",
    textIndent: "0",
    whiteSpace: "nowrap",
    maxInlineSize: "16ch",
    overflow: "hidden",
    textOverflow: "ellipsis",
    pointerEvents: "none",
    userSelect: "none",
  },
  ".cm-line:first-child .cm-other-name": { insetBlockEnd: "auto", insetBlockStart: "calc(100% - 1px)", borderRadius: "0 4px 4px 4px" },
  ".cm-other-idle": { opacity: "0.4" },
  ".cm-other-idle .cm-other-name": { display: "none" },
});
