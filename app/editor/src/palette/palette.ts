/** The palette: a field, and below it what it finds. A combobox with a listbox, as the ARIA authoring practices have it. */
import { recentChoices, remember, type Choice } from "../recent-choices.ts";
import { isMac } from "../platform.ts";
import { actionsOnPage } from "./actions.ts";
import { Designs } from "./designs.ts";
import { follow } from "./go.ts";
import type { Item, Section } from "./item.ts";
import type { Shell } from "./open.ts";
import { headingsOnPage } from "./outline.ts";
import { People } from "./people.ts";
import { everywhere, newDesigns, places, teamsToWriteIn } from "./places.ts";
import { question, rank } from "./rank.ts";
import { teamsOnPage } from "./teams.ts";
import { View } from "./view.ts";

/** Makes the palette in its window. */
export function fill(shell: Shell): void {
  new Palette(shell);
}

class Palette {
  readonly #dialog: HTMLDialogElement;
  readonly #input: HTMLInputElement;
  readonly #view: View;
  readonly #account = document.querySelector<HTMLElement>("[data-account]")?.dataset["account"] ?? "";
  readonly #recent: readonly Choice[] = recentChoices(this.#account);
  readonly #teams = teamsOnPage();
  /** What the page offers, read once: while the palette is open nothing else can be pressed. */
  readonly #page: readonly Item[];
  readonly #designs: Designs;
  readonly #people: People;
  readonly #closed = new AbortController();
  #begin: readonly Item[] = [];
  #sections: Section[] = [];
  /** The item that Enter chooses, and whether the person moved there: then it stays although better ones arrive. */
  #active: Item | null = null;
  #moved = false;

  constructor({ dialog, input, editor }: Shell) {
    this.#dialog = dialog;
    this.#input = input;
    this.#view = new View(dialog, input, { point: (item) => this.#point(item), choose: (item, event) => this.#choose(item, isMac ? event.metaKey : event.ctrlKey) });
    this.#page = [...actionsOnPage(), ...headingsOnPage(editor), ...places(this.#teams)];
    this.#designs = new Designs(this.#teams, () => this.#show());
    this.#people = new People(this.#teams, () => this.#show());
    input.addEventListener("input", () => this.#typed());
    dialog.addEventListener("keydown", (event) => this.#pressed(event));
    dialog.addEventListener("close", () => this.#stop());
    void teamsToWriteIn(this.#closed.signal).then(
      (teams) => {
        this.#begin = newDesigns(teams, this.#teams.length > 1);
        this.#show();
      },
      // Without an answer it is not offered.
      () => undefined,
    );
    this.#typed();
  }

  #stop(): void {
    this.#closed.abort();
    this.#designs.stop();
    this.#people.stop();
  }

  #typed(): void {
    this.#moved = false;
    const { only, words } = question(this.#input.value);
    if (only === null || only === "Designs") this.#designs.look(words);
    if (words !== "" || only === "People") this.#people.look();
    this.#show();
  }

  #show(): void {
    if (!this.#dialog.open) return;
    this.#sections = rank(this.#items(), this.#input.value, this.#recent.map(({ id }) => id));
    const shown = this.#sections.flatMap(({ found }) => found.map(({ item }) => item));
    const stays = this.#moved ? shown.find(({ id }) => id === this.#active?.id) : undefined;
    this.#active = stays ?? shown[0] ?? null;
    this.#view.show(this.#sections, this.#said(shown.length));
    this.#view.activate(this.#active);
  }

  /** Everything that may be chosen, each thing once. */
  #items(): Item[] {
    const items = [...this.#page, ...this.#begin, ...everywhere(() => this.#list()), ...this.#designs.known, ...this.#people.found, ...this.#recent.flatMap(again)];
    return [...new Map(items.toReversed().map((item) => [item.id, item])).values()].reverse();
  }

  /** What is to be said beside the items, or instead of them. */
  #said(count: number): { words: string; busy: boolean } {
    const { asking, trouble } = this.#designs;
    const { only, words } = question(this.#input.value);
    const busy = asking && only === null;
    if (only === null && trouble === "offline") return { words: "There is no connection: designs cannot be searched at present.", busy };
    if (only === null && trouble === "signed-out") return { words: "You are signed out: designs cannot be searched.", busy };
    if (only === null && trouble === "failed") return { words: "Designs could not be searched. Try again in a moment.", busy };
    if (count > 0) return { words: "", busy };
    if (busy) return { words: "Searching…", busy };
    return { words: words === "" ? "There is nothing of that kind here." : `Nothing is called “${words}”.`, busy };
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    // On a Mac Control with N and P walks every list.
    const step = steps[event.key] ?? (isMac && event.ctrlKey ? { n: 1, p: -1 }[event.key] : undefined);
    if (step !== undefined) this.#step(step);
    else if (event.key === "Enter" && this.#active && event.target === this.#input) this.#choose(this.#active, event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  }

  #step(by: number): void {
    const shown = this.#sections.flatMap(({ found }) => found.map(({ item }) => item));
    if (shown.length === 0) return;
    const at = shown.findIndex(({ id }) => id === this.#active?.id);
    // One step leads round the end, a page ends there.
    const next = Math.abs(by) === 1 ? (at + by + shown.length) % shown.length : Math.min(shown.length - 1, Math.max(0, at + by));
    this.#moved = true;
    this.#active = shown[next]!;
    this.#view.activate(this.#active, true);
  }

  #point(item: Item): void {
    if (item.id === this.#active?.id) return;
    this.#moved = true;
    this.#active = item;
    this.#view.activate(item);
  }

  #choose(item: Item, apart: boolean): void {
    remember(this.#account, choiceOf(item));
    if (apart && item.href !== undefined) return void window.open(item.href, "_blank", "noopener");
    this.#dialog.close();
    item.run();
  }

  #list(): void {
    void import("../shortcuts/list.ts").then(({ showShortcuts }) => showShortcuts());
  }
}

/** An item as it is remembered: what leads somewhere can be offered anywhere. */
function choiceOf({ id, group, label, before, detail, icon, href }: Item): Choice {
  if (href === undefined || group === "Here" || group === "Headings") return { id };
  return { id, shown: { group, label, icon, href, ...(before === undefined ? {} : { before }), ...(detail === undefined ? {} : { detail }) } };
}

/** A remembered choice as an item. */
function again({ id, shown }: Choice): Item[] {
  return shown ? [{ id, ...shown, run: () => void follow(shown.href) }] : [];
}
