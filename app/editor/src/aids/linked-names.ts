/** Names of designs in the text being written look like links where they lead somewhere, and Mod-click follows them. */
import { syntaxTree } from "@codemirror/language";
import { RangeSet, StateEffect, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";

import { Cards } from "../naming/cards.ts";
import { NAMED, showDesignCards } from "../naming/design-cards.ts";
import { addressOfDesign, designAt } from "../naming/names.ts";
import { NAME_IN_CELL } from "../preview/table.ts";
import { teamHere } from "../palette/teams.ts";

const told = StateEffect.define<null>();
const leads = Decoration.mark({ class: `cm-link ${NAMED}` });

/** What leads nowhere is asked again after so long, in ms. */
const AGAIN = 60_000;

class LinkedNames {
  decorations: DecorationSet = RangeSet.empty;
  readonly #team = teamHere();
  readonly #view: EditorView;
  /** That there is such a design, or when it was asked in vain. */
  readonly #known = new Map<number, true | number>();
  #news: ReturnType<typeof setTimeout> | undefined;
  readonly #stop = showDesignCards();
  #destroyed = false;

  constructor(view: EditorView) {
    this.#view = view;
    this.#build();
  }

  update(update: ViewUpdate): void {
    const stale = update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state);
    if (update.view.composing) this.decorations = this.decorations.map(update.changes);
    else if (stale || update.transactions.some((tr) => tr.effects.some((effect) => effect.is(told)))) this.#build();
  }

  destroy(): void {
    this.#destroyed = true;
    clearTimeout(this.#news);
    this.#stop();
  }

  #build(): void {
    const { state, visibleRanges } = this.#view;
    const ranges: Range<Decoration>[] = [];
    for (const { from, to } of visibleRanges) {
      syntaxTree(state).iterate({
        from,
        to,
        enter: (node) => {
          // A link's words lead where the link does.
          if (node.name === "Link" || node.name === "Image") return false;
          if (node.name === "DesignName" && this.#leads(state.sliceDoc(node.from, node.to))) ranges.push(leads.range(node.from, node.to));
          return undefined;
        },
      });
    }
    this.decorations = Decoration.set(ranges);
    // Tables are drawn by themselves, maybe after this.
    this.#view.requestMeasure({ key: this, read: () => [...this.#view.dom.querySelectorAll<HTMLElement>(`.${NAME_IN_CELL}`)], write: (names) => this.#mark(names) });
  }

  #mark(names: HTMLElement[]): void {
    for (const name of names) {
      const lead = this.#leads(name.textContent ?? "");
      for (const word of ["cm-link", NAMED]) name.classList.toggle(word, lead);
    }
  }

  #leads(name: string): boolean {
    const number = designAt(name, "");
    if (number === null || this.#team === null) return false;
    const known = this.#known.get(number);
    // It may be made meanwhile, or the network come back.
    if (known === undefined || (known !== true && Date.now() - known > AGAIN)) {
      this.#known.set(number, Date.now());
      void Cards.of(this.#team).get(number).then((card) => card && this.#learn(number));
    }
    return known === true;
  }

  /** Answers come many at once: they are shown at once. */
  #learn(number: number): void {
    this.#known.set(number, true);
    if (!this.#destroyed) this.#news ??= setTimeout(() => this.#show());
  }

  #show(): void {
    this.#news = undefined;
    this.#view.dispatch({ effects: told.of(null) });
  }
}

/** Shows them, and cards on them. */
export const linkedNames: Extension = [
  ViewPlugin.fromClass(LinkedNames, { decorations: (plugin) => plugin.decorations }),
  EditorView.domEventHandlers({
    mousedown(event) {
      if (event.button !== 0 || !(event.metaKey || event.ctrlKey) || !(event.target instanceof Element)) return false;
      const number = designAt(event.target.closest(`.${NAMED}`)?.textContent ?? "", "");
      const team = teamHere();
      if (number === null || team === null) return false;
      window.open(addressOfDesign(team, number), "_blank", "noopener");
      return true;
    },
  }),
];
