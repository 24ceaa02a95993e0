/** Takes pictures to the server and puts them into the text. */
import { isolateHistory } from "@codemirror/commands";
import { Facet, type StateEffect } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";

import { NotTaken, send } from "./send-picture.ts";
import { begun, ended, laidInto, uploads, went, wordsOf, type Stage } from "./uploads.ts";

/** What makes the next change one that is undone by itself. */
export const aloneInUndo = Facet.define<() => void, () => void>({ combine: ([alone = () => undefined]) => alone });

const SENDING: Stage = { kind: "sending", share: 0 };
const ENDED = "Writing in this text has ended meanwhile: the picture is not in it. Try again if you may write in it once more.";

class Uploader {
  readonly #view: EditorView;
  readonly #files = new Map<number, { file: File; stop: AbortController }>();
  #last = 0;

  constructor(view: EditorView) {
    this.#view = view;
  }

  /** Brings files to a place in the text. */
  bring(files: readonly File[], at: number): void {
    const arrived = files.map((file) => ({ id: ++this.#last, at, name: file.name, stage: SENDING }));
    const names = files.map(({ name }) => name).join(", ");
    this.#say(`Uploading ${names}`, ...arrived.map((upload) => begun.of(upload)));
    arrived.forEach(({ id }, index) => {
      this.#files.set(id, { file: files[index]!, stop: new AbortController() });
      void this.#send(id);
    });
  }

  /** Tries one again. */
  again(id: number): void {
    this.#view.dispatch({ effects: went.of({ id, stage: SENDING }) });
    void this.#send(id);
  }

  /** Gives one up. */
  drop(id: number): void {
    this.#files.get(id)?.stop.abort();
    this.#files.delete(id);
    this.#view.dispatch({ effects: ended.of(id) });
  }

  destroy(): void {
    for (const { stop } of this.#files.values()) stop.abort();
    this.#files.clear();
  }

  async #send(id: number): Promise<void> {
    const { file, stop } = this.#files.get(id)!;
    try {
      const address = await send(file, (share) => this.#tell(id, { kind: "sending", share }), stop.signal);
      if (this.#files.has(id)) this.#insert(id, file.name, address);
    } catch (error) {
      const { message, again } = error instanceof NotTaken ? error : new NotTaken(String(error), true);
      this.#tell(id, { kind: "failed", why: message, again });
    }
  }

  #insert(id: number, name: string, address: string): void {
    const { state } = this.#view;
    const upload = state.field(uploads).find((one) => one.id === id);
    if (!upload) return;
    if (state.readOnly) return this.#tell(id, { kind: "failed", why: ENDED, again: true });
    this.#files.delete(id);
    const insert = laidInto(state, upload.at, `![${wordsOf(name)}](${address})`);
    const { main } = state.selection;
    const waits = main.empty && main.head === upload.at;
    const undoneAlone = state.facet(aloneInUndo);
    undoneAlone();
    this.#view.dispatch({
      changes: { from: upload.at, insert },
      // Whoever has waited there writes on behind it.
      ...(waits ? { selection: { anchor: upload.at + insert.length } } : {}),
      effects: [ended.of(id), EditorView.announce.of(`${name} is in the text`)],
      // The same for suggestions, which have an undo of their own.
      annotations: isolateHistory.of("full"),
      userEvent: "input.paste",
    });
    undoneAlone();
  }

  /** Shows how far one is; only what went wrong is also read aloud. */
  #tell(id: number, stage: Stage): void {
    const file = this.#files.get(id)?.file;
    if (!file) return;
    if (stage.kind === "failed") this.#say(`${file.name}: ${stage.why}`, went.of({ id, stage }));
    else this.#view.dispatch({ effects: went.of({ id, stage }) });
  }

  #say(words: string, ...effects: StateEffect<unknown>[]): void {
    this.#view.dispatch({ effects: [...effects, EditorView.announce.of(words)] });
  }
}

/** What takes them there. */
export const uploader = ViewPlugin.fromClass(Uploader);
