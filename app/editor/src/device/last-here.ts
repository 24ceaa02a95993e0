/** Who is signed in in this browser, as far as it can be known without a network. Small and apart: signing out must forget it. */

/** Somebody who is signed in. */
export interface Here {
  /** Their account; copies are kept under it. */
  account: string;
  /** Their name, as others see it at their caret. */
  name: string;
}

/** Other tabs hear of it when it changes. */
export const HERE_KEY = "here";

/** They are signed in. Whoever was before is not any more. */
export function rememberHere({ account, name }: Here): void {
  try {
    localStorage.setItem(HERE_KEY, JSON.stringify({ account, name }));
  } catch {
    // No storage: then there are no copies either.
  }
}

/** Nobody is. */
export function forgetHere(): void {
  try {
    localStorage.removeItem(HERE_KEY);
  } catch {
    // No storage: there is nothing to forget.
  }
}

/** Who was signed in last and has not signed out. */
export function lastHere(): Here | null {
  try {
    const { account, name } = JSON.parse(localStorage.getItem(HERE_KEY) ?? "null") as Partial<Here>;
    return typeof account === "string" && account !== "" ? { account, name: String(name ?? "") } : null;
  } catch {
    return null;
  }
}
