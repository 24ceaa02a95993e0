/** The passages of threads in the live text: marks that move with the text. */
import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import type * as Y from "yjs";

import type { LiveThread } from "./contract.ts";
import { between, mainOf, toView } from "./main-text.ts";
import { activeThread, places, type Place } from "./places.ts";
import { decodePosition } from "./relative.ts";

/** Rest between updates before unresolved passages are looked for again, in ms. */
const RESOLVE = 300;

const setPassages = StateEffect.define<{ id: string; from: number; to: number; kind: string; resolved: boolean }[]>();

/** Where each open or resolved thread's passage is, by relative position or mapped from there. */
const passages = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update(value, tr) {
    let marks = tr.docChanged ? value.map(tr.changes) : value;
    for (const effect of tr.effects) {
      if (!effect.is(setPassages)) continue;
      marks = Decoration.set(
        effect.value.map((passage) => markOf(passage).range(passage.from, passage.to)),
        true,
      );
    }
    return marks;
  },
  provide: (field) =>
    EditorView.decorations.compute([field, activeThread], (state) => withActive(state.field(field), state.field(activeThread))),
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
  for (const cursor = marks.iter(); cursor.value && active !== ""; cursor.next()) {
    if (cursor.value.spec["thread"] !== active) continue;
    return marks.update({ add: [Decoration.mark({ class: "cm-thread-active" }).range(cursor.from, cursor.to)], sort: true });
  }
  return marks;
}

function* placesIn(state: EditorState): Iterable<Place> {
  for (const cursor = state.field(passages).iter(); cursor.value; cursor.next()) {
    if (cursor.from < cursor.to) yield { thread: cursor.value.spec["thread"] as string, from: cursor.from, to: cursor.to };
  }
}

/** The threads of one editor. */
export class Threads {
  /** To be part of the editor's state. */
  readonly extension: Extension;
  #threads: LiveThread[] = [];
  /** Passages whose text has not arrived here yet. */
  #missing = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #text: Y.Text;

  constructor(text: Y.Text) {
    this.#text = text;
    this.extension = [
      passages,
      places.of(placesIn),
      ViewPlugin.define(() => ({
        update: (update) => this.#updated(update),
        destroy: () => clearTimeout(this.#again),
      })),
      threadTheme,
    ];
  }

  /** Shows these threads. */
  set(view: EditorView, threads: LiveThread[]): void {
    // An open suggestion shows what it would change instead.
    this.#threads = threads.filter((thread) => thread.suggestion?.state !== "open");
    this.resolve(view);
  }

  /** Finds every passage anew: after the list changed, the text first arrived, or an undo brought text back. */
  resolve(view: EditorView): void {
    const { state } = view;
    const found = this.#threads.flatMap((thread) => {
      const from = decodePosition(this.#text, thread.start);
      const to = decodePosition(this.#text, thread.end);
      if (from === null || to === null || from >= to || to > mainOf(state).length) return [];
      const [start, end] = [toView(state, from, 1), toView(state, to, -1)];
      // All of it is suggested to go.
      if (start >= end) return [];
      return [{ id: thread.id, kind: thread.kind, resolved: thread.resolved, from: start, to: end }];
    });
    this.#missing = this.#threads.length - found.length;
    view.dispatch({ effects: setPassages.of(found) });
  }

  #updated(update: ViewUpdate): void {
    // Suggested to go and brought back, a passage has lost its mark.
    if (!update.docChanged || (this.#missing === 0 && update.state.facet(between) === null)) return;
    // A thread may be heard of before the text that it is on; one look for a burst of updates.
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.resolve(update.view), RESOLVE);
  }
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
