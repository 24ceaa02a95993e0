/** Puts an editor together: the shared text, CodeMirror with everything of ours, and the handle that the page holds. */
import { defaultKeymap } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec, Transaction, type Extension } from "@codemirror/state";
import { dropCursor, EditorView, keymap, placeholder } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";

import { Binding } from "./binding.ts";
import { othersCarets } from "./carets.ts";
import { cleanInput } from "./clean-text.ts";
import { markdownKeys } from "./commands.ts";
import type { EditorHandle, EditorOptions, Emit, LiveThread, Mode, PageEvent, Person } from "./contract.ts";
import type { PeopleBar } from "./here/index.ts";
import { markdownLanguage } from "./markdown-language.ts";
import { activate, scrollToThread, threadEvents } from "./places.ts";
import { ownCaret, PresenceKeeper } from "./presence.ts";
import { PreviewSwitch } from "./preview/index.ts";
import { selectionEvents } from "./selection.ts";
import { SharedText } from "./shared-text.ts";
import { Suggested } from "./suggested.ts";
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

const MODES: Readonly<Record<string, Mode>> = { writing: "writing", suggesting: "suggesting" };

/** What an empty text says to whoever may type into it. */
const INVITATIONS = {
  writing: "Write in Markdown. Type / to insert a heading, a table, a diagram…",
  suggesting: "Suggest in Markdown. Type / to insert a heading, a table, a diagram…",
} as const;

/** Mounts an editor into an empty element. */
export function openEditor(root: HTMLElement, options: EditorOptions, emit: Emit): EditorHandle {
  return new Editor(root, options, emit);
}

class Editor implements EditorHandle {
  readonly #emit: Emit;
  readonly #proposal: string;
  readonly #shared: SharedText;
  readonly #presence: PresenceKeeper;
  readonly #preview = new PreviewSwitch();
  readonly #threads: Threads;
  readonly #suggested: Suggested;
  readonly #binding: Binding;
  readonly #view: EditorView;
  readonly #access = new Compartment();
  readonly #aids = new Compartment();
  #people: readonly Person[] = [];
  #place: Element | null = null;
  #bar: PeopleBar | null = null;
  #ready = false;
  #refused = false;
  #edited = false;
  #destroyed = false;

  constructor(root: HTMLElement, options: EditorOptions, emit: Emit) {
    this.#emit = emit;
    this.#proposal = options.proposal;
    this.#shared = new SharedText(options, (event) => this.#passOn(event));
    const { text, awareness } = this.#shared;
    this.#threads = new Threads(text);
    this.#suggested = new Suggested(text, () => this.#shared.suggestions.latest);
    this.#binding = new Binding(this.#shared, this.#suggested);
    this.#presence = new PresenceKeeper(options, awareness, (people) => this.#tellPeople(people));
    this.#view = new EditorView({
      parent: root,
      state: EditorState.create({ doc: text.toString(), extensions: this.#extensions(root) }),
    });
    // Deleted text that comes back is other text to Yjs: only a fresh look finds the threads on it.
    this.#binding.undo.on("stack-item-popped", () => this.#resolve());
    void this.#shared.ready.then(() => {
      if (this.#destroyed) return;
      this.#ready = true;
      this.#bind();
      this.#resolve();
      // Without them one writes as before.
      void this.#addAids().catch(() => undefined);
    });
  }

  setThreads(json: string): void {
    const threads = JSON.parse(json) as LiveThread[];
    this.#shared.suggestions.heard(threads);
    this.#shared.keepThreads(json);
    this.#threads.set(this.#view, threads);
    this.#suggested.set(this.#view, threads);
  }

  setActiveThread(id: string): void {
    activate(this.#view, id);
  }

  scrollToThread(id: string): void {
    scrollToThread(this.#view, id);
  }

  setMode(mode: string): void {
    this.#shared.setMode(MODES[mode] ?? "reading");
    if (this.#ready) this.#bind();
    else this.#updateAccess();
  }

  setSource(source: boolean): void {
    this.#preview.set(this.#view, source);
  }

  showPeople(place: Element): void {
    this.#place = place;
    this.#tellPeople(this.#people);
  }

  focus(): void {
    this.#view.focus();
  }

  goTo(offset: number): void {
    const { to } = this.#view.state.doc.lineAt(Math.min(offset, this.#view.state.doc.length));
    this.#view.dispatch({ selection: { anchor: to }, effects: EditorView.scrollIntoView(to, { y: "start" }) });
    this.#view.focus();
  }

  text(): string {
    return this.#view.state.doc.toString();
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
    this.#bar?.destroy();
    this.#binding.end(this.#view);
    this.#view.destroy();
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
      keymap.of([...markdownKeys, ...searchKeymap, ...defaultKeymap]),
      markdownLanguage(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      EditorView.lineWrapping,
      EditorView.scrollMargins.of(margins),
      search({ top: true }),
      dropCursor(),
      theme,
      this.#preview.extension,
      this.#binding.extension,
      ownCaret(text, awareness),
      othersCarets(text, awareness),
      threadEvents(root, this.#emit),
      this.#threads.extension,
      this.#suggested.extension,
      selectionEvents(text, root, this.#emit),
      this.#firstEdit(),
    ];
  }

  async #addAids(): Promise<void> {
    const { aids } = await import("./aids/index.ts");
    const undoneAlone = () => this.#binding.undo.stopCapturing();
    if (!this.#destroyed) this.#view.dispatch({ effects: this.#aids.reconfigure(aids(undoneAlone, { proposal: this.#proposal, text: this.#shared.text })) });
    // One may want to suggest without a network too.
    await this.#binding.prepare();
  }

  /** What shows people comes when there are some to show. */
  #tellPeople(people: readonly Person[]): void {
    this.#people = people;
    if (this.#bar) this.#bar.show(people);
    else if (this.#place && people.some(({ me }) => !me)) void this.#addBar(this.#place).catch(() => undefined);
  }

  async #addBar(place: Element): Promise<void> {
    const { PeopleBar } = await import("./here/index.ts");
    if (this.#destroyed || this.#bar) return;
    const { text, awareness } = this.#shared;
    this.#bar = new PeopleBar(place, { view: this.#view, text, awareness });
    this.#bar.show(this.#people);
  }

  #resolve(): void {
    this.#threads.resolve(this.#view);
    this.#suggested.resolve(this.#view);
  }

  /** Typing is let through only when it goes where the mode says. */
  #bind(): void {
    const bound = this.#binding.bind(this.#view, this.#shared.mode);
    this.#updateAccess();
    const show = () => {
      this.#updateAccess();
      this.#resolve();
    };
    // What cannot be loaded leaves a text that can be read.
    void bound.then(() => this.#destroyed || show()).catch(() => undefined);
  }

  #firstEdit(): Extension {
    return EditorView.updateListener.of((update) => {
      if (this.#edited || !update.docChanged || this.#shared.mode === "suggesting") return;
      if (update.transactions.some((tr) => tr.annotation(ySyncAnnotation) || tr.annotation(Transaction.remote))) return;
      this.#edited = true;
      this.#emit({ type: "first-edit" });
    });
  }

  #passOn(event: PageEvent): void {
    const refused = event.type === "status" ? this.#shared?.refused === true : this.#refused;
    // The first status comes while the text and the view are being made.
    if (refused !== this.#refused) queueMicrotask(() => this.#destroyed || this.#updateAccess());
    this.#refused = refused;
    this.#emit(event);
  }

  #updateAccess(): void {
    this.#view.dispatch({ effects: this.#access.reconfigure(this.#accessNow()) });
  }

  /** Until the text is here there is nothing to write into; what the server refuses must not grow. */
  #accessNow(): Extension {
    const { mode } = this.#shared;
    const writable = this.#ready && mode !== "reading" && this.#binding.does(mode) && !this.#shared.refused;
    const label = "Text of the proposal, in Markdown";
    return [
      EditorState.readOnly.of(!writable),
      EditorView.editable.of(writable),
      // Not editable is still selectable and reachable by keyboard.
      EditorView.contentAttributes.of({
        "aria-label": mode === "suggesting" ? `${label}. What you type is suggested.` : label,
        "aria-busy": String(!this.#ready || !this.#binding.does(mode)),
        spellcheck: "true",
        autocapitalize: "sentences",
        tabindex: "0",
      }),
      writable ? placeholder(INVITATIONS[mode]) : [],
    ];
  }
}

/** The page's nonce for style elements. A module has no `currentScript`; the property holds what the attribute hides. */
function nonce(): Extension {
  const value = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  return value ? EditorView.cspNonce.of(value) : [];
}
