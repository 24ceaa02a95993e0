/**
 * Undo in the shared text, and the selection as it was.
 *
 * Instead of y-codemirror.next's own, which looks up the selection's place in the shared text at every key. Yjs finds a place by walking there: in a
 * text of a megabyte with a history of 190,000 items that took half of what a key costs. Here it is looked up once for what is undone together.
 */
import { type Extension } from "@codemirror/state";
import { EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { ySyncAnnotation, ySyncFacet } from "y-codemirror.next";
import * as Y from "yjs";

/** A selection, in the shared text. */
interface Selected {
  anchor: number;
  head: number;
}

interface Place {
  anchor: Y.RelativePosition;
  head: Y.RelativePosition;
}

interface StackItem {
  meta: Map<unknown, unknown>;
}

/** Where the selection was before each thing that can be undone or done again. */
export class Selections {
  readonly #text: Y.Text;
  readonly #undo: Y.UndoManager;
  readonly #restore: (selected: Selected) => void;
  #before: Place | null = null;

  /** `restore` gets what was selected, in the text as it is then. */
  constructor(text: Y.Text, undo: Y.UndoManager, restore: (selected: Selected) => void) {
    this.#text = text;
    this.#undo = undo;
    this.#restore = restore;
    undo.on("stack-item-added", this.#added);
    undo.on("stack-item-popped", this.#popped);
  }

  /** Ends it. */
  stop(): void {
    this.#undo.off("stack-item-added", this.#added);
    this.#undo.off("stack-item-popped", this.#popped);
  }

  /** The shared text is about to be changed by hand. */
  typing(selected: Selected): void {
    // What comes so soon after the last change is undone with it.
    const { lastChange, captureTimeout, undoStack } = this.#undo;
    if (lastChange > 0 && Date.now() - lastChange < captureTimeout && undoStack.length > 0) return;
    this.#before = this.#placeOf(selected);
  }

  /** Undoes, or does again. */
  turn(direction: "undo" | "redo", selected: Selected): void {
    this.#before = this.#placeOf(selected);
    this.#undo[direction]();
  }

  #placeOf({ anchor, head }: Selected): Place {
    const place = (at: number) => Y.createRelativePositionFromTypeIndex(this.#text, at);
    const first = place(anchor);
    return { anchor: first, head: anchor === head ? first : place(head) };
  }

  readonly #added = ({ stackItem }: { stackItem: StackItem }): void => {
    if (this.#before && !stackItem.meta.has(this)) stackItem.meta.set(this, this.#before);
    this.#before = null;
  };

  readonly #popped = ({ stackItem }: { stackItem: StackItem }): void => {
    const place = stackItem.meta.get(this) as Place | undefined;
    const { doc } = this.#text;
    const anchor = place && doc && Y.createAbsolutePositionFromRelativePosition(place.anchor, doc);
    const head = place && doc && Y.createAbsolutePositionFromRelativePosition(place.head, doc);
    if (anchor && head) this.#restore({ anchor: anchor.index, head: head.index });
  };
}

/** To stand before the binding to the shared text: what it sees of that is the text before a change. */
export function undoing(text: Y.Text, undo: Y.UndoManager): Extension {
  const selections = ViewPlugin.define((view) => {
    const binding = view.state.facet(ySyncFacet);
    undo.addTrackedOrigin(binding);
    const kept = new Selections(text, undo, (selection) => {
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.head) });
    });
    return {
      turn: (direction: "undo" | "redo") => kept.turn(direction, view.state.selection.main),
      update({ docChanged, startState, transactions }: ViewUpdate) {
        const isByHand = docChanged && !transactions.some((tr) => tr.annotation(ySyncAnnotation) === binding);
        if (isByHand) kept.typing(startState.selection.main);
      },
      destroy() {
        kept.stop();
        undo.removeTrackedOrigin(binding);
      },
    };
  });
  const turn = (direction: "undo" | "redo") => (view: EditorView) => {
    // As CodeMirror's own: what may not be written may not be undone. The key does nothing else then, the browser's undo included.
    if (!view.state.readOnly) view.plugin(selections)?.turn(direction);
    return true;
  };
  return [
    selections,
    keymap.of([
      { key: "Mod-z", run: turn("undo"), preventDefault: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: turn("redo"), preventDefault: true },
      { key: "Mod-Shift-z", run: turn("redo"), preventDefault: true },
    ]),
    EditorView.domEventHandlers({
      beforeinput: ({ inputType }, view) =>
        inputType === "historyUndo" ? turn("undo")(view) : inputType === "historyRedo" && turn("redo")(view),
    }),
  ];
}
