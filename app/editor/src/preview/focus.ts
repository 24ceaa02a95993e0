/** Whether the editor has the focus, as state: without it an untouched editor would show the source at its first character. */
import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const setFocused = StateEffect.define<boolean>();

const focused = StateField.define<boolean>({
  create: () => false,
  update: (value, tr) => tr.effects.reduce((now, effect) => (effect.is(setFocused) ? effect.value : now), value),
});

/** Marks a part of the editor that is not its text and may have the focus for it; `lostFocus` when it loses it. */
export const PART = "data-editor-part";

/** To be part of the state. */
export const focusTracking: Extension = [
  focused,
  EditorView.focusChangeEffect.of((_, focusing) => setFocused.of(focusing || document.activeElement?.closest(`[${PART}]`) != null)),
];

/** A part of the editor has lost the focus. It may have been taken off the page by an update, so that what follows has to wait for its end. */
export function lostFocus(view: EditorView): void {
  queueMicrotask(() => {
    if (view.dom.isConnected && !view.dom.contains(document.activeElement)) view.dispatch({ effects: setFocused.of(false) });
  });
}

/** Whether the editor has the focus. */
export function hasFocus(state: EditorState): boolean {
  return state.field(focused, false) ?? false;
}

/** Whether the caret or a selection touches a stretch of text while somebody is writing there. */
export function touches(state: EditorState, from: number, to: number): boolean {
  return hasFocus(state) && state.selection.ranges.some((range) => range.from <= to && range.to >= from);
}
