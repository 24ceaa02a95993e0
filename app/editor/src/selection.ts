/** Tells the page which passage is selected, so that it can offer to start a thread there. */
import type { Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView, type ViewUpdate } from "@codemirror/view";
import type * as Y from "yjs";

import type { Emit, Selected } from "./contract.ts";
import { mainOf, toText } from "./main-text.ts";
import { topOf } from "./places.ts";
import { encodePosition } from "./relative.ts";

/** The selection has rested for so long, in ms: a button that follows every pixel of a drag is in the way. */
const REST = 150;

/** Emits `selection`, none when nothing is selected. */
export function selectionEvents(text: Y.Text, root: HTMLElement, emit: Emit): Extension {
  return ViewPlugin.define((view) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let said = "null";
    const say = () => {
      timer = undefined;
      const selection = selected(view, text, root);
      const now = JSON.stringify(selection);
      if (now === said) return;
      said = now;
      emit({ type: "selection", selection });
    };
    return {
      update(update: ViewUpdate) {
        if (!update.selectionSet && !update.docChanged) return;
        clearTimeout(timer);
        timer = setTimeout(say, update.state.selection.main.empty ? 0 : REST);
      },
      destroy() {
        clearTimeout(timer);
      },
    };
  });
}

/** Counted in the shared text, whose words a thread quotes; none when only words are selected that are suggested and not in it. */
function selected(view: EditorView, text: Y.Text, root: HTMLElement): Selected | null {
  const { main } = view.state.selection;
  if (main.empty) return null;
  const [from, to] = [toText(view.state, main.from, 1), toText(view.state, main.to, -1)];
  if (from >= to) return null;
  const origin = view.documentTop - root.getBoundingClientRect().top;
  return {
    from,
    to,
    quote: mainOf(view.state).sliceString(from, to),
    start: encodePosition(text, from, 0),
    end: encodePosition(text, to, -1),
    top: Math.round(origin + topOf(view, main.from)),
  };
}
