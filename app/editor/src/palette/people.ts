/** People of the person's teams, asked for once somebody types. */
import { membersOf, type Member } from "../members.ts";
import { follow } from "./go.ts";
import type { Item } from "./item.ts";
import type { Team } from "./teams.ts";

/** The people of the teams, each once; with the team that comes first. */
export class People {
  /** Those known so far. */
  found: readonly Item[] = [];

  readonly #teams: readonly Team[];
  readonly #changed: () => void;
  readonly #closed = new AbortController();
  #asked = false;

  constructor(teams: readonly Team[], changed: () => void) {
    this.#teams = teams;
    this.#changed = changed;
  }

  /** Asks, the first time. */
  look(): void {
    if (this.#asked) return;
    this.#asked = true;
    // Without an answer there are designs and all else; that the network is away is said of those.
    void this.#ask().catch(() => (this.#asked = false));
  }

  /** Asks no more. */
  stop(): void {
    this.#closed.abort();
  }

  async #ask(): Promise<void> {
    const known = new Map<string, Item>();
    for (const team of this.#teams) {
      await membersOf(team.slug, this.#closed.signal, (members) => {
        for (const member of members) if (!known.has(member.account)) known.set(member.account, itemOf(member, team));
        this.found = [...known.values()];
        this.#changed();
      });
    }
  }
}

function itemOf({ account, name, email }: Member, team: Team): Item {
  const href = `/teams/${team.slug}/people#person-${account}`;
  return { id: `person ${account}`, group: "People", label: name, detail: email, also: team.name, icon: "user", href, run: () => void follow(href) };
}
