/** The people of a team, page by page. */
import { ask, type Page } from "./ask.ts";

/** So many pages of a team's list are read: 500 people. Whoever looks for others finds them on the page of people. */
const MOST_PAGES = 10;

/** Of `Member` in `app/src/model/team.rs`, what is shown. */
export interface Member {
  account: string;
  name: string;
  email: string;
  role: string;
}

/** Asks for them; `each` gets every page as it comes. */
export async function membersOf(team: string, signal: AbortSignal | undefined, each: (members: readonly Member[]) => void): Promise<void> {
  const form = new URLSearchParams({ team });
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, next } = await ask<Page<Member>>("teams/members", form, signal);
    each(items);
    if (next === null) return;
    form.set("after", next);
  }
}

/** The first letters of the first and the last word of a name, as everywhere (`app/src/components/avatar.rs`). */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}

/** Which of the avatars' colours (`style/components/avatar.css`) is an account's. */
export function hueOf(account: string): number {
  const digit = Number.parseInt(account.slice(-1), 16);
  return (Number.isNaN(digit) ? 0 : digit) % 8;
}
