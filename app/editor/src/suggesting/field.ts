/** The layer of suggestions as part of the editor's state: what the person types goes into it and nowhere else. */
import { EditorState, StateEffect, StateField, Transaction, type Extension, type TransactionSpec } from "@codemirror/state";
import { uuidv4 } from "lib0/random";

import { cleanText } from "../clean-text.ts";
import { between } from "../main-text.ts";
import { edited, emptyOverlay, type Overlay, type Step } from "./overlay.ts";

const setOverlay = StateEffect.define<Overlay>();

/** The layer. Where it begins, the view shows the shared text. */
export const overlayField = StateField.define<Overlay>({
  create: (state) => emptyOverlay(state.doc),
  update(overlay, tr) {
    for (const effect of tr.effects) if (effect.is(setOverlay)) return effect.value;
    return tr.docChanged ? edited(overlay, tr.changes, tr.newDoc, newId) : overlay;
  },
  provide: (field) => between.from(field),
});

/** A suggestion's name. Not `crypto.randomUUID`: that is not there where a page comes without TLS. */
export const newId = uuidv4;

/** A step that the person did not type: not theirs to undo, nor in need of cleaning. */
export function stepSpec({ overlay, view }: Step): TransactionSpec {
  return {
    changes: view,
    effects: setOverlay.of(overlay),
    annotations: [Transaction.addToHistory.of(false), Transaction.remote.of(true)],
    filter: false,
  };
}

/** The same text, another state of the layer. */
export function overlaySpec(overlay: Overlay): TransactionSpec {
  return { effects: setOverlay.of(overlay) };
}

/** Whatever brings it in, what is suggested has the shape that the shared text must have. */
export const cleanTyping: Extension = EditorState.transactionFilter.of((tr) => {
  if (!tr.docChanged) return tr;
  const repairs: { from: number; to: number; insert: string }[] = [];
  tr.changes.iterChanges((_fromA, _toA, fromB, _toB, inserted) => {
    for (const found of inserted.toString().matchAll(/\r\n?|[\u0000\ufeff]/g)) {
      const from = fromB + found.index;
      repairs.push({ from, to: from + found[0].length, insert: cleanText(found[0]) });
    }
  });
  return repairs.length === 0 ? tr : [tr, { changes: repairs, sequential: true }];
});
