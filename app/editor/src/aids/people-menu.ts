/** The menu behind `@`: the people of the team. Groups will be offered here too, once there are some. */
import { pickedCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

import { make } from "../dom.ts";
import { hueOf, initials, membersOf, type Member } from "../members.ts";
import { mentionOf } from "../naming/names.ts";
import { match } from "../palette/match.ts";
import { teamHere } from "../palette/teams.ts";
import { isVerbatim } from "./verbatim.ts";

/** What was typed of a name: up to four words, the last of them unfinished. */
const TYPED = /(?:^|[\s([>*_])@((?:[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*(?: [\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*){0,3} ?)?)$/u;
/** So many are offered: a menu, not a list. */
const OFFERED = 8;
/** People come and go seldom, in ms. */
const FRESH = 300_000;

/** An entry with the person that it is about. */
interface PersonCompletion extends Completion {
  person: Member;
}

let known: { team: string; at: number; members: Promise<readonly Member[]> } | null = null;

function members(team: string): Promise<readonly Member[]> {
  if (known?.team === team && Date.now() - known.at < FRESH) return known.members;
  const all: Member[] = [];
  const asked = membersOf(team, undefined, (members) => all.push(...members)).then(() => all);
  // Without an answer nobody is offered, and the next who types it asks anew.
  asked.catch(() => (known = null));
  known = { team, at: Date.now(), members: asked };
  return asked;
}

/** The source of completions. */
export async function peopleMenu(context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const typed = TYPED.exec(context.state.sliceDoc(Math.max(line.from, context.pos - 100), context.pos))?.[1];
  const team = teamHere();
  if (typed === undefined || team === null || isVerbatim(context.state, context.pos)) return null;
  const people = ranked(await members(team).catch(() => []), typed);
  if (context.aborted || people.length === 0) return null;
  return { from: context.pos - typed.length, options: people.map((person) => completion(team, person)), filter: false };
}

/** Those whom a name may mean, best first; where nothing tells them apart, by name. */
export function ranked(members: readonly Member[], typed: string): Member[] {
  const found = members.flatMap((person) => {
    const score = match(typed, person.name)?.score;
    return score === undefined ? [] : [{ person, score: typed === "" ? 0 : score }];
  });
  found.sort((a, b) => b.score - a.score || a.person.name.localeCompare(b.person.name));
  return found.slice(0, OFFERED).map(({ person }) => person);
}

function completion(team: string, person: Member): PersonCompletion {
  return {
    label: person.name,
    detail: person.role,
    person,
    // The sign goes too: it is part of what is written.
    apply: (view, chosen, from, to) => write(view, chosen, mentionOf(team, person.account, person.name), from - 1, to),
  };
}

/** With a space behind it, or the caret would still be at the link and show its address. */
function write(view: EditorView, chosen: Completion, mention: string, from: number, to: number): void {
  const next = view.state.sliceDoc(to, to + 1);
  const space = next === "" || /[\p{L}\p{N}\n]/u.test(next) ? " " : "";
  view.dispatch({
    changes: { from, to, insert: mention + space },
    selection: { anchor: from + mention.length + (space || /\s/.test(next) ? 1 : 0) },
    annotations: pickedCompletion.of(chosen),
    scrollIntoView: true,
    userEvent: "input.complete",
  });
}

/** Their picture beside the name. */
export function faceOf(completion: Completion): Node | null {
  const person = (completion as Partial<PersonCompletion>).person;
  if (!person) return null;
  const face = make("span", `avatar small hue-${hueOf(person.account)}`, initials(person.name));
  face.setAttribute("aria-hidden", "true");
  return face;
}
