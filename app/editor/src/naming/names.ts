/** How texts name designs and people; the server reads the same (`app/src/model/named.rs`, which says why it is so). */

/** A design's name at the beginning of a text: what follows must not go on with it. */
const DESIGN = /^D-([1-9]\d{0,8})(?![\p{L}\p{N}]|[-/@][\p{L}\p{N}]|\.\d)/u;
/** What is before a name and makes it the rest of something longer. */
const BEFORE = /[\p{L}\p{N}\-/\\.@#]$/u;
/** The longest name with what may follow it, in UTF-16 units. */
export const LONGEST = 16;

/** The number of the design that a text begins to name, in front of which `before` stands; null: it names none. */
export function designAt(text: string, before: string): number | null {
  const found = DESIGN.exec(text);
  return found && !BEFORE.test(before) ? Number(found[1]) : null;
}

/** A design's name. */
export function nameOfDesign(number: number): string {
  return `D-${number}`;
}

/** A design's page. */
export function addressOfDesign(team: string, number: number): string {
  return `/teams/${team}/designs/${number}`;
}

/** The design whose page an address is, on this host. */
export function designOf(address: URL): { team: string; number: number } | null {
  const found = address.origin === location.origin ? /^\/teams\/([^/]+)\/designs\/([1-9]\d{0,8})$/.exec(address.pathname) : null;
  return found && address.hash === "" ? { team: found[1]!, number: Number(found[2]) } : null;
}

/** Whether an address is somebody's place on their team's page of people. */
export function isPerson(address: string): boolean {
  return /^\/teams\/[^/]+\/people#person-[\da-f-]{36}$/.test(address);
}

/** What is written to mention somebody: a link, which reads as their name wherever it is read. */
export function mentionOf(team: string, account: string, name: string): string {
  return `[@${name.replace(/[\\`*_[\]<>&~$]/g, "\\$&")}](/teams/${team}/people#person-${account})`;
}
