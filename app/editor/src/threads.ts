/** The passages of threads in the live text: marks that move with the text, their heights for the margin, clicks on them. */
import { RangeSet, StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import type * as Y from "yjs";

import type { Emit, LiveThread } from "./contract.ts";
import { decodePosition } from "./relative.ts";

/** Rest between updates before unresolved passages are looked for again, in ms. */
const RESOLVE = 300;

interface Passages {
  /** Where each open or resolved thread's passage is, by relative position or mapped from there. */
  marks: DecorationSet;
  active: string;
}

const setPassages = StateEffect.define<{ id: string; from: number; to: number; kind: string; resolved: boolean }[]>();
const setActive = StateEffect.define<string>();

const passages = StateField.define<Passages>({
  create: () => ({ marks: RangeSet.empty, active: "" }),
  update(value, tr) {
    let { marks, active } = value;
    if (tr.docChanged) marks = marks.map(tr.changes);
    for (const effect of tr.effects) {
      if (effect.is(setActive)) active = effect.value;
      if (effect.is(setPassages)) {
        marks = Decoration.set(
          effect.value.map((passage) => markOf(passage).range(passage.from, passage.to)),
          true,
        );
      }
    }
    return marks === value.marks && active === value.active ? value : { marks, active };
  },
  provide: (field) =>
    EditorView.decorations.of((view) => {
      const { marks, active } = view.state.field(field);
      return active === "" ? marks : withActive(marks, active);
    }),
});

function markOf(thread: { id: string; kind: string; resolved: boolean }): Decoration {
  const resolved = thread.resolved ? " cm-thread-resolved" : "";
  // Not inclusive: what is typed at an edge is outside, as it is for the relative positions.
  return Decoration.mark({
    thread: thread.id,
    class: `cm-thread cm-thread-${thread.kind.replace(/\W/g, "")}${resolved}`,
    attributes: { "data-thread": thread.id },
  });
}

function withActive(marks: DecorationSet, active: string): DecorationSet {
  const found = rangeOf(marks, active);
  return found ? marks.update({ add: [Decoration.mark({ class: "cm-thread-active" }).range(found.from, found.to)], sort: true }) : marks;
}

function rangeOf(marks: DecorationSet, id: string): { from: number; to: number } | null {
  for (const cursor = marks.iter(); cursor.value; cursor.next()) {
    if (cursor.value.spec["thread"] === id) return { from: cursor.from, to: cursor.to };
  }
  return null;
}

/** The threads of one editor. */
export class Threads {
  /** To be part of the editor's state. */
  readonly extension: Extension;
  #threads: LiveThread[] = [];
  #said = "";
  /** Passages whose text has not arrived here yet. */
  #missing = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #text: Y.Text;
  readonly #emit: Emit;
  readonly #root: HTMLElement;

  /** `root` is the element that the reported heights count from. */
  constructor(text: Y.Text, root: HTMLElement, emit: Emit) {
    this.#text = text;
    this.#emit = emit;
    this.#root = root;
    this.extension = [
      passages,
      ViewPlugin.define(() => ({
        update: (update) => this.#updated(update),
        destroy: () => clearTimeout(this.#again),
      })),
      EditorView.domEventHandlers({
        click: (event, view) => {
          if (view.state.selection.main.empty) this.#clicked(event);
        },
      }),
      threadTheme,
    ];
  }

  /** Shows these threads. */
  set(view: EditorView, threads: LiveThread[]): void {
    this.#threads = threads;
    this.resolve(view);
  }

  /** Finds every passage anew: after the list changed, the text first arrived, or an undo brought text back. */
  resolve(view: EditorView): void {
    const found = this.#threads.flatMap((thread) => {
      const from = decodePosition(this.#text, thread.start);
      const to = decodePosition(this.#text, thread.end);
      if (from === null || to === null || from >= to || to > view.state.doc.length) return [];
      return [{ id: thread.id, kind: thread.kind, resolved: thread.resolved, from, to }];
    });
    this.#missing = this.#threads.length - found.length;
    view.dispatch({ effects: setPassages.of(found) });
  }

  /** Marks one passage. */
  setActive(view: EditorView, id: string): void {
    if (view.state.field(passages).active !== id) view.dispatch({ effects: setActive.of(id) });
  }

  /** Brings a passage into view. */
  scrollTo(view: EditorView, id: string): void {
    const found = rangeOf(view.state.field(passages).marks, id);
    if (found) view.dispatch({ effects: EditorView.scrollIntoView(found.from, { y: "center" }) });
  }

  /** Tells the page where the passages are, at most once a frame and only when something moved. */
  measure(view: EditorView): void {
    view.requestMeasure({
      key: this,
      read: () => this.#tops(view),
      write: (tops) => {
        const said = JSON.stringify(tops);
        if (said === this.#said) return;
        this.#said = said;
        this.#emit({ type: "layout", tops });
      },
    });
  }

  #updated(update: ViewUpdate): void {
    if (update.geometryChanged || update.docChanged || update.transactions.length > 0) this.measure(update.view);
    if (!update.docChanged || this.#missing === 0) return;
    // A thread may be heard of before the text that it is on; one look for a burst of updates.
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.resolve(update.view), RESOLVE);
  }

  #tops(view: EditorView): Record<string, number> {
    const origin = view.documentTop - this.#root.getBoundingClientRect().top;
    const tops: Record<string, number> = {};
    for (const cursor = view.state.field(passages).marks.iter(); cursor.value; cursor.next()) {
      const id = cursor.value.spec["thread"] as string;
      if (cursor.from === cursor.to) continue;
      tops[id] = Math.round(origin + topOf(view, cursor.from));
    }
    return tops;
  }

  #clicked(event: MouseEvent): void {
    const mark = event.target instanceof Element ? event.target.closest("[data-thread]") : null;
    const thread = mark?.getAttribute("data-thread");
    if (thread) this.#emit({ type: "thread", thread });
  }
}

/** Top of a position relative to the document's top: exact where it is drawn, estimated where it is not. */
export function topOf(view: EditorView, position: number): number {
  const { from, to } = view.viewport;
  const coords = position >= from && position <= to ? view.coordsAtPos(position, 1) : null;
  return coords ? coords.top - view.documentTop : view.lineBlockAt(position).top;
}

const threadTheme = EditorView.baseTheme({
  ".cm-thread": {
    backgroundColor: "var(--mark-open, light-dark(oklch(0.93 0.09 85), oklch(0.38 0.07 85)))",
    borderBlockEnd: "2px solid var(--warning, oklch(0.75 0.15 75))",
    cursor: "pointer",
  },
  ".cm-thread-blocking": { borderBlockEndColor: "var(--danger, oklch(0.6 0.2 25))" },
  ".cm-thread-praise": { borderBlockEndColor: "var(--success, oklch(0.6 0.15 150))" },
  ".cm-thread-resolved": { backgroundColor: "transparent", borderBlockEnd: "1px dotted var(--border, currentColor)" },
  ".cm-thread-active": { backgroundColor: "var(--mark-active, light-dark(oklch(0.86 0.14 85), oklch(0.48 0.1 85)))" },
});
