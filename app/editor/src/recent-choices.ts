/** What an account chose last in the palette, on this device. Small and apart from it: signing out must forget it. */

/** A choice that can be offered again wherever one is. */
export interface Choice {
  /** The item's name. */
  id: string;
  /** What it said, and where it led; of what only a page can offer: nothing. */
  shown?: { group: "Go to" | "Designs" | "People"; label: string; before?: string; detail?: string; icon: string; href: string };
}

/** So many are kept. */
const MOST = 12;

/** The last choices, newest first. */
export function recentChoices(account: string): Choice[] {
  try {
    return JSON.parse(localStorage.getItem(key(account)) ?? "[]") as Choice[];
  } catch {
    return [];
  }
}

/** Remembers a choice. */
export function remember(account: string, choice: Choice): void {
  const others = recentChoices(account).filter(({ id }) => id !== choice.id);
  try {
    localStorage.setItem(key(account), JSON.stringify([choice, ...others].slice(0, MOST)));
  } catch {
    // No storage, or none left: the palette works without.
  }
}

/** Forgets them all. */
export function forgetChoices(account: string): void {
  try {
    localStorage.removeItem(key(account));
  } catch {
    // No storage: there is nothing to forget.
  }
}

function key(account: string): string {
  return `recent ${account}`;
}
