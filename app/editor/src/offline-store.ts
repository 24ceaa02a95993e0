/**
 * The copies in IndexedDB, one database per account so that signing out can remove them whole. `known` is what the server has; `unsent` is
 * what it has not acknowledged, kept apart so that it can be counted, sent again, or thrown away by the person's choice; `suggestions` the same
 * of what was suggested. Plain storage, without Yjs: the sign-out page loads it alone.
 */
import type { SuggestedEdit } from "./contract.ts";

/** Bytes per update row are small; so many rows are merged into one before the next load gets slow. */
export const COMPACT_AT = 200;

const KNOWN = "known";
const UNSENT = "unsent";
const SUGGESTIONS = "suggestions";
/** 1: `known` and `unsent`; 2: `suggestions` too. */
const VERSION = 2;
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
    };
    const db = await result(request);
    // Another tab signs out: letting go lets it delete.
    db.onversionchange = () => db.close();
    return new OfflineStore(db);
  }

  /** Everything kept of a document. */
  async load(proposal: string): Promise<{ known: Uint8Array[]; unsent: UnsentRow[] }> {
    const tx = this.db.transaction([KNOWN, UNSENT], "readonly");
    const known = result<KnownRow[]>(tx.objectStore(KNOWN).index(BY_PROPOSAL).getAll(proposal));
    const unsent = result<UnsentRow[]>(tx.objectStore(UNSENT).index(BY_PROPOSAL).getAll(proposal));
    return { known: (await known).map((row) => row.update), unsent: await unsent };
  }

  /** Keeps a change of this device. Resolves when it would survive the page. */
  async addUnsent(row: UnsentRow): Promise<void> {
    // "strict" flushes to the disk: this copy may be the only one there is.
    const tx = this.db.transaction(UNSENT, "readwrite", { durability: "strict" });
    tx.objectStore(UNSENT).put(row);
    await done(tx);
  }

  /** Keeps content that came from the server. */
  async addKnown(proposal: string, updates: Uint8Array[]): Promise<void> {
    const tx = this.db.transaction(KNOWN, "readwrite");
    for (const update of updates) tx.objectStore(KNOWN).add({ proposal, update } satisfies KnownRow);
    await done(tx);
  }

  /** These changes are on the server: from now on they are known. */
  async committed(proposal: string, ids: string[]): Promise<void> {
    const tx = this.db.transaction([KNOWN, UNSENT], "readwrite");
    const unsent = tx.objectStore(UNSENT);
    for (const id of ids) {
      const key = [proposal, id];
      const request: IDBRequest<UnsentRow | undefined> = unsent.get(key);
      request.onsuccess = () => {
        if (!request.result) return;
        tx.objectStore(KNOWN).add({ proposal, update: request.result.update } satisfies KnownRow);
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
