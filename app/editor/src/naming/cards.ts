/** What the server tells of designs that texts name, remembered for a while: one question for all names that come up together. */
import { ask } from "../ask.ts";

/** A design, `DesignCard` in `app/src/model/design.rs`. */
export interface DesignCard {
  number: number;
  title: string;
  state: string;
  /** The newest open proposal: its number and state. */
  proposal: [number: number, state: string] | null;
  owner: { name: string };
  archived: boolean;
}

/** What was told is true for so long, in ms: a state changes a few times in a design's life. */
const FRESH = 60_000;
/** Names that come up within so long are asked for together, in ms. */
const TOGETHER = 20;
/** So many at once, as the server has it. */
const MOST = 100;

interface Answer {
  card: Promise<DesignCard | null>;
  at: number;
}

/** The designs of one team. */
export class Cards {
  static readonly #teams = new Map<string, Cards>();

  /** Those of a team, by its name in links. */
  static of(team: string): Cards {
    const known = Cards.#teams.get(team) ?? new Cards(team);
    Cards.#teams.set(team, known);
    return known;
  }

  readonly #team: string;
  readonly #answers = new Map<number, Answer>();
  #wanted = new Map<number, (card: DesignCard | null) => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(team: string) {
    this.#team = team;
  }

  /** A design; null when there is none that this person may read, or no answer. */
  get(number: number): Promise<DesignCard | null> {
    const known = this.#answers.get(number);
    if (known && Date.now() - known.at < FRESH) return known.card;
    const card = new Promise<DesignCard | null>((resolve) => this.#wanted.set(number, resolve));
    this.#answers.set(number, { card, at: Date.now() });
    this.#timer ??= setTimeout(() => this.#ask(), TOGETHER);
    return card;
  }

  #ask(): void {
    this.#timer = undefined;
    const wanted = [...this.#wanted];
    this.#wanted = new Map();
    for (let from = 0; from < wanted.length; from += MOST) void this.#askFor(wanted.slice(from, from + MOST));
  }

  async #askFor(wanted: [number, (card: DesignCard | null) => void][]): Promise<void> {
    try {
      const cards = await ask<DesignCard[]>("designs/cards", { team: this.#team, numbers: wanted.map(([number]) => number) });
      const found = new Map(cards.map((card) => [card.number, card]));
      for (const [number, tell] of wanted) tell(found.get(number) ?? null);
    } catch {
      // Not an answer: the next who asks may have more luck.
      for (const [number, tell] of wanted) {
        this.#answers.delete(number);
        tell(null);
      }
    }
  }
}

/** A design's state as a label. */
export function stateOf({ state, archived = false }: Pick<DesignCard, "state"> & Partial<Pick<DesignCard, "archived">>): string {
  return archived ? "Archived" : state.charAt(0).toUpperCase() + state.slice(1);
}

/** A design's newest open proposal's state as a label; none: it has none. */
export function proposalOf({ proposal }: Pick<DesignCard, "proposal">): string | null {
  return proposal && (proposal[1] === "in_review" ? "In review" : "Draft");
}
