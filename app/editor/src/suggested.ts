/**
 * The suggestions that are not being typed here, in the text: words that would go are struck through, words that would come stand behind them.
 * One whose words no longer stand there is only underlined.
 */
import { RangeSet, StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import type * as Y from "yjs";

import type { LiveThread, SuggestedEdit } from "./contract.ts";
import { wordDifference } from "./difference.ts";
import { between, mainOf, toView } from "./main-text.ts";
import { activeThread, places, type Place } from "./places.ts";
import { placesOf, stillReads, type PlacedEdit } from "./placed.ts";
import { suggestionTheme, WordsWidget } from "./suggestion-words.ts";

/** At most one look in so long, in ms, while the text changes: whether a suggestion still fits is seen a moment later. */
const LOOK = 300;

/** An open suggestion, as this device knows it. */
export interface OpenSuggestion {
  /** Its id. */
  id: string;
  /** Whether it is of the person at this screen. */
  mine: boolean;
  /** Its changes. */
  edits: SuggestedEdit[];
}

const setSuggested = StateEffect.define<Range<Decoration>[]>();

const suggested = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update(value, tr) {
    const shown = tr.docChanged ? value.map(tr.changes) : value;
    return tr.effects.reduce((set, effect) => (effect.is(setSuggested) ? Decoration.set(effect.value, true) : set), shown);
  },
  provide: (field) =>
    EditorView.decorations.compute([field, activeThread], (state) => withActive(state.field(field), state.field(activeThread))),
});

/** Marks and words of the suggestion that is being read. */
function withActive(set: DecorationSet, active: string): DecorationSet {
  if (active === "") return set;
  const add: Range<Decoration>[] = [];
  for (const cursor = set.iter(); cursor.value; cursor.next()) {
    if (cursor.value.spec["thread"] !== active) continue;
    const { tag, words } = (cursor.value.spec["widget"] as WordsWidget | undefined) ?? {};
    if (tag && words) add.push(wordsAt(cursor.from, words, active, true));
    else if (cursor.from < cursor.to) add.push(Decoration.mark({ class: "cm-suggest-active" }).range(cursor.from, cursor.to));
  }
  const isPlain = (_from: number, _to: number, { spec }: Decoration) => spec["thread"] !== active || !spec["widget"];
  return set.update({ filter: isPlain, add, sort: true });
}

function wordsAt(at: number, words: string, thread: string, active: boolean): Range<Decoration> {
  return Decoration.widget({ widget: new WordsWidget("ins", words, thread, active), thread, side: 1 }).range(at);
}

/** How one suggestion is shown. All its places fit, or none is offered: it can only be accepted whole. */
function shownAs(state: EditorState, id: string, edits: PlacedEdit[]): Range<Decoration>[] {
  const main = mainOf(state);
  const fits = edits.every((edit) => stillReads(main, edit));
  return edits.flatMap(({ from, to, original, replacement }) => {
    const differs = wordDifference(original, replacement);
    const [first, last] = fits ? [from + differs.from, from + differs.to] : [Math.min(from, main.length), Math.min(to, main.length)];
    const start = toView(state, first, 1);
    const end = Math.max(start, toView(state, last, -1));
    const mark = Decoration.mark({
      thread: id,
      class: fits ? "cm-suggest-del" : "cm-suggest-outdated",
      attributes: { "data-thread": id },
    });
    return [
      ...(start < end ? [mark.range(start, end)] : []),
      ...(fits && differs.insert !== "" ? [wordsAt(end, differs.insert, id, false)] : []),
    ];
  });
}

function* placesIn(state: EditorState): Iterable<Place> {
  for (const cursor = state.field(suggested).iter(); cursor.value; cursor.next()) {
    yield { thread: cursor.value.spec["thread"] as string, from: cursor.from, to: cursor.to };
  }
}

/** The suggestions of one editor. */
export class Suggested {
  /** To be part of the editor's state. */
  readonly extension: Extension;
  /** Takes up this person's own where they are typed; what it has taken up is not shown here. */
  takeUp: ((own: OpenSuggestion[], threads: readonly LiveThread[]) => void) | null = null;
  #threads: LiveThread[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #text: Y.Text;
  readonly #latest: () => ReadonlyMap<string, SuggestedEdit[]>;

  /** `latest` has what this device knows of one's own better than the list. */
  constructor(text: Y.Text, latest: () => ReadonlyMap<string, SuggestedEdit[]>) {
    this.#text = text;
    this.#latest = latest;
    this.extension = [
      suggested,
      places.of(placesIn),
      ViewPlugin.define(() => ({
        update: (update) => this.#updated(update),
        destroy: () => clearTimeout(this.#timer),
      })),
      suggestionTheme,
    ];
  }

  /** Shows the suggestions among these threads. */
  set(view: EditorView, threads: LiveThread[]): void {
    this.#threads = threads.filter(({ suggestion }) => suggestion);
    this.resolve(view);
  }

  /** Finds every place anew: after the list, the text or the mode changed, or an undo brought text back. */
  resolve(view: EditorView): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const open = openOf(this.#threads, this.#latest());
    const own = open.filter(({ mine }) => mine);
    this.takeUp?.(own, this.#threads);
    const typed = new Set(view.state.facet(between)?.drafts.map(({ id }) => id));
    const ranges = open.flatMap(({ id, edits }) => {
      const placed = typed.has(id) ? null : placesOf(this.#text, edits);
      return placed ? shownAs(view.state, id, placed) : [];
    });
    if (ranges.length > 0 || view.state.field(suggested).size > 0) view.dispatch({ effects: setSuggested.of(ranges) });
  }

  #updated(update: ViewUpdate): void {
    const { state, startState } = update;
    if (!update.docChanged || (this.#threads.length === 0 && this.#latest().size === 0)) return;
    const look = () => setTimeout(() => this.resolve(update.view), LOOK);
    if (mainOf(startState) !== mainOf(state)) {
      // Not after rest: while others write on, what they do to a suggestion must show.
      this.#timer ??= look();
    } else {
      // Suggested to go and brought back, a passage has lost its mark.
      clearTimeout(this.#timer);
      this.#timer = look();
    }
  }
}

/** What is open, by the page's list and by what this device knows better. */
export function openOf(threads: readonly LiveThread[], latest: ReadonlyMap<string, SuggestedEdit[]>): OpenSuggestion[] {
  const listed = threads.flatMap(({ id, suggestion }) =>
    suggestion?.state === "open" ? [{ id, mine: suggestion.mine, edits: (suggestion.mine && latest.get(id)) || suggestion.edits }] : [],
  );
  const ids = new Set(threads.map(({ id }) => id));
  const unlisted = [...latest].filter(([id]) => !ids.has(id)).map(([id, edits]) => ({ id, mine: true, edits }));
  return [...listed, ...unlisted].filter(({ edits }) => edits.length > 0);
}
