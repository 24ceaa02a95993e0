/** One document's copy on this device: loads it, keeps every change of its own at once and the server's in batches. */
import * as Y from "yjs";

import type { CopyLabel, Mode } from "./contract.ts";
import { COMPACT_AT, OfflineStore, type Kept, type Seen, type UnsentRow } from "./offline-store.ts";

/** Content that the server has is written together after so many ms: losing it costs nothing but a download. */
const BATCH = 500;

/** What a copy needs. */
export interface CopyOptions {
  /** Whose. */
  account: string;
  /** Of which proposal. */
  proposal: string;
  /** The document. */
  doc: Y.Doc;
  /** What the copy is called where the copies of this device are listed; none: the team wants none, and only what earlier pages left is looked after. */
  label: CopyLabel | null;
  /** What typing does at first. */
  mode: Mode;
  /** How many changes are without acknowledgement at present. */
  unsent: () => number;
  /** Whether the server's text has arrived, so that with what was received the copy is whole. */
  synced: () => boolean;
  /** Told of each change that has reached the disk, or never will. */
  written?: () => void;
}

/** A document's copy. Where nothing can or may be kept it keeps nothing and says so in `works`. */
export class OfflineCopy {
  /** Whether anything can be kept here. */
  works = true;
  /** How many changes of this page are on their way to the disk: they would not survive it yet. */
  writing = 0;
  #store: OfflineStore | null = null;
  #incoming: Uint8Array[] = [];
  #flush: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  /** When this page last had all that the server has, where that is not written down yet. */
  #synced: number | null = null;
  readonly #seen: Seen = {};
  readonly #options: CopyOptions;
  readonly #account: string;
  readonly #proposal: string;
  readonly #doc: Y.Doc;

  constructor(options: CopyOptions) {
    this.#options = options;
    this.#account = options.account;
    this.#proposal = options.proposal;
    this.#doc = options.doc;
    this.works = options.label !== null;
  }

  /** Whether the team lets this device keep a copy. */
  get #keeps(): boolean {
    return this.#options.label !== null;
  }

  /** Brings the copy into the document (origin: this). Returns the changes without acknowledgement, and whether there was a text to show. */
  async load(): Promise<{ unsent: string[]; found: boolean }> {
    try {
      this.#store = await OfflineStore.open(this.#account);
      const { label, mode } = this.#options;
      if (!label) {
        await this.#store.forget(this.#proposal);
        return this.#bringIn(await this.#store.load(this.#proposal));
      }
      const kept = await this.#store.label(this.#proposal, label, { mode, ...this.#seen });
      kept.written.catch(this.#failed);
      return this.#bringIn(kept);
    } catch {
      this.#failed();
      return { unsent: [], found: false };
    }
  }

  /** Brings in what other tabs have kept since. Returns all changes without acknowledgement; none where nothing can be kept. */
  async gather(): Promise<string[]> {
    try {
      return this.#store ? this.#bringIn(await this.#store.load(this.#proposal)).unsent : [];
    } catch {
      this.#failed();
      return [];
    }
  }

  #bringIn({ label, known, unsent }: Kept): { unsent: string[]; found: boolean } {
    // Pieces are of no use: the server sends the whole.
    const whole = label === null || label.synced === null ? [] : known;
    Y.transact(
      this.#doc,
      () => {
        for (const update of whole) Y.applyUpdate(this.#doc, update, this);
        for (const row of unsent) Y.applyUpdate(this.#doc, row.update, this);
      },
      this,
      false,
    );
    return { unsent: unsent.map((row) => row.id), found: whole.length > 0 };
  }

  /** Begins to keep a change of this device. Returns its name, by which `committed` takes it off again. */
  keep(update: Uint8Array): string {
    this.#last += 1;
    // The Yjs client is drawn anew for every page, so the name is unique among the account's tabs.
    const id = `${this.#doc.clientID}-${this.#last.toString().padStart(9, "0")}`;
    if (this.#store && this.#keeps) void this.#write(this.#store, { proposal: this.#proposal, id, update });
    return id;
  }

  async #write(store: OfflineStore, row: UnsentRow): Promise<void> {
    this.writing += 1;
    // Another page has removed the copy: the change is only in this one for whoever wants to read it. It stays on the disk to be sent.
    await store.addUnsent(row).then((isKept) => (this.works &&= isKept), this.#failed);
    this.writing -= 1;
    this.#options.written?.();
  }

  /** Whether a change of that name was made in this page. */
  made(id: string): boolean {
    return id.startsWith(`${this.#doc.clientID}-`);
  }

  /** Keeps content that the server has. */
  received(update: Uint8Array): void {
    if (!this.#store || !this.#keeps) return;
    // Now: by the time it is written, the line may be lost.
    if (this.#options.synced()) this.#synced = Date.now();
    this.#incoming.push(update);
    this.#flush ??= setTimeout(() => void this.flush(), BATCH);
  }

  /** The server has these changes on disk. */
  committed(ids: string[]): void {
    if (ids.length > 0) this.#store?.committed(this.#proposal, ids).catch(this.#failed);
  }

  /** What is known of the proposal changed: what typing does, or the passages of its threads. */
  relabel(change: Seen): void {
    // It may come before the storage is open.
    Object.assign(this.#seen, change);
    this.#store?.relabel(this.#proposal, change).catch(this.#failed);
  }

  /** Writes what waits, and merges rows when there are many. */
  async flush(): Promise<void> {
    clearTimeout(this.#flush);
    this.#flush = undefined;
    const updates = this.#incoming.splice(0);
    if (!this.#store) return;
    try {
      if (!this.#keeps) {
        // What an earlier page left may be on the server by now.
        if (this.#options.unsent() === 0) await this.#store.forget(this.#proposal);
        return;
      }
      const synced = this.#options.synced() ? Date.now() : this.#synced;
      this.#synced = null;
      if (updates.length > 0 || synced !== null) await this.#store.addKnown(this.#proposal, updates, synced);
      if (!this.#store || (await this.#store.knownRows(this.#proposal)) < COMPACT_AT) return;
      // The whole state may stand for "known" only while nothing of it is unsent; it also drops what Yjs has garbage-collected.
      if (this.#options.unsent() === 0) await this.#store.compact(this.#proposal, Y.encodeStateAsUpdate(this.#doc));
    } catch {
      this.#failed();
    }
  }

  /** Forgets these changes; the person has taken them elsewhere, or does not want them. */
  async discard(ids: string[]): Promise<void> {
    await this.#store?.discard(this.#proposal, ids);
  }

  /** Lets go of the storage after writing what waits. */
  async close(): Promise<void> {
    await this.flush();
    this.#store?.close();
    this.#store = null;
  }

  /** Full, forbidden, or wiped by another tab: go on without, and let the status say that changes are only in this page. */
  readonly #failed = (): void => {
    this.works = false;
    this.#store = null;
  };
}
