/** Puts an editor together: the shared text, CodeMirror with everything of ours, and the handle that the page holds. */
import { defaultKeymap } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec, type Extension } from "@codemirror/state";
import { dropCursor, EditorView, keymap, placeholder } from "@codemirror/view";
import { ySyncAnnotation, yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import * as Y from "yjs";

import { othersCarets } from "./carets.ts";
import { cleanInput } from "./clean-text.ts";
import { markdownKeys } from "./commands.ts";
import type { EditorHandle, EditorOptions, Emit, LiveThread, PageEvent } from "./contract.ts";
import { markdownLanguage } from "./markdown-language.ts";
import { ownCaret, PresenceKeeper } from "./presence.ts";
import { PreviewSwitch } from "./preview/index.ts";
import { selectionEvents } from "./selection.ts";
import { SharedText } from "./shared-text.ts";
import { tableKeys } from "./table/keys.ts";
import { theme } from "./theme.ts";
import { Threads } from "./threads.ts";

/** Room kept between the caret and the window's edges, in px: a page header sticks at the top. */
const MARGINS = { top: 96, bottom: 48 };

/** Of the editor only what the window's edge cuts off is behind the header; what floats above the first lines must not count as hidden. */
function margins(view: EditorView): typeof MARGINS {
  const cut = MARGINS.top - view.scrollDOM.getBoundingClientRect().top;
  return { ...MARGINS, top: Math.min(MARGINS.top, Math.max(0, cut)) };
}

/** Mounts an editor into an empty element. */
export function openEditor(root: HTMLElement, options: EditorOptions, emit: Emit): EditorHandle {
  return new Editor(root, options, emit);
}

class Editor implements EditorHandle {
  readonly #emit: Emit;
  readonly #shared: SharedText;
  readonly #presence: PresenceKeeper;
  readonly #preview = new PreviewSwitch();
  readonly #threads: Threads;
  readonly #undo: Y.UndoManager;
  readonly #view: EditorView;
  readonly #access = new Compartment();
  readonly #aids = new Compartment();
  #ready = false;
  #refused = false;
  #edited = false;
  #destroyed = false;

  constructor(root: HTMLElement, options: EditorOptions, emit: Emit) {
    this.#emit = emit;
    this.#shared = new SharedText(options, (event) => this.#passOn(event));
    const { text, awareness } = this.#shared;
    this.#undo = new Y.UndoManager(text);
    this.#threads = new Threads(text, root, emit);
    this.#presence = new PresenceKeeper(options, awareness, emit);
    this.#view = new EditorView({
      parent: root,
      state: EditorState.create({ doc: text.toString(), extensions: this.#extensions(root) }),
    });
    // Deleted text that comes back is other text to Yjs: only a fresh look finds the threads on it.
    this.#undo.on("stack-item-popped", () => this.#threads.resolve(this.#view));
    void this.#shared.ready.then(() => {
      this.#ready = true;
      this.#updateAccess();
      this.#threads.resolve(this.#view);
      // Without them one writes as before.
      void this.#addAids().catch(() => undefined);
    });
  }

  setThreads(json: string): void {
    this.#threads.set(this.#view, JSON.parse(json) as LiveThread[]);
  }

  setActiveThread(id: string): void {
    this.#threads.setActive(this.#view, id);
  }

  scrollToThread(id: string): void {
    this.#threads.scrollTo(this.#view, id);
  }

  setWritable(writable: boolean): void {
    if (writable) this.#refused = false;
    this.#shared.setWritable(writable);
    this.#updateAccess();
  }

  setSource(source: boolean): void {
    this.#preview.set(this.#view, source);
  }

  focus(): void {
    this.#view.focus();
  }

  text(): string {
    return this.#shared.text.toString();
  }

  changes(): Promise<string> {
    return this.#shared.changes();
  }

  discard(): Promise<void> {
    return this.#shared.discard();
  }

  destroy(): void {
    this.#destroyed = true;
    this.#presence.stop();
    this.#view.destroy();
    this.#undo.destroy();
    this.#shared.destroy();
  }

  #extensions(root: HTMLElement): Extension {
    const { text, awareness } = this.#shared;
    return [
      nonce(),
      this.#access.of(this.#accessNow()),
      cleanInput,
      this.#aids.of([]),
      // Before what Enter does in other blocks.
      Prec.highest(keymap.of(tableKeys)),
      keymap.of([...markdownKeys, ...yUndoManagerKeymap, ...searchKeymap, ...defaultKeymap]),
      markdownLanguage(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      EditorView.lineWrapping,
      EditorView.scrollMargins.of(margins),
      search({ top: true }),
      dropCursor(),
      theme,
      this.#preview.extension,
      // No awareness here: carets are ours.
      yCollab(text, null, { undoManager: this.#undo }),
      ownCaret(text, awareness),
      othersCarets(text, awareness),
      this.#threads.extension,
      selectionEvents(text, root, this.#emit),
      this.#firstEdit(),
    ];
  }

  async #addAids(): Promise<void> {
    const { aids } = await import("./aids/index.ts");
    if (!this.#destroyed) this.#view.dispatch({ effects: this.#aids.reconfigure(aids) });
  }

  #firstEdit(): Extension {
    return EditorView.updateListener.of((update) => {
      if (this.#edited || !update.docChanged || update.transactions.some((tr) => tr.annotation(ySyncAnnotation))) return;
      this.#edited = true;
      this.#emit({ type: "first-edit" });
    });
  }

  #passOn(event: PageEvent): void {
    if (event.type === "status") {
      const refused = event.status === "refused" || event.status === "too-large";
      if (refused !== this.#refused) {
        this.#refused = refused;
        // The first status comes while the view is being made.
        queueMicrotask(() => this.#updateAccess());
      }
    }
    this.#emit(event);
  }

  #updateAccess(): void {
    this.#view.dispatch({ effects: this.#access.reconfigure(this.#accessNow()) });
  }

  /** Until the text is here there is nothing to write into; what the server refuses must not grow. */
  #accessNow(): Extension {
    const writable = this.#ready && this.#shared.writable && !this.#refused;
    return [
      EditorState.readOnly.of(!writable),
      EditorView.editable.of(writable),
      // Not editable is still selectable and reachable by keyboard.
      EditorView.contentAttributes.of({
        "aria-label": "Text of the proposal, in Markdown",
        "aria-busy": String(!this.#ready),
        spellcheck: "true",
        autocapitalize: "sentences",
        tabindex: "0",
      }),
      writable ? placeholder("Write in Markdown. Type / to insert a heading, a table, a diagram…") : [],
    ];
  }
}

/** The page's nonce for style elements. A module has no `currentScript`; the property holds what the attribute hides. */
function nonce(): Extension {
  const value = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  return value ? EditorView.cspNonce.of(value) : [];
}
