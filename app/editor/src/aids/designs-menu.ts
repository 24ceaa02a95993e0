/** The menu behind `D-`: designs of the team, by their number or by words of their title. */
import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";

import { proposalOf, stateOf, type DesignCard } from "../naming/cards.ts";
import { nameOfDesign } from "../naming/names.ts";
import { ask } from "../ask.ts";
import { teamHere } from "../palette/teams.ts";
import { isVerbatim } from "./verbatim.ts";

/** A number, or words of a title. */
const TYPED = /(?:^|[\s([>*_])(D-(\d{0,9}|\p{L}[\p{L}\p{M}\p{N} '’-]{0,40}))$/u;

/** The source of completions. */
export async function designsMenu(context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const typed = TYPED.exec(context.state.sliceDoc(Math.max(line.from, context.pos - 60), context.pos));
  const team = teamHere();
  if (!typed || team === null || isVerbatim(context.state, context.pos)) return null;
  // Of itself a text says "this design".
  const here = Number(/\/designs\/(\d+)/.exec(location.pathname)?.[1]);
  const found = (await find(team, typed[2]!).catch(() => [])).filter(({ number }) => number !== here);
  if (context.aborted || found.length === 0) return null;
  const options = found.map((card) => ({
    label: `${nameOfDesign(card.number)} ${card.title}`,
    detail: proposalOf(card) ?? stateOf(card),
    apply: nameOfDesign(card.number),
  }));
  return { from: context.pos - typed[1]!.length, options, filter: false };
}

/** What was asked for in one place is asked for again while one types on and takes back. */
const answers = new Map<string, { at: number; cards: Promise<DesignCard[]> }>();
/** So long an answer is as good as a new one, in ms. */
const FRESH = 30_000;

function find(team: string, like: string): Promise<DesignCard[]> {
  for (const [question, { at }] of answers) if (Date.now() - at >= FRESH) answers.delete(question);
  const question = `${team} ${like}`;
  const known = answers.get(question);
  if (known) return known.cards;
  const cards = ask<DesignCard[]>("designs/find", new URLSearchParams({ team, like }));
  cards.catch(() => answers.delete(question));
  answers.set(question, { at: Date.now(), cards });
  return cards;
}
