/** The button that says who wrote what is selected. What it needs is loaded when it is pressed. */
import type { EditorState, Extension, SelectionRange } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type * as Y from "yjs";

import { SHORTCUTS } from "../shortcuts/registry.ts";
import { barAt, enterBar, type Button } from "./bar.ts";

/** The text that somebody asks about. */
export interface Asked {
  /** Its proposal. */
  proposal: string;
  /** The shared text. */
  text: Y.Text;
}

/** The button. */
export function whoWroteButton({ proposal, text }: Asked): Button {
  return {
    name: "Who wrote this",
    icon: "users",
    run: (view) => {
      // Where it cannot be loaded, nothing happens, and one may press again.
      void import("../authorship/index.ts").then(({ sayWhoWrote }) => view.dom.isConnected && sayWhoWrote(view, text, proposal)).catch(() => undefined);
      return true;
    },
  };
}

/** A bar of its own on whatever is selected where there is no other: in what cannot be written in, over several paragraphs, in code. */
export function whoWroteBar(button: Button, hasOther: (state: EditorState) => boolean): Extension {
  const where = (state: EditorState): SelectionRange | null => {
    const { main } = state.selection;
    return main.empty || (!state.readOnly && hasOther(state)) ? null : main;
  };
  return [barAt("About the selection", [{ buttons: [button] }], 6, where, true), keymap.of([{ key: SHORTCUTS.bar.keys[0], run: enterBar }])];
}
