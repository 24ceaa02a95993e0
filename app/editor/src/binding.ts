/** What is typed goes into the shared text, or, in suggesting mode, into a layer over it. Never into both, and never from one into the other. */
import { Compartment, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { yCollab } from "y-codemirror.next";
import * as Y from "yjs";

import type { Mode } from "./contract.ts";
import { persist } from "./persist.ts";
import type { SharedText } from "./shared-text.ts";
import type { Suggested } from "./suggested.ts";
import type { Suggesting } from "./suggesting/index.ts";
import { undoing } from "./undo.ts";

/** Between the view and the shared text. */
export class Binding {
  /** To be part of the editor's state. */
  readonly extension: Extension;
  /** Undo in the shared text. */
  readonly undo: Y.UndoManager;
  readonly #shared: SharedText;
  readonly #suggested: Suggested;
  readonly #place = new Compartment();
  readonly #writing: Extension;
  #make: typeof Suggesting | null = null;
  #suggesting: Suggesting | null = null;
  #wanted: Mode = "reading";
  #ended = false;

  constructor(shared: SharedText, suggested: Suggested) {
    this.#shared = shared;
    this.#suggested = suggested;
    this.undo = new Y.UndoManager(shared.text);
    // No awareness here: carets are ours.
    this.#writing = [undoing(shared.text, this.undo), yCollab(shared.text, null, { undoManager: false })];
    this.extension = this.#place.of(this.#writing);
  }

  /** Whether typing does what the mode says; else nothing may be typed. */
  does(mode: Mode): boolean {
    return mode === "suggesting" ? this.#suggesting !== null : this.#suggesting === null;
  }

  /** Loads what suggesting needs before it is wanted. */
  async prepare(): Promise<void> {
    this.#make ??= (await import("./suggesting/index.ts")).Suggesting;
  }

  /** Binds for a mode, at once where what it needs is here. Resolves when it does what the mode says, or another has been asked for meanwhile. */
  async bind(view: EditorView, mode: Mode): Promise<void> {
    this.#wanted = mode;
    if (mode !== "suggesting") return this.#leave(view);
    if (!this.#make) await persist(() => this.prepare());
    if (this.#wanted === "suggesting" && !this.#suggesting && !this.#ended && this.#make) this.#enter(view, this.#make);
  }

  /** The editor goes. */
  end(view: EditorView): void {
    this.#leave(view);
    this.#ended = true;
    this.undo.destroy();
  }

  #enter(view: EditorView, Made: typeof Suggesting): void {
    const suggesting = new Made(this.#shared.text, this.#shared.suggestions);
    view.dispatch({ effects: this.#place.reconfigure(suggesting.extension) });
    this.#suggesting = suggesting;
    suggesting.entered(view);
    this.#suggested.takeUp = (own, threads) => suggesting.takeUp(own, threads);
    this.#suggested.resolve(view);
  }

  #leave(view: EditorView): void {
    if (!this.#suggesting) return;
    this.#suggested.takeUp = null;
    // First the text is the shared one again, then it is bound: the binding takes them for equal.
    this.#suggesting.leave();
    this.#suggesting = null;
    view.dispatch({ effects: this.#place.reconfigure(this.#writing) });
    this.#suggested.resolve(view);
  }
}
