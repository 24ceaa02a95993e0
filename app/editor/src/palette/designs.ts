/** Designs of the person's teams, asked from the server while one types. */
import { ask, Unanswered, type Page, type Trouble } from "../ask.ts";
import { proposalOf, stateOf } from "../naming/cards.ts";
import { addressOfDesign, nameOfDesign } from "../naming/names.ts";
import { go } from "./go.ts";
import type { Item, Piece } from "./item.ts";
import type { Team } from "./teams.ts";

/** Short enough to feel immediate, long enough that a word typed in one go is one question. In ms. */
const PAUSE = 150;
/** Each team is a question of its own; whoever is in more finds the designs of the others on their pages. */
const MOST_TEAMS = 8;

/** Of `DesignLine` in `app/src/model/design.rs`, what is shown. */
interface Line {
  number: number;
  title: string;
  state: string;
  proposal: [number: number, state: string] | null;
  snippet: string | null;
}

/** What one knows of the designs at present. */
export class Designs {
  /** Those found last, best first. */
  found: readonly Item[] = [];
  /** Whether a question is open. */
  asking = false;
  /** Why the last question has no answer. */
  trouble: Trouble | null = null;

  readonly #teams: readonly Team[];
  readonly #changed: () => void;
  readonly #answers = new Map<string, readonly Item[]>();
  #question: AbortController | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(teams: readonly Team[], changed: () => void) {
    this.#teams = teams.slice(0, MOST_TEAMS);
    this.#changed = changed;
  }

  /** Every design that was found so far. */
  get known(): Item[] {
    const known = new Map<string, Item>();
    // A passage answers one question only.
    for (const items of this.#answers.values()) for (const { passage: _, ...item } of items) known.set(item.id, item);
    for (const item of this.found) known.set(item.id, item);
    return [...known.values()];
  }

  /** Looks for words; for none: what changed last. An older question is given up. */
  look(words: string): void {
    this.stop();
    this.trouble = null;
    const answered = this.#answers.get(words);
    this.found = answered ?? [];
    this.asking = answered === undefined && this.#teams.length > 0;
    if (this.asking) this.#pause = setTimeout(() => void this.#ask(words), words === "" ? 0 : PAUSE);
  }

  /** Asks no more. */
  stop(): void {
    clearTimeout(this.#pause);
    this.#question?.abort();
  }

  async #ask(words: string): Promise<void> {
    const { signal } = (this.#question = new AbortController());
    try {
      const lists = await Promise.all(this.#teams.map((team) => this.#askTeam(team, words, signal)));
      this.#answers.set(words, (this.found = lists.flat()));
    } catch (error) {
      if (signal.aborted) return;
      this.trouble = error instanceof Unanswered ? error.trouble : "failed";
    }
    this.asking = false;
    this.#changed();
  }

  async #askTeam(team: Team, search: string, signal: AbortSignal): Promise<Item[]> {
    const { items } = await ask<Page<Line>>("designs/list", { team: team.slug, filter: { search } }, signal);
    return items.map((line) => itemOf(line, team, this.#teams.length > 1));
  }
}

function itemOf({ number, title, state, proposal, snippet }: Line, team: Team, several: boolean): Item {
  const href = addressOfDesign(team.slug, number);
  const word = proposalOf({ proposal }) ?? stateOf({ state });
  return {
    id: href,
    group: "Designs",
    label: title,
    before: nameOfDesign(number),
    detail: several ? `${word} · ${team.name}` : word,
    icon: "file-text",
    ...(snippet === null ? {} : { passage: pieces(snippet) }),
    href,
    run: () => go(href),
  };
}

/** A passage as the server sends it, escaped text with marks in it, as its pieces. */
function pieces(html: string): Piece[] {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.childNodes].map((node) => ({ text: node.textContent ?? "", marked: node instanceof HTMLElement && node.localName === "mark" }));
}
