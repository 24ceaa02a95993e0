/** The document of one proposal on this device: Yjs, its local copy, its line to the server, and the status that follows from them. */
import { toBase64 } from "lib0/buffer";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import { Connection } from "./connection.ts";
import type { EditorOptions, Emit, Mode, Status } from "./contract.ts";
import { DraftsCopy } from "./drafts-copy.ts";
import { Keeper } from "./keeper.ts";
import { Ledger } from "./ledger.ts";
import { OfflineCopy } from "./offline.ts";
import { refusalOf, statusOf, type Situation } from "./status.ts";
import { suggest } from "./suggest-request.ts";
import { watchUnkept } from "./unkept.ts";

/** A change unacknowledged for so long is said to be not on the server; normal is a few ms. */
const LATE = 3_000;
/** How often lateness is looked at while something waits, and the copy tidied, in ms. */
const TICK = 1_000;

const REFUSED: ReadonlySet<Status> = new Set(["refused", "too-large"]);

/** The live text with everything around it. */
export class SharedText {
  readonly doc = new Y.Doc();
  /** The Markdown; the name is part of the protocol. */
  readonly text: Y.Text = this.doc.getText("content");
  readonly awareness = new Awareness(this.doc);
  /** Resolves when there is a text to show: from the local copy, or from the server. */
  readonly ready: Promise<void>;
  /** What this person suggests, on its way to the server. */
  readonly suggestions: Keeper;
  readonly #ledger = new Ledger();
  readonly #copy: OfflineCopy;
  readonly #emit: Emit;
  readonly #proposal: string;
  #connection: Connection | null = null;
  #mode: Mode;
  #said = "";
  /** Changes that were found in the copy; an acknowledgement may take one off it while the copy is read again. */
  readonly #found = new Set<string>();
  #isReady: () => void = () => undefined;
  readonly #tick: ReturnType<typeof setInterval>;
  #destroyed = false;
  /** Left by its page, with changes that are nowhere else: it goes once the server has them. */
  #lingers = false;
  readonly #unwatch: () => void;

  constructor(options: EditorOptions, emit: Emit) {
    this.#emit = emit;
    this.#mode = options.mode;
    this.#proposal = options.proposal;
    const { account, proposal, mode, copy: label } = options;
    this.#copy = new OfflineCopy({
      account,
      proposal,
      label,
      mode,
      doc: this.doc,
      unsent: () => this.#ledger.size,
      synced: () => this.#connection?.synced ?? false,
      written: this.#look,
    });
    this.suggestions = new Keeper({
      post: (suggested) => suggest(proposal, suggested),
      copy: new DraftsCopy(account, proposal, () => this.#say(), label !== null),
      isClear: () => this.#ledger.size === 0,
      changed: () => this.#say(),
      random: Math.random,
    });
    this.#unwatch = watchUnkept({
      proposal,
      pending: () => (this.#kept === null ? this.#pending : 0),
      text: this.text,
      suggestions: () => {
        // What was typed last, too.
        this.suggestions.flush();
        return this.suggestions.latest;
      },
    });
    this.ready = new Promise((resolve) => (this.#isReady = resolve));
    this.doc.on("update", this.#changedHere);
    this.#tick = setInterval(this.#look, TICK);
    addEventListener("beforeunload", this.#guard);
    addEventListener("pagehide", this.#leave);
    this.#say();
    void this.#start();
  }

  /** What typing does. */
  get mode(): Mode {
    return this.#mode;
  }

  /** What typing does from now on. */
  setMode(mode: Mode): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#copy.relabel({ mode });
    if (mode === "writing") this.#connection?.allowed();
    this.suggestions.again();
    this.#say();
  }

  /** The page's list of threads: without a network it is shown as it was. */
  keepThreads(threads: string): void {
    this.#copy.relabel({ threads });
  }

  /** Whether the server takes nothing at present, so that nothing more should be typed. */
  get refused(): boolean {
    return REFUSED.has(statusOf({ ...this.#situation, suggestionsRefused: this.suggestions.refused }));
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
    if (this.suggestions.refused !== null) await this.suggestions.discard();
    await this.#copy.discard(ids);
    this.#end();
  }

  /** Leaves. What is unsent stays in the local copy, or, where there is none, in this page until the server has it. */
  destroy(): void {
    if (this.#destroyed || this.#lingers) return;
    this.#lingers = this.#kept === null && this.#pending > 0;
    if (this.#lingers) this.awareness.setLocalState(null);
    else this.#end();
  }

  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#unwatch();
    clearInterval(this.#tick);
    removeEventListener("beforeunload", this.#guard);
    removeEventListener("pagehide", this.#leave);
    this.doc.off("update", this.#changedHere);
    this.#connection?.close();
    void this.#copy.close();
    void this.suggestions.close();
    this.doc.destroy();
  }

  async #start(): Promise<void> {
    // At once: reading what is here takes about as long as reaching the server.
    this.#connection = new Connection({
      proposal: this.#proposal,
      doc: this.doc,
      awareness: this.awareness,
      ledger: this.#ledger,
      received: (update) => {
        this.#copy.received(update);
        this.suggestions.textMoved();
      },
      committed: (ids) => this.#copy.committed(ids),
      changed: this.#say,
    });
    const [{ unsent, found }] = await Promise.all([this.#copy.load(), this.suggestions.load()]);
    if (this.#destroyed) return;
    this.#addFound(unsent);
    if (found) this.#isReady();
    this.#connection.begin();
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
    // Not from within what has told of it.
    if (this.#lingers && this.#pending === 0) queueMicrotask(() => this.#end());
    const now = this.#situation;
    const status = statusOf(now);
    const reason = status === "refused" ? { reason: refusalOf(now) ?? ("role" as const) } : {};
    const event = { type: "status" as const, status, pending: this.#pending, kept: this.#kept, ...reason };
    this.suggestions.poke();
    const said = JSON.stringify(event);
    if (said === this.#said) return;
    this.#said = said;
    this.#emit(event);
  };

  get #situation(): Situation {
    const { oldest, size } = this.#ledger;
    const line = this.#connection;
    return {
      link: line?.link ?? "connecting",
      synced: line?.synced ?? false,
      mode: this.#mode,
      tooLarge: line?.tooLarge ?? false,
      refused: line?.refused ?? null,
      suggestionsRefused: this.suggestions.refused ?? (this.suggestions.unfit ? "role" : null),
      degraded: line?.degraded ?? false,
      edits: size,
      suggestions: this.suggestions.pending,
      late: (oldest !== null && Date.now() - oldest > LATE) || this.suggestions.failing,
    };
  }

  get #pending(): number {
    return this.#ledger.size + this.suggestions.pending;
  }

  /** Never too many: a change may be acknowledged while it is still being written here. */
  get #kept(): number | null {
    const suggestions = this.suggestions.kept;
    return this.#copy.works && suggestions !== null ? Math.max(0, this.#ledger.size - this.#copy.writing) + suggestions : null;
  }

  readonly #look = (): void => {
    if (this.#pending > 0 && !this.#destroyed) this.#say();
  };

  readonly #guard = (event: BeforeUnloadEvent): void => {
    // Offline, and the status line says so, nothing is lost that is on the disk: it opens again without a network.
    const isSafe = this.#connection?.link === "lost" && this.#kept === this.#pending;
    if (this.#pending > 0 && !isSafe) event.preventDefault();
  };

  readonly #leave = (): void => {
    void this.#copy.flush();
    this.suggestions.flush();
  };
}
