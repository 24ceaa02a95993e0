/**
 * Which suggestions of this device the server has not acknowledged as they are now. No timers and no network: `keeper.ts` decides when they go
 * out. What waits is in the device's copy too.
 */
import type { LiveThread, SuggestedEdit } from "./contract.ts";
import type { Answer, Suggestion } from "./suggest-request.ts";

/** The server takes so many suggestions at once. */
const BATCH = 100;
/** And a body of so many units at most, unless one alone is longer: well below what servers accept. */
const BODY = 500_000;

/** Where they are kept meanwhile. */
interface Copy {
  put(suggestion: Suggestion): Promise<void>;
  remove(ids: string[]): Promise<void>;
}

interface Waiting {
  edits: SuggestedEdit[];
  /** The same as JSON. */
  said: string;
  /** Why it is not sent again as it is: its place is not on the server (yet), or the server takes no such suggestion. */
  held: "outdated" | "unfit" | null;
}

/** The unacknowledged suggestions of one document on this device. */
export class SuggestionLedger {
  readonly #copy: Copy;
  readonly #waiting = new Map<string, Waiting>();
  /** What the server has acknowledged, as JSON. */
  readonly #acknowledged = new Map<string, string>();
  /** Of these, what the page's list does not show yet. */
  readonly #news = new Map<string, SuggestedEdit[]>();
  /** Went out at least once: the server may have it, whatever was heard. */
  readonly #tried = new Set<string>();
  /** Left by an earlier visit, or by another tab, and not typed on here. */
  readonly #found = new Set<string>();
  /** Somebody has accepted or rejected it, or another tab withdrawn it: nothing more is said about it. */
  readonly #decided = new Set<string>();

  constructor(copy: Copy) {
    this.#copy = copy;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Every id that waits. */
  get ids(): string[] {
    return [...this.#waiting.keys()];
  }

  /** Whether some have no place on the server. */
  get outdated(): boolean {
    return [...this.#waiting.values()].some(({ held }) => held === "outdated");
  }

  /** Whether some are of a kind that the server does not take. */
  get unfit(): boolean {
    return [...this.#waiting.values()].some(({ held }) => held === "unfit");
  }

  /** What this device knows better than the page's list; no edits: withdrawn, or decided. */
  get latest(): ReadonlyMap<string, SuggestedEdit[]> {
    const latest = new Map(this.#news);
    for (const [id, { edits }] of this.#waiting) latest.set(id, edits);
    for (const id of this.#decided) latest.set(id, []);
    return latest;
  }

  /** An earlier visit left this. The page may have ended while it was on its way. */
  found({ thread, edits }: Suggestion): void {
    if (this.#waiting.has(thread)) return;
    this.#waiting.set(thread, { edits, said: JSON.stringify(edits), held: null });
    this.#tried.add(thread);
    this.#found.add(thread);
  }

  /** Whether some were found that nobody has typed on here. */
  get hasFound(): boolean {
    return this.#found.size > 0;
  }

  /** What of those is kept now: the tab that made them may have typed on, or have brought them to the server. */
  foundAgain(kept: readonly Suggestion[]): void {
    const now = new Map(kept.map(({ thread, edits }) => [thread, edits]));
    for (const thread of this.#found) {
      const edits = now.get(thread);
      const waiting = this.#waiting.get(thread);
      if (!edits) this.#waiting.delete(thread);
      else if (waiting && waiting.said !== JSON.stringify(edits)) this.#waiting.set(thread, { edits, said: JSON.stringify(edits), held: null });
      if (!edits) this.#found.delete(thread);
    }
  }

  /** The server has it already; `same`: as it is here. */
  has({ thread, edits }: Suggestion, same: boolean): void {
    if (same && !this.#waiting.has(thread)) this.#acknowledged.set(thread, JSON.stringify(edits));
    else this.#tried.add(thread);
  }

  /** This is what is suggested now; no edits: nothing any more. `busy`: a request is under way, so what the server has is not known. */
  want({ thread, edits }: Suggestion, busy: boolean): void {
    if (this.#decided.has(thread)) return;
    this.#found.delete(thread);
    const said = JSON.stringify(edits);
    const waiting = this.#waiting.get(thread);
    if (waiting?.said === said) return;
    const isThere = this.#acknowledged.get(thread) === said && !(waiting && busy);
    const wasNever = edits.length === 0 && !this.#tried.has(thread) && !this.#acknowledged.has(thread);
    if (isThere || wasNever) {
      if (waiting) this.#settled(thread);
      return;
    }
    this.#waiting.set(thread, { edits, said, held: null });
    void this.#copy.put({ thread, edits });
  }

  /** What the next request can carry; one suggestion at most where it must be known which it is that is not taken. */
  batch(most = BATCH): Suggestion[] {
    const batch: Suggestion[] = [];
    let size = 0;
    for (const [thread, { edits, said, held }] of this.#waiting) {
      if (held !== null) continue;
      size += said.length;
      if (batch.length === most || (batch.length > 0 && size > BODY)) break;
      batch.push({ thread, edits });
    }
    return batch;
  }

  /** These are leaving. */
  sent(batch: readonly Suggestion[]): void {
    for (const { thread } of batch) this.#tried.add(thread);
  }

  /** The server's answer to one of them. */
  answered({ thread, edits }: Suggestion, answer: Answer): void {
    const said = JSON.stringify(edits);
    const waiting = this.#waiting.get(thread);
    const isSame = waiting?.said === said;
    if (answer === "decided") {
      this.decided(thread);
    } else if (answer === "outdated") {
      if (isSame) waiting.held = "outdated";
    } else {
      this.#acknowledged.set(thread, said);
      this.#news.set(thread, edits);
      if (isSame) this.#settled(thread);
    }
  }

  /** The server does not take it as it is. */
  refused({ thread, edits }: Suggestion): void {
    const waiting = this.#waiting.get(thread);
    if (waiting?.said === JSON.stringify(edits)) waiting.held = "unfit";
  }

  /** What was held back for that reason may go again. Returns whether there is such. */
  release(reason: "outdated" | "unfit"): boolean {
    const some = [...this.#waiting.values()].filter(({ held }) => held === reason);
    for (const waiting of some) waiting.held = null;
    return some.length > 0;
  }

  /** The page's list, of which some is older than what is known here. */
  heard(threads: readonly LiveThread[]): void {
    for (const { id, suggestion } of threads) {
      if (!suggestion?.mine) continue;
      if (suggestion.state !== "open") this.decided(id);
      else if (isSameText(this.#news.get(id), suggestion.edits)) this.#news.delete(id);
    }
  }

  /** Somebody decided: whatever is still said about it here is too late. */
  decided(id: string): void {
    this.#decided.add(id);
    this.#news.delete(id);
    this.#acknowledged.delete(id);
    if (this.#waiting.has(id)) this.#settled(id);
  }

  /** Forgets what waits. */
  async clear(): Promise<void> {
    const { ids } = this;
    this.#waiting.clear();
    this.#found.clear();
    await this.#copy.remove(ids);
  }

  #settled(id: string): void {
    this.#waiting.delete(id);
    this.#found.delete(id);
    void this.#copy.remove([id]);
  }
}

/** By their words: the server may write a place in another way. */
function isSameText(some: readonly SuggestedEdit[] | undefined, others: readonly SuggestedEdit[]): boolean {
  return (
    some?.length === others.length &&
    some.every((edit, n) => edit.original === others[n]!.original && edit.replacement === others[n]!.replacement)
  );
}
