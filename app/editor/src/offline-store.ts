/**
 * The copies in IndexedDB, one database per account so that signing out can remove them whole. `known` is what the server has; `unsent` is
 * what it has not acknowledged, kept apart so that it can be counted, sent again, or thrown away by the person's choice; `suggestions` the same
 * of what was suggested. `labels` say what a copy is of; without one nothing that the server has is kept, so that a copy that was removed does
 * not come back in pieces. Plain storage, without Yjs: the sign-out page loads it alone.
 */
import type { CopyLabel, Mode, SuggestedEdit } from "./contract.ts";

/** Bytes per update row are small; so many rows are merged into one before the next load gets slow. */
export const COMPACT_AT = 200;

const KNOWN = "known";
const UNSENT = "unsent";
const SUGGESTIONS = "suggestions";
const LABELS = "labels";
/** 1: `known` and `unsent`; 2: `suggestions` too; 3: `labels`. */
const VERSION = 3;
const BY_PROPOSAL = "proposal";

interface KnownRow {
  proposal: string;
  update: Uint8Array;
}

/** A change without acknowledgement. */
export interface UnsentRow {
  /** Whose document. */
  proposal: string;
  /** Its name, unique in the account. */
  id: string;
  /** The Yjs update. */
  update: Uint8Array;
}

/** A suggestion without acknowledgement. */
export interface SuggestionRow {
  /** Of whose text. */
  proposal: string;
  /** Its id. */
  id: string;
  /** Its changes; none: it is withdrawn. */
  edits: SuggestedEdit[];
}

/** What a copy is of, and how its proposal was when it was last seen on the server. */
export interface LabelRow extends CopyLabel {
  /** Of which document. */
  proposal: string;
  /** What typing did. */
  mode: Mode;
  /** The passages of its threads as `EditorHandle.setThreads` takes them. */
  threads: string;
  /** When it last had all that the server had, in ms; 0: nobody knows; none: never yet, so that what there is of it is no whole text. */
  synced: number | null;
}

/** Everything kept of a document. */
export interface Kept {
  /** What the copy is of. */
  label: LabelRow | null;
  /** What the server has. */
  known: Uint8Array[];
  /** What it has not acknowledged. */
  unsent: UnsentRow[];
}

/** What a page learns of a proposal while it is open. */
export type Seen = Partial<Pick<LabelRow, "mode" | "threads">>;

/** The copies of one account. */
export class OfflineStore {
  private constructor(private readonly db: IDBDatabase) {}

  /** Opens (and first makes) an account's copies. Rejects where the browser allows no storage. */
  static async open(account: string): Promise<OfflineStore> {
    const request = indexedDB.open(databaseName(account), VERSION);
    request.onupgradeneeded = ({ oldVersion }) => {
      const db = request.result;
      if (oldVersion < 1) {
        db.createObjectStore(KNOWN, { autoIncrement: true }).createIndex(BY_PROPOSAL, "proposal");
        db.createObjectStore(UNSENT, { keyPath: ["proposal", "id"] }).createIndex(BY_PROPOSAL, "proposal");
      }
      if (oldVersion < 2) db.createObjectStore(SUGGESTIONS, { keyPath: ["proposal", "id"] }).createIndex(BY_PROPOSAL, "proposal");
      if (oldVersion < 3) db.createObjectStore(LABELS, { keyPath: "proposal" });
    };
    const db = await result(request);
    // Another tab signs out: letting go lets it delete.
    db.onversionchange = () => db.close();
    return new OfflineStore(db);
  }

  /** Everything kept of a document. */
  async load(proposal: string): Promise<Kept> {
    const tx = this.db.transaction([KNOWN, UNSENT, LABELS], "readonly");
    const label = result<LabelRow | undefined>(tx.objectStore(LABELS).get(proposal));
    return { ...(await rowsOf(tx, proposal)), label: (await label) ?? null };
  }

  /** What the copies are of. */
  async labels(): Promise<LabelRow[]> {
    return result<LabelRow[]>(this.db.transaction(LABELS, "readonly").objectStore(LABELS).getAll());
  }

  /**
   * Labels a copy, one that is labelled already anew; from then on it is kept. Answers everything kept of it: both in one go, because a page that
   * is being opened is slow to hear each answer. `seen`: what is known of the proposal by now; `written` ends with the label on the disk.
   */
  async label(proposal: string, label: CopyLabel, seen: Seen & Pick<LabelRow, "mode">): Promise<Kept & { written: Promise<void> }> {
    // By name: what else comes along, as with the row of a label, is of another moment.
    const { team, teamName, design, number, title } = label;
    const row = { proposal, team, teamName, design, number, title, ...seen };
    const tx = this.db.transaction([KNOWN, UNSENT, LABELS], "readwrite");
    const written = done(tx);
    // Refused rows say it too, and then nobody is given this.
    written.catch(() => undefined);
    const count = tx.objectStore(KNOWN).index(BY_PROPOSAL).count(proposal);
    const labelled = new Promise<LabelRow>((resolve) => {
      changeLabel(tx, proposal, (before) => {
        // Without a label, only copies of before there were labels have anything: they are whole, nobody knows since when.
        const after = { threads: "[]", synced: count.result > 0 ? 0 : null, ...before, ...row };
        resolve(after);
        return after;
      });
    });
    // A transaction that fails gives no label, but refuses the rows.
    const rows = await rowsOf(tx, proposal);
    return { ...rows, label: await labelled, written };
  }

  /** Changes the label of a copy, where there is one. */
  async relabel(proposal: string, change: Partial<Omit<LabelRow, "proposal">>): Promise<void> {
    const tx = this.db.transaction(LABELS, "readwrite");
    changeLabel(tx, proposal, (before) => before && { ...before, ...change });
    await done(tx);
  }

  /**
   * Keeps a change of this device. Resolves when it would survive the page; answers whether the copy is kept: without what it was made in, a
   * change can be sent, but not read.
   */
  async addUnsent(row: UnsentRow): Promise<boolean> {
    // "strict" flushes to the disk: this copy may be the only one there is.
    const tx = this.db.transaction([UNSENT, LABELS], "readwrite", { durability: "strict" });
    tx.objectStore(UNSENT).put(row);
    const label = tx.objectStore(LABELS).getKey(row.proposal);
    await done(tx);
    return label.result !== undefined;
  }

  /** Keeps content that came from the server, where the copy is kept; `synced`: with it the copy has all that the server has. */
  async addKnown(proposal: string, updates: Uint8Array[], synced: number | null): Promise<void> {
    const tx = this.db.transaction([KNOWN, LABELS], "readwrite");
    changeLabel(tx, proposal, (label) => {
      if (!label) return undefined;
      for (const update of updates) tx.objectStore(KNOWN).add({ proposal, update } satisfies KnownRow);
      return synced === null ? undefined : { ...label, synced };
    });
    await done(tx);
  }

  /** These changes are on the server: from now on they are known, where the copy is kept. */
  async committed(proposal: string, ids: string[]): Promise<void> {
    const tx = this.db.transaction([KNOWN, UNSENT, LABELS], "readwrite");
    const unsent = tx.objectStore(UNSENT);
    let kept = false;
    const label = tx.objectStore(LABELS).getKey(proposal);
    label.onsuccess = () => (kept = label.result !== undefined);
    for (const id of ids) {
      const key = [proposal, id];
      const request: IDBRequest<UnsentRow | undefined> = unsent.get(key);
      request.onsuccess = () => {
        if (!request.result) return;
        if (kept) tx.objectStore(KNOWN).add({ proposal, update: request.result.update } satisfies KnownRow);
        unsent.delete(key);
      };
    }
    await done(tx);
  }

  /** How many rows of known content a document has. */
  async knownRows(proposal: string): Promise<number> {
    const tx = this.db.transaction(KNOWN, "readonly");
    return result(tx.objectStore(KNOWN).index(BY_PROPOSAL).count(proposal));
  }

  /** Replaces all known content by one update that holds it. */
  async compact(proposal: string, merged: Uint8Array): Promise<void> {
    const tx = this.db.transaction(KNOWN, "readwrite");
    deleteOf(tx, KNOWN, proposal, () => tx.objectStore(KNOWN).add({ proposal, update: merged } satisfies KnownRow));
    await done(tx);
  }

  /** Removes the copy of a document, unless it has changes or suggestions that no server has acknowledged. Answers whether it is gone. */
  async forget(proposal: string): Promise<boolean> {
    const tx = this.db.transaction([KNOWN, UNSENT, SUGGESTIONS, LABELS], "readwrite");
    let gone = false;
    const [unsent, suggestions] = [UNSENT, SUGGESTIONS].map((name) => tx.objectStore(name).index(BY_PROPOSAL).count(proposal));
    // Requests of a transaction are answered in order: with the second, both are known.
    suggestions!.onsuccess = () => {
      gone = unsent!.result + suggestions!.result === 0;
      if (gone) deleteOf(tx, KNOWN, proposal, () => tx.objectStore(LABELS).delete(proposal));
    };
    await done(tx);
    return gone;
  }

  /** How large the copy of a document is, in bytes, and how many changes and suggestions of it no server has acknowledged. */
  async measure(proposal: string): Promise<{ bytes: number; unsent: number }> {
    const tx = this.db.transaction([KNOWN, UNSENT, SUGGESTIONS], "readonly");
    const of = <Row>(name: string) => result<Row[]>(tx.objectStore(name).index(BY_PROPOSAL).getAll(proposal));
    const [known, unsent, suggestions] = await Promise.all([of<KnownRow>(KNOWN), of<UnsentRow>(UNSENT), of<SuggestionRow>(SUGGESTIONS)]);
    const bytes = [...known, ...unsent].reduce((sum, { update }) => sum + update.byteLength, 0);
    return { bytes: bytes + JSON.stringify(suggestions).length - "[]".length, unsent: unsent.length + suggestions.length };
  }

  /** Forgets unsent changes. Not by document: another tab may have kept some since. */
  async discard(proposal: string, ids: string[]): Promise<void> {
    const tx = this.db.transaction(UNSENT, "readwrite", { durability: "strict" });
    for (const id of ids) tx.objectStore(UNSENT).delete([proposal, id]);
    await done(tx);
  }

  /** The suggestions kept of a document. */
  async loadSuggestions(proposal: string): Promise<SuggestionRow[]> {
    return result(this.db.transaction(SUGGESTIONS, "readonly").objectStore(SUGGESTIONS).index(BY_PROPOSAL).getAll(proposal));
  }

  /** Keeps a suggestion as it is now. Resolves when it would survive the page. */
  async putSuggestion(row: SuggestionRow): Promise<void> {
    const tx = this.db.transaction(SUGGESTIONS, "readwrite", { durability: "strict" });
    tx.objectStore(SUGGESTIONS).put(row);
    await done(tx);
  }

  /** Forgets suggestions: the server has them. */
  async removeSuggestions(proposal: string, ids: string[]): Promise<void> {
    const tx = this.db.transaction(SUGGESTIONS, "readwrite");
    for (const id of ids) tx.objectStore(SUGGESTIONS).delete([proposal, id]);
    await done(tx);
  }

  /** How many changes and suggestions of the account no server has acknowledged. */
  async countUnsent(): Promise<number> {
    const tx = this.db.transaction([UNSENT, SUGGESTIONS], "readonly");
    const counts = await Promise.all([UNSENT, SUGGESTIONS].map((name) => result(tx.objectStore(name).count())));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The documents of the account with changes or suggestions that no server has acknowledged. */
  async unsentProposals(): Promise<string[]> {
    const tx = this.db.transaction([UNSENT, SUGGESTIONS], "readonly");
    const keys = await Promise.all([UNSENT, SUGGESTIONS].map((name) => result(tx.objectStore(name).getAllKeys())));
    return [...new Set(keys.flat().map((key) => String((key as IDBValidKey[])[0])))];
  }

  /** Closes the database; what was begun is finished. */
  close(): void {
    this.db.close();
  }
}

/** How many changes of an account are only on this device. Zero where there is no storage. */
export async function unsent(account: string): Promise<number> {
  try {
    const store = await OfflineStore.open(account);
    const count = await store.countUnsent();
    store.close();
    return count;
  } catch {
    return 0;
  }
}

/** Removes an account's copies from this device, unsent changes included. Ask `unsent` first. */
export async function wipe(account: string): Promise<void> {
  await result(indexedDB.deleteDatabase(databaseName(account)));
}

function databaseName(account: string): string {
  return `quorum ${account}`;
}

async function rowsOf(tx: IDBTransaction, proposal: string): Promise<Pick<Kept, "known" | "unsent">> {
  const known = result<KnownRow[]>(tx.objectStore(KNOWN).index(BY_PROPOSAL).getAll(proposal));
  const unsent = result<UnsentRow[]>(tx.objectStore(UNSENT).index(BY_PROPOSAL).getAll(proposal));
  return { known: (await known).map((row) => row.update), unsent: await unsent };
}

/** Puts what `change` makes of a label, or of there being none; nothing: it stays as it is. */
function changeLabel(tx: IDBTransaction, proposal: string, change: (before: LabelRow | undefined) => LabelRow | undefined): void {
  const labels = tx.objectStore(LABELS);
  const request: IDBRequest<LabelRow | undefined> = labels.get(proposal);
  request.onsuccess = () => {
    const after = change(request.result);
    if (after) labels.put(after);
  };
}

/** Deletes what is there now, then does the rest: a row added earlier would be among what is deleted. */
function deleteOf(tx: IDBTransaction, store: string, proposal: string, then: () => void): void {
  const request = tx.objectStore(store).index(BY_PROPOSAL).getAllKeys(proposal);
  request.onsuccess = () => {
    for (const key of request.result) tx.objectStore(store).delete(key);
    then();
  };
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused"));
  });
}

function done(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = tx.onerror = () => reject(tx.error ?? new Error("IndexedDB refused"));
  });
}
