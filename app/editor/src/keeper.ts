/**
 * Sees to it that what a person suggests reaches the server, and meanwhile this device's disk. It outlives the mode: suggestions of an earlier
 * visit, or made offline, go out while one writes or reads.
 */
import { backoff } from "./backoff.ts";
import type { LiveThread, Refusal, SuggestedEdit } from "./contract.ts";
import type { DraftsCopy } from "./drafts-copy.ts";
import { Refused, type Answer, type Suggestion } from "./suggest-request.ts";
import { SuggestionLedger } from "./suggestion-ledger.ts";

/** The device's copy may lag so far behind, in ms: less than it takes to close a tab, more than between two keys. */
const WRITE = 100;
/** Typing has rested for so long when it is sent, in ms: who reads along sees words, not letters. */
const REST = 500;

/** Where suggestions are typed; told what becomes of them. */
export interface DraftSource {
  /** All of them, as they are now. */
  collect(): Suggestion[];
  /** These are leaving as they were last collected: they may be accepted from now on. */
  sent(ids: ReadonlySet<string>): void;
  /** These were accepted or rejected meanwhile. */
  decided(ids: ReadonlySet<string>): void;
}

/** What a keeper needs. */
export interface KeeperOptions {
  /** Brings suggestions to the server; an answer each. Throws `Refused` where it is of no use to try again. */
  post: (suggested: Suggestion[]) => Promise<Answer[]>;
  /** The device's copy. */
  copy: DraftsCopy;
  /** Whether the server has everything else that was written here: a suggestion may be about it. */
  isClear: () => boolean;
  /** Something that the status depends on changed. */
  changed: () => void;
  /** In [0, 1). */
  random: () => number;
}

/** The keeper of one document's suggestions. */
export class Keeper {
  /** Why the server takes none; final until `again`. */
  refused: Refusal | null = null;
  readonly #options: KeeperOptions;
  readonly #ledger: SuggestionLedger;
  #source: DraftSource | null = null;
  /** What the source had when last asked. */
  #drawn = new Set<string>();
  #dirty = false;
  #write: ReturnType<typeof setTimeout> | undefined;
  #next: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  #attempt = 0;
  /** One of several was not taken: they go one by one until it is found. */
  #oneByOne = false;
  #closed = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#ledger = new SuggestionLedger(options.copy);
    addEventListener("online", this.#online);
  }

  /** Brings in what an earlier visit left. */
  async load(): Promise<void> {
    for (const suggestion of await this.#options.copy.load()) this.#ledger.found(suggestion);
    this.#planIfNeeded(0);
    this.#options.changed();
  }

  /** Suggestions are typed here from now on. */
  attach(source: DraftSource): void {
    this.#source = source;
    this.#drawn = new Set();
  }

  /** No longer; what is there now is what is suggested. */
  detach(): void {
    this.#collect();
    this.#source = null;
  }

  /** Something was typed. */
  typed(): void {
    if (!this.#source || this.#closed) return;
    this.#dirty = true;
    if (this.#attempt === 0) this.#plan(REST);
    this.look();
    this.#options.changed();
  }

  /** The same is suggested, but its places may be written in another way. */
  look(): void {
    if (this.#source && !this.#closed) this.#write ??= setTimeout(() => this.#collect(), WRITE);
  }

  /** The source has taken up a suggestion that the server has; `same`: as it is there. */
  adopted(suggestion: Suggestion, same: boolean): void {
    this.#drawn.add(suggestion.thread);
    this.#ledger.has(suggestion, same);
  }

  /** The shared text has changed. */
  textMoved(): void {
    if (this.#ledger.release("outdated")) this.#planIfNeeded(REST);
  }

  /** Whatever stood in the way may be gone. */
  poke(): void {
    if (this.refused === null && this.#options.isClear()) this.#planIfNeeded(0);
  }

  /** The person's rights or the document's state may be others now. */
  again(): void {
    this.refused = null;
    this.#attempt = 0;
    this.#ledger.release("unfit");
    this.poke();
  }

  /** The page's list came. */
  heard(threads: readonly LiveThread[]): void {
    this.#ledger.heard(threads);
    this.#options.changed();
  }

  /** What this device knows better than the page's list; no edits: withdrawn, or decided. */
  get latest(): ReadonlyMap<string, SuggestedEdit[]> {
    return this.#ledger.latest;
  }

  /** How many suggestions the server has not acknowledged. */
  get pending(): number {
    return Math.max(this.#ledger.size, Number(this.#dirty));
  }

  /** How many of them would survive the page; none: nothing can be kept. */
  get kept(): number | null {
    const { copy } = this.#options;
    return copy.works ? Math.max(0, this.pending - copy.writing - Number(this.#dirty)) : null;
  }

  /** Whether some are of a kind that the server does not take: too long, for one. Typing helps. */
  get unfit(): boolean {
    return this.#ledger.unfit;
  }

  /** Whether the server cannot take them at present, though it may be reached. */
  get failing(): boolean {
    return this.refused !== null || this.#attempt > 0 || this.#ledger.outdated || this.unfit;
  }

  /** Begins to keep what was typed last: the page may be about to end. */
  flush(): void {
    if (this.#dirty) this.#collect();
  }

  /** Forgets what waits: the person threw it away. */
  async discard(): Promise<void> {
    this.#source = null;
    this.#dirty = false;
    await this.#ledger.clear();
  }

  /** Leaves. What waits is sent once more, and else stays in the copy. */
  async close(): Promise<void> {
    this.detach();
    this.#closed = true;
    clearTimeout(this.#next);
    clearTimeout(this.#write);
    removeEventListener("online", this.#online);
    await this.#sending;
    await this.#send();
    await this.#options.copy.close();
  }

  #collect(): void {
    clearTimeout(this.#write);
    this.#write = undefined;
    this.#dirty = false;
    if (!this.#source) return;
    const busy = this.#sending !== null;
    const now = this.#source.collect();
    const ids = new Set(now.map(({ thread }) => thread));
    for (const suggestion of now) this.#ledger.want(suggestion, busy);
    for (const thread of this.#drawn) if (!ids.has(thread)) this.#ledger.want({ thread, edits: [] }, busy);
    this.#drawn = ids;
    this.#planIfNeeded(REST);
    this.#options.changed();
  }

  #plan(wait: number): void {
    clearTimeout(this.#next);
    if (this.#closed) return;
    this.#next = setTimeout(() => {
      this.#next = undefined;
      void this.#send();
    }, wait);
  }

  /** A request that is under way plans the next itself. */
  #planIfNeeded(wait: number): void {
    if (this.#next === undefined && this.#sending === null && this.#ledger.batch().length > 0) this.#plan(wait);
  }

  /** One request at a time; what comes meanwhile goes with the next. */
  async #send(): Promise<void> {
    this.flush();
    if (this.#ledger.hasFound && this.#options.copy.works) await this.#lookAgain();
    const batch = this.#ledger.batch(this.#oneByOne ? 1 : undefined);
    if (this.#sending || this.refused !== null || batch.length === 0 || !this.#options.isClear()) return;
    this.#ledger.sent(batch);
    this.#source?.sent(new Set(batch.map(({ thread }) => thread)));
    this.#sending = this.#post(batch);
    await this.#sending;
    this.#sending = null;
    if (this.#attempt > 0) this.#plan(backoff(this.#attempt, this.#options.random()));
    else if (this.refused === null) this.#planIfNeeded(this.#oneByOne ? 0 : REST);
    this.#options.changed();
  }

  /** An older state of another tab's must not overtake a newer one. */
  async #lookAgain(): Promise<void> {
    const kept = await this.#options.copy.load();
    if (this.#options.copy.works) this.#ledger.foundAgain(kept);
    this.#options.changed();
  }

  async #post(batch: Suggestion[]): Promise<void> {
    try {
      const answers = await this.#options.post(batch);
      this.#attempt = 0;
      batch.forEach((suggestion, n) => this.#ledger.answered(suggestion, answers[n]!));
      const decided = batch.filter((_, n) => answers[n] === "decided").map(({ thread }) => thread);
      if (decided.length > 0) this.#source?.decided(new Set(decided));
    } catch (error) {
      this.#notTaken(batch, error);
    }
    if (this.#ledger.batch().length === 0) this.#oneByOne = false;
  }

  #notTaken(batch: Suggestion[], error: unknown): void {
    if (!(error instanceof Refused)) this.#attempt += 1;
    else if (!error.unfit) this.refused = error.reason;
    else if (batch.length > 1) this.#oneByOne = true;
    else this.#ledger.refused(batch[0]!);
  }

  readonly #online = (): void => {
    this.#attempt = 0;
    if (this.#ledger.size > 0) this.#plan(0);
  };
}
