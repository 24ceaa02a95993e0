/** What is shown, and in which order. Pure. */
import { GROUPS, wordsOf, type Found, type Group, type Item, type Section } from "./item.ts";
import { match } from "./match.ts";

/** Signs that, typed first, keep the rest to one kind. */
export const SIGNS: Readonly<Record<string, Item["group"]>> = { ">": "Here", "#": "Headings", "@": "People" };

/** How many of a kind are shown: what the eye takes in; all there are when only they are asked for. */
const SHOWN = { empty: { Recent: 5, Here: 6, "Go to": 8, Designs: 5, Headings: 0, People: 0 }, typed: 6, alone: 100 } as const;

/** Other words count less than those that are seen. */
const ALSO = 0.6;
/** What was chosen lately is likely to be meant again. */
const RECENT = 4;

/** What was typed: which kind it is kept to, if any, and the words to find. */
export function question(typed: string): { only: Item["group"] | null; words: string } {
  const only = SIGNS[typed.charAt(0)] ?? null;
  return { only, words: (only ? typed.slice(1) : typed).trim() };
}

/** The sections for what was typed. `recent` are ids, newest first. */
export function rank(items: readonly Item[], typed: string, recent: readonly string[]): Section[] {
  const { only, words } = question(typed);
  const asked = only ? items.filter((item) => item.group === only) : items;
  if (words === "") return only ? section(only, asked, SHOWN.alone) : atRest(items, recent);
  const sections = new Map<Group, { best: number; found: (Found & { score: number })[] }>();
  for (const item of asked) {
    const found = find(item, words, recent);
    if (!found) continue;
    const section = sections.get(item.group) ?? { best: found.score, found: [] };
    section.best = Math.max(section.best, found.score);
    section.found.push(found);
    sections.set(item.group, section);
  }
  return [...sections]
    .sort(([a, { best: ofA }], [b, { best: ofB }]) => ofB - ofA || GROUPS.indexOf(a) - GROUPS.indexOf(b))
    .map(([group, { found }]) => ({ group, found: found.sort((a, b) => b.score - a.score).slice(0, only ? SHOWN.alone : SHOWN.typed) }));
}

function find(item: Item, words: string, recent: readonly string[]): (Found & { score: number }) | null {
  const extra = recent.includes(item.id) ? RECENT : 0;
  const seen = match(words, wordsOf(item));
  if (seen) return { item, marks: seen.marks, score: seen.score + extra };
  const also = match(words, `${wordsOf(item)} ${item.also ?? ""} ${item.detail ?? ""}`, false);
  if (also) return { item, marks: also.marks.filter(([, to]) => to <= wordsOf(item).length), score: also.score * ALSO + extra };
  return item.passage ? { item, marks: [], score: extra } : null;
}

/** Nothing typed: first what was chosen last, each thing once. */
function atRest(items: readonly Item[], recent: readonly string[]): Section[] {
  const lately = recent.flatMap((id) => items.find((item) => item.id === id) ?? []).slice(0, SHOWN.empty.Recent);
  const others = items.filter((item) => !lately.includes(item));
  return [
    ...section("Recent", lately, SHOWN.empty.Recent),
    ...GROUPS.flatMap((group) => section(group, others.filter((item) => item.group === group), SHOWN.empty[group])),
  ];
}

function section(group: Group, items: readonly Item[], most: number): Section[] {
  const found = items.slice(0, most).map((item) => ({ item, marks: [] }));
  return found.length === 0 ? [] : [{ group, found }];
}
