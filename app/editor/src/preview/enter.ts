/** A press on a block widget puts the caret into its source. */
import type { EditorView } from "@codemirror/view";

/** `at` says how far into the block's source, by what was pressed; without it: the end of its first line. */
export function enterOnPress(view: EditorView, box: HTMLElement, at?: (target: EventTarget | null) => number): void {
  box.addEventListener("mousedown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const start = view.posAtDOM(box);
    view.dispatch({ selection: { anchor: at ? start + at(event.target) : view.state.doc.lineAt(start).to } });
    view.focus();
  });
}
