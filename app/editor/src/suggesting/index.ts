/** Suggesting mode: what is typed becomes suggestions. Loaded when the mode is first entered. */
import { history, historyKeymap } from "@codemirror/commands";
import { Compartment, type Extension } from "@codemirror/state";
import { EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import type * as Y from "yjs";

import type { LiveThread } from "../contract.ts";
import type { DraftSource, Keeper } from "../keeper.ts";
import { placesOf, travelling } from "../placed.ts";
import type { OpenSuggestion } from "../suggested.ts";
import type { Suggestion } from "../suggest-request.ts";
import { sameWords, type Draft } from "./drafts.ts";
import { cleanTyping, newId, overlayField, overlaySpec, stepSpec } from "./field.ts";
import { following } from "./follow.ts";
import { adopted, emptyOverlay, sentNow, without } from "./overlay.ts";
import { ownMarks } from "./own-marks.ts";

/** An acceptance may be heard of before its edit arrives, which leaves the screen as it is; so long it is waited for, in ms. */
const GRACE = 1_500;

/** The mode, from entering to leaving. */
export class Suggesting implements DraftSource {
  /** Takes the place of the binding to the shared text. */
  readonly extension: Extension;
  readonly #history = new Compartment();
  readonly #text: Y.Text;
  readonly #keeper: Keeper;
  readonly #late = new Map<string, ReturnType<typeof setTimeout>>();
  #view: EditorView | null = null;

  constructor(text: Y.Text, keeper: Keeper) {
    this.#text = text;
    this.#keeper = keeper;
    this.extension = [
      overlayField,
      cleanTyping,
      this.#history.of(history()),
      keymap.of(historyKeymap),
      following(text),
      EditorView.updateListener.of((update) => this.#updated(update)),
      ownMarks,
    ];
  }

  /** The view shows the shared text and has the extension. */
  entered(view: EditorView): void {
    this.#view = view;
    this.#keeper.attach(this);
  }

  /** Makes the view show the shared text; then the extension can go. */
  leave(): void {
    const view = this.#view;
    if (!view) return;
    this.#keeper.detach();
    this.#view = null;
    for (const timer of this.#late.values()) clearTimeout(timer);
    const { base, changes } = view.state.field(overlayField);
    view.dispatch(stepSpec({ overlay: emptyOverlay(base), view: changes.invert(base) }));
  }

  /** Takes up suggestions of before, of other tabs too, and lets go of those that are no longer open. */
  takeUp(own: readonly OpenSuggestion[], threads: readonly LiveThread[]): void {
    const view = this.#view;
    if (!view) return;
    const state = new Map(threads.map(({ id, suggestion }) => [id, suggestion?.state]));
    const { drafts } = view.state.field(overlayField);
    const here = drafts.map(({ id }) => id);
    this.#takeOut(new Set(here.filter((id) => state.get(id) === "rejected" || state.get(id) === "withdrawn")));
    this.decided(new Set(here.filter((id) => state.get(id) === "accepted")));
    this.#adopt(own.filter(({ id }) => !here.includes(id)));
  }

  collect(): Suggestion[] {
    const drafts = this.#view?.state.field(overlayField).drafts ?? [];
    return drafts.map(({ id, edits }) => ({ thread: id, edits: travelling(this.#text, edits) }));
  }

  sent(ids: ReadonlySet<string>): void {
    this.#view?.dispatch(overlaySpec(sentNow(this.#view.state.field(overlayField), ids)));
  }

  decided(ids: ReadonlySet<string>): void {
    for (const id of ids) {
      if (this.#late.has(id)) continue;
      const takeOut = () => {
        this.#late.delete(id);
        this.#takeOut(new Set([id]));
      };
      this.#late.set(id, setTimeout(takeOut, GRACE));
    }
  }

  #adopt(own: readonly OpenSuggestion[]): void {
    const view = this.#view;
    if (!view || own.length === 0) return;
    const placed = own.flatMap(({ id, edits }): Draft[] => {
      const places = placesOf(this.#text, edits);
      return places ? [{ id, edits: places }] : [];
    });
    const step = adopted(view.state.field(overlayField), view.state.doc, placed, newId);
    if (step.ids.length === 0) return;
    view.dispatch(stepSpec(step));
    const now = new Map(this.collect().map(({ thread, edits }) => [thread, edits]));
    for (const { id, edits } of own) {
      // As it is written here now: the server may write the same place in another way.
      if (step.ids.includes(id)) this.#keeper.adopted({ thread: id, edits: now.get(id) ?? edits }, sameWords(now.get(id) ?? [], edits));
    }
    this.#keeper.typed();
  }

  #takeOut(ids: ReadonlySet<string>): void {
    const view = this.#view;
    const gone = view?.state.field(overlayField).drafts.filter(({ id }) => ids.has(id)) ?? [];
    if (!view || gone.length === 0) return;
    view.dispatch(stepSpec(without(view.state.field(overlayField), ids)));
    // Deleted words are back: to undo their deletion now would bring them a second time.
    if (!gone.some(({ edits }) => edits.some(takesWords))) return;
    view.dispatch({ effects: this.#history.reconfigure([]) });
    view.dispatch({ effects: this.#history.reconfigure(history()) });
  }

  #updated({ startState, state }: ViewUpdate): void {
    const before = startState.field(overlayField, false)?.drafts ?? [];
    const { drafts } = state.field(overlayField);
    if (drafts === before) return;
    const isSame = drafts.length === before.length && drafts.every(({ id, edits }, n) => id === before[n]!.id && sameWords(edits, before[n]!.edits));
    if (isSame) this.#keeper.look();
    else this.#keeper.typed();
  }
}

function takesWords({ original, replacement }: { original: string; replacement: string }): boolean {
  return !replacement.includes(original);
}
