/** The suggestions of one proposal that no server has acknowledged, on this device. */
import { OfflineStore } from "./offline-store.ts";
import type { Suggestion } from "./suggest-request.ts";

/** Their copy. Where nothing can or may be kept it keeps nothing and says so in `works`. */
export class DraftsCopy {
  /** Whether anything can be kept here. */
  works: boolean;
  /** How many are on their way to the disk: they would not survive the page yet. */
  writing = 0;
  readonly #store: Promise<OfflineStore | null>;
  readonly #proposal: string;
  readonly #written: () => void;
  readonly #keeps: boolean;

  /** `written` is told of each that has reached the disk, or never will; `keeps`: the team lets this device keep any. */
  constructor(account: string, proposal: string, written: () => void = () => undefined, keeps = true) {
    this.#proposal = proposal;
    this.#keeps = this.works = keeps;
    this.#written = written;
    this.#store = OfflineStore.open(account).catch(this.#failed);
  }

  /** Everything kept. */
  async load(): Promise<Suggestion[]> {
    const store = await this.#store;
    const rows = await store?.loadSuggestions(this.#proposal).catch(this.#failed);
    return (rows ?? []).map(({ id, edits }) => ({ thread: id, edits }));
  }

  /** Keeps one as it is now. */
  async put({ thread, edits }: Suggestion): Promise<void> {
    if (!this.#keeps) return;
    this.writing += 1;
    const store = await this.#store;
    await store?.putSuggestion({ proposal: this.#proposal, id: thread, edits }).catch(this.#failed);
    this.writing -= 1;
    this.#written();
  }

  /** The server has these, or nobody wants them any more. */
  async remove(ids: string[]): Promise<void> {
    const store = await this.#store;
    await store?.removeSuggestions(this.#proposal, ids).catch(this.#failed);
  }

  /** Lets go of the storage; what was begun is finished. */
  async close(): Promise<void> {
    (await this.#store)?.close();
  }

  /** Full, forbidden, or wiped by another tab: go on without. */
  readonly #failed = (): null => {
    this.works = false;
    return null;
  };
}
