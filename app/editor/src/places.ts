/** Where threads are in the view, whatever shows them there: their heights for the page's margin, the one that is being read. */
import { Facet, StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

import type { Emit } from "./contract.ts";

/** A passage of a thread, or a change of a suggestion. */
export interface Place {
  /** The thread's id. */
  thread: string;
  /** First unit in the view. */
  from: number;
  /** Behind the last unit; a change that only adds words may be empty. */
  to: number;
}

/** What shows threads says here where. */
export const places = Facet.define<(state: EditorState) => Iterable<Place>>();

const setActive = StateEffect.define<string>();

/** The thread that is being read; `""` for none. */
export const activeThread = StateField.define<string>({
  create: () => "",
  update: (value, tr) => tr.effects.reduce((active, effect) => (effect.is(setActive) ? effect.value : active), value),
});

/** Marks one thread as the one being read. */
export function activate(view: EditorView, thread: string): void {
  if (view.state.field(activeThread) !== thread) view.dispatch({ effects: setActive.of(thread) });
}

/** Brings a thread's passage into view. */
export function scrollToThread(view: EditorView, thread: string): void {
  const at = firstPlaces(view.state).get(thread);
  if (at !== undefined) view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "center" }) });
}

/** Keeps `activeThread`, tells the page how high each thread is and when one is clicked. `root` is the element that heights count from. */
export function threadEvents(root: HTMLElement, emit: Emit): Extension {
  return [
    activeThread,
    ViewPlugin.define(() => new Layout(root, emit)),
    EditorView.domEventHandlers({
      click: (event, view) => {
        const thread = threadAt(event);
        if (thread && view.state.selection.main.empty) emit({ type: "thread", thread });
      },
      ...hovers(emit),
    }),
  ];
}

/** The thread of what an event is about. */
function threadAt({ target }: Event): string | null {
  return (target instanceof Element && target.closest("[data-thread]")?.getAttribute("data-thread")) || null;
}

function hovers(emit: Emit): { mouseover: (event: Event) => void; mouseleave: () => void } {
  let said: string | null | undefined;
  const tell = (thread: string | null) => {
    if (thread === said) return;
    said = thread;
    emit({ type: "hover", thread });
  };
  return { mouseover: (event) => tell(threadAt(event)), mouseleave: () => tell(null) };
}

class Layout {
  #said = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly emit: Emit,
  ) {}

  /** At most once a frame, and only when something moved. */
  update(update: ViewUpdate): void {
    if (!update.geometryChanged && !update.docChanged && update.transactions.length === 0) return;
    update.view.requestMeasure({
      key: this,
      read: (view) => this.#tops(view),
      write: (tops) => {
        const said = JSON.stringify(tops);
        if (said === this.#said) return;
        this.#said = said;
        this.emit({ type: "layout", tops });
      },
    });
  }

  #tops(view: EditorView): Record<string, number> {
    const origin = view.documentTop - this.root.getBoundingClientRect().top;
    const tops: Record<string, number> = {};
    for (const [thread, at] of firstPlaces(view.state)) tops[thread] = Math.round(origin + topOf(view, at));
    return tops;
  }
}

/** Of a thread in several places, the first one counts. */
function firstPlaces(state: EditorState): Map<string, number> {
  const first = new Map<string, number>();
  for (const found of state.facet(places)) {
    for (const { thread, from } of found(state)) first.set(thread, Math.min(from, first.get(thread) ?? from));
  }
  return first;
}

/** Top of a position relative to the document's top: exact where it is drawn, estimated where it is not. */
export function topOf(view: EditorView, position: number): number {
  const { from, to } = view.viewport;
  const coords = position >= from && position <= to ? view.coordsAtPos(position, 1) : null;
  return coords ? coords.top - view.documentTop : view.lineBlockAt(position).top;
}
