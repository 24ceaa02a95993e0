/** The document of one proposal on this device: Yjs, its local copy, its line to the server, and the status that follows from them. */
import { toBase64 } from "lib0/buffer";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import { Connection } from "./connection.ts";
import type { EditorOptions, Emit } from "./contract.ts";
import { Ledger } from "./ledger.ts";
import { OfflineCopy } from "./offline.ts";
import { statusOf } from "./status.ts";

/** A change unacknowledged for so long is said to be not on the server; normal is a few ms. */
const LATE = 3_000;
/** How often lateness is looked at while something waits, and the copy tidied, in ms. */
const TICK = 1_000;

/** The live text with everything around it. */
export class SharedText {
  readonly doc = new Y.Doc();
  /** The Markdown; the name is part of the protocol. */
  readonly text: Y.Text = this.doc.getText("content");
  readonly awareness = new Awareness(this.doc);
  /** Resolves when there is a text to show: from the local copy, or from the server. */
  readonly ready: Promise<void>;
  readonly #ledger = new Ledger();
  readonly #copy: OfflineCopy;
  readonly #emit: Emit;
  readonly #proposal: string;
  #connection: Connection | null = null;
  #writable: boolean;
  #said = "";
  /** Changes that were found in the copy; an acknowledgement may take one off it while the copy is read again. */
  readonly #found = new Set<string>();
  #isReady: () => void = () => undefined;
  readonly #tick: ReturnType<typeof setInterval>;
  #destroyed = false;

  constructor(options: EditorOptions, emit: Emit) {
    this.#emit = emit;
    this.#writable = options.writable;
    this.#proposal = options.proposal;
    this.#copy = new OfflineCopy(options.account, options.proposal, this.doc, () => this.#ledger.size, this.#look);
    this.ready = new Promise((resolve) => (this.#isReady = resolve));
    this.doc.on("update", this.#changedHere);
    this.#tick = setInterval(this.#look, TICK);
    addEventListener("beforeunload", this.#guard);
    addEventListener("pagehide", this.#leave);
    this.#say();
    void this.#start();
  }

  /** Whether this person may write. */
  get writable(): boolean {
    return this.#writable;
  }

  /** Lets the person write, or not. */
  setWritable(writable: boolean): void {
    if (writable === this.#writable) return;
    this.#writable = writable;
    if (writable) this.#connection?.allowed();
    this.#say();
  }

  /** What the server lacks, as one update in base64: every change that is kept on this device, whichever tab it was made in. */
  async changes(): Promise<string> {
    // What was made here is in the ledger already, or acknowledged.
    this.#addFound((await this.#copy.gather()).filter((id) => !this.#copy.made(id)));
    return toBase64(this.#connection?.lacking() ?? Y.encodeStateAsUpdate(this.doc));
  }

  /** Forgets the unsent changes; the document here, which has them, is of no more use. */
  async discard(): Promise<void> {
    const ids = this.#ledger.ids;
    this.#ledger.clear();
    await this.#copy.discard(ids);
    this.destroy();
  }

  /** Leaves. What is unsent stays in the local copy. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    clearInterval(this.#tick);
    removeEventListener("beforeunload", this.#guard);
    removeEventListener("pagehide", this.#leave);
    this.doc.off("update", this.#changedHere);
    this.#connection?.close();
    void this.#copy.close();
    this.doc.destroy();
  }

  async #start(): Promise<void> {
    const { unsent, found } = await this.#copy.load();
    if (this.#destroyed) return;
    this.#addFound(unsent);
    if (found) this.#isReady();
    this.#connection = new Connection({
      proposal: this.#proposal,
      doc: this.doc,
      awareness: this.awareness,
      ledger: this.#ledger,
      received: (update) => this.#copy.received(update),
      committed: (ids) => this.#copy.committed(ids),
      changed: this.#say,
    });
    this.#say();
  }

  /** Counts changes of the copy as unacknowledged, each once. */
  #addFound(ids: string[]): void {
    for (const id of ids) {
      if (!this.#found.has(id)) this.#ledger.add(id, Date.now());
      this.#found.add(id);
    }
  }

  readonly #changedHere = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.#connection || origin === this.#copy) return;
    const id = this.#copy.keep(update);
    this.#ledger.add(id, Date.now());
    this.#connection?.sendUpdate(id, update);
    this.#say();
  };

  readonly #say = (): void => {
    const line = this.#connection;
    if (line?.synced) this.#isReady();
    const oldest = this.#ledger.oldest;
    const status = statusOf({
      link: line?.link ?? "connecting",
      synced: line?.synced ?? false,
      writable: this.#writable,
      tooLarge: line?.tooLarge ?? false,
      refused: line?.refused ?? null,
      degraded: line?.degraded ?? false,
      pending: this.#ledger.size,
      late: oldest !== null && Date.now() - oldest > LATE,
    });
    const reason = status === "refused" ? { reason: line?.refused ?? ("role" as const) } : {};
    const event = { type: "status" as const, status, pending: this.#ledger.size, kept: this.#kept, ...reason };
    const said = JSON.stringify(event);
    if (said === this.#said) return;
    this.#said = said;
    this.#emit(event);
  };

  /** Never too many: a change may be acknowledged while it is still being written here. */
  get #kept(): number | null {
    return this.#copy.works ? Math.max(0, this.#ledger.size - this.#copy.writing) : null;
  }

  readonly #look = (): void => {
    if (this.#ledger.size > 0 && !this.#destroyed) this.#say();
  };

  readonly #guard = (event: BeforeUnloadEvent): void => {
    if (this.#ledger.size > 0) event.preventDefault();
  };

  readonly #leave = (): void => void this.#copy.flush();
}
