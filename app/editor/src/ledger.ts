/**
 * Which local changes the server has not acknowledged. Update frames are numbered from 1 per connection and the server says "every frame
 * up to n is committed"; a state vector would not do, it does not see deletions.
 */

interface Entry {
  /** The frame of this connection that carried it; none: not sent on this connection. */
  frame: number | null;
  /** When it was made, in ms. */
  at: number;
}

/** The unacknowledged changes of one document on this device. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  #frames = 0;

  /** A change was made (or found in the local copy). */
  add(id: string, at: number): void {
    this.#entries.set(id, { frame: null, at });
  }

  /** An update frame with these changes is leaving. Returns its number. */
  sent(ids: Iterable<string>): number {
    this.#frames += 1;
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry) entry.frame = this.#frames;
    }
    return this.#frames;
  }

  /** The server has every frame up to `upTo` on disk. Returns the changes that are now safe. A number never sent is ignored. */
  committed(upTo: number): string[] {
    if (upTo > this.#frames) return [];
    const safe: string[] = [];
    for (const [id, entry] of this.#entries) {
      if (entry.frame !== null && entry.frame <= upTo) safe.push(id);
    }
    for (const id of safe) this.#entries.delete(id);
    return safe;
  }

  /** A new connection: its frames are numbered from 1 again, and nothing has been sent on it. */
  restart(): void {
    this.#frames = 0;
    for (const entry of this.#entries.values()) entry.frame = null;
  }

  /** Forgets everything: the person threw the changes away. */
  clear(): void {
    this.#entries.clear();
  }

  /** Every unacknowledged change, oldest first. */
  get ids(): string[] {
    return [...this.#entries.keys()];
  }

  /** How many changes are unacknowledged. */
  get size(): number {
    return this.#entries.size;
  }

  /** When the oldest of them was made, in ms; none when there are none. */
  get oldest(): number | null {
    // A Map keeps insertion order, and changes are added as they are made.
    for (const entry of this.#entries.values()) return entry.at;
    return null;
  }
}
