/** Keys that mean something, alone or one after the other. */

/** So long after the first the second still belongs to it, in ms. */
const TOGETHER = 1_500;

/** Finds what keys mean. */
export class Sequence {
  readonly #meanings: ReadonlyMap<string, () => unknown>;
  #before = "";
  #at = 0;

  /** Meanings by their keys, as the registry writes them. */
  constructor(meanings: ReadonlyMap<string, () => unknown>) {
    this.#meanings = meanings;
  }

  /** A key was pressed at a time, in ms. Answers whether it meant something, or may become something. */
  press(key: string, at: number): boolean {
    const begun = this.#before !== "" && at - this.#at <= TOGETHER ? `${this.#before} ${key}` : key;
    this.#before = "";
    const meaning = this.#meanings.get(begun);
    if (meaning) {
      meaning();
      return true;
    }
    const begins = [...this.#meanings.keys()].some((keys) => keys.startsWith(`${key} `));
    if (begins) [this.#before, this.#at] = [key, at];
    return begins;
  }
}
