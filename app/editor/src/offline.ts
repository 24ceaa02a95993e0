/** One document's copy on this device: loads it, keeps every change of its own at once and the server's in batches. */
import * as Y from "yjs";

import { COMPACT_AT, OfflineStore, type UnsentRow } from "./offline-store.ts";

/** Content that the server has is written together after so many ms: losing it costs nothing but a download. */
const BATCH = 500;

/** A document's copy. Where the browser allows no storage it keeps nothing and says so in `works`. */
export class OfflineCopy {
  /** Whether anything can be kept here. */
  works = true;
  /** How many changes of this page are on their way to the disk: they would not survive it yet. */
  writing = 0;
  #store: OfflineStore | null = null;
  #incoming: Uint8Array[] = [];
  #flush: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  readonly #account: string;
  readonly #proposal: string;
  readonly #doc: Y.Doc;
  readonly #unsent: () => number;
  readonly #written: () => void;

  /** `unsent` says how many changes are without acknowledgement at present; `written` is told of each that has reached the disk, or never will. */
  constructor(account: string, proposal: string, doc: Y.Doc, unsent: () => number, written: () => void = () => undefined) {
    this.#account = account;
    this.#proposal = proposal;
    this.#doc = doc;
    this.#unsent = unsent;
    this.#written = written;
  }

  /** Brings the copy into the document (origin: this). Returns the changes without acknowledgement, and whether there was a copy at all. */
  async load(): Promise<{ unsent: string[]; found: boolean }> {
    try {
      this.#store = await OfflineStore.open(this.#account);
      return await this.#bringIn(this.#store);
    } catch {
      this.#failed();
      return { unsent: [], found: false };
    }
  }

  /** Brings in what other tabs have kept since. Returns all changes without acknowledgement; none where nothing can be kept. */
  async gather(): Promise<string[]> {
    try {
      return this.#store ? (await this.#bringIn(this.#store)).unsent : [];
    } catch {
      this.#failed();
      return [];
    }
  }

  async #bringIn(store: OfflineStore): Promise<{ unsent: string[]; found: boolean }> {
    const { known, unsent } = await store.load(this.#proposal);
    Y.transact(
      this.#doc,
      () => {
        for (const update of known) Y.applyUpdate(this.#doc, update, this);
        for (const row of unsent) Y.applyUpdate(this.#doc, row.update, this);
      },
      this,
      false,
    );
    return { unsent: unsent.map((row) => row.id), found: known.length + unsent.length > 0 };
  }

  /** Begins to keep a change of this device. Returns its name, by which `committed` takes it off again. */
  keep(update: Uint8Array): string {
    this.#last += 1;
    // The Yjs client is drawn anew for every page, so the name is unique among the account's tabs.
    const id = `${this.#doc.clientID}-${this.#last.toString().padStart(9, "0")}`;
    if (this.#store) void this.#write(this.#store, { proposal: this.#proposal, id, update });
    return id;
  }

  async #write(store: OfflineStore, row: UnsentRow): Promise<void> {
    this.writing += 1;
    await store.addUnsent(row).catch(this.#failed);
    this.writing -= 1;
    this.#written();
  }

  /** Whether a change of that name was made in this page. */
  made(id: string): boolean {
    return id.startsWith(`${this.#doc.clientID}-`);
  }

  /** Keeps content that the server has. */
  received(update: Uint8Array): void {
    if (!this.#store) return;
    this.#incoming.push(update);
    this.#flush ??= setTimeout(() => void this.flush(), BATCH);
  }

  /** The server has these changes on disk. */
  committed(ids: string[]): void {
    if (ids.length > 0) this.#store?.committed(this.#proposal, ids).catch(this.#failed);
  }

  /** Writes what waits, and merges rows when there are many. */
  async flush(): Promise<void> {
    clearTimeout(this.#flush);
    this.#flush = undefined;
    const updates = this.#incoming.splice(0);
    try {
      if (updates.length > 0) await this.#store?.addKnown(this.#proposal, updates);
      if (!this.#store || (await this.#store.knownRows(this.#proposal)) < COMPACT_AT) return;
      // The whole state may stand for "known" only while nothing of it is unsent; it also drops what Yjs has garbage-collected.
      if (this.#unsent() === 0) await this.#store.compact(this.#proposal, Y.encodeStateAsUpdate(this.#doc));
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
