/** Who is here, from the awareness states: one entry per account, whatever number of tabs it has open. */
import type { Person } from "./contract.ts";

/** What a client of ours says of itself. `user.color` and `user.colorLight` are what stock Yjs clients look for. */
export interface Presence {
  /** Who. */
  user?: { account?: string; name?: string; color?: string; colorLight?: string };
  /** Their selection, as relative positions in JSON. */
  cursor?: { anchor: unknown; head: unknown } | null;
  /** Whether they have done nothing for a while. */
  idle?: boolean;
}

/** The avatars' hues (`style/components/avatar.css`), so that a caret has the colour of its person's picture. */
const HUES = [25, 65, 110, 155, 200, 245, 290, 340] as const;
/** Names longer than this are cut at the caret and in the list: a name is somebody else's input. */
const NAME = 60;

/** An account's own colour, by the last bits of its id like its avatar. Dark enough for white text (at least 4.5 : 1) in both themes. */
export function colourOf(account: string): string {
  const last = account.charCodeAt(account.length - 1) || 0;
  const digit = Number.parseInt(account.slice(-1), 16);
  const hue = HUES[(Number.isNaN(digit) ? last : digit) % HUES.length];
  return `oklch(0.5 0.13 ${hue})`;
}

/** The name to show for a client. */
export function nameOf(state: Presence): string {
  const name = typeof state.user?.name === "string" ? state.user.name.trim() : "";
  return name === "" ? "Somebody" : name.slice(0, NAME);
}

/** The people list: me first, then by name. */
export function peopleOf(states: ReadonlyMap<number, Presence>, me: number): Person[] {
  const people = new Map<string, Person>();
  for (const [client, state] of states) {
    if (client !== me && !state.user) continue;
    const account = typeof state.user?.account === "string" ? state.user.account : `client ${client}`;
    const idle = state.idle === true;
    const seen = people.get(account);
    if (seen) {
      seen.me ||= client === me;
      seen.idle &&= idle;
    } else {
      people.set(account, { account, name: nameOf(state), colour: colourOf(account), me: client === me, idle });
    }
  }
  return [...people.values()].sort((a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name));
}
