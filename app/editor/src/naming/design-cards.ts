/** A design's title and state where a text leads to it: in what is read, in comments, and in the text being written. */
import { make } from "../dom.ts";
import { HoverCard } from "../hover-card.ts";
import { teamHere, teamsOnPage } from "../palette/teams.ts";
import { adopt } from "../style-sheet.ts";
import { Cards, proposalOf, stateOf, type DesignCard } from "./cards.ts";
import { designAt, designOf } from "./names.ts";

/** The class of a name in the text being written that leads somewhere. */
export const NAMED = "cm-design-name";

let shown: { card: HoverCard; users: number; ends: AbortController } | null = null;

/** Shows them on the whole page, however many parts of it ask for that. Returns what ends it. */
export function showDesignCards(): () => void {
  shown ??= begin();
  shown.users++;
  let ended = false;
  return () => {
    if (ended || !shown) return;
    ended = true;
    if (--shown.users > 0) return;
    shown.ends.abort();
    shown.card.destroy();
    shown = null;
  };
}

function begin(): NonNullable<typeof shown> {
  adopt("design-card", STYLE);
  const card = new HoverCard(document, { find, fill });
  const ends = new AbortController();
  document.addEventListener("click", (event) => pressed(event, card), { capture: true, signal: ends.signal });
  return { card, users: 0, ends };
}

/** A finger has nothing to point with: its first touch shows the card, the second follows the link. */
function pressed(event: MouseEvent, card: HoverCard): void {
  const reference = event.target instanceof Element ? find(event.target) : null;
  const byFinger = event instanceof PointerEvent && event.pointerType === "touch";
  if (!byFinger || !reference || card.shows(reference)) {
    card.wish(null, 0);
    return;
  }
  if (reference.matches("a")) {
    event.preventDefault();
    event.stopPropagation();
  }
  card.wish(reference, 0);
}

function find(element: Element): Element | null {
  const reference = element.closest(`.prose a[href], .${NAMED}`);
  return reference && designNamed(reference) ? reference : null;
}

function designNamed(reference: Element): { team: string; number: number } | null {
  if (reference instanceof HTMLAnchorElement) {
    const design = designOf(new URL(reference.href));
    // Of other teams nothing would be told.
    return design && teamsOnPage().some(({ slug }) => slug === design.team) ? design : null;
  }
  const [team, number] = [teamHere(), designAt(reference.textContent ?? "", "")];
  return team !== null && number !== null ? { team, number } : null;
}

async function fill(reference: Element, place: HTMLElement): Promise<boolean> {
  const design = designNamed(reference);
  const card = design && (await Cards.of(design.team).get(design.number));
  // Of what is not there, or not for this person, nothing is said.
  if (card) describe(card, place, reference.matches("a"));
  return card !== null;
}

const TONES: Readonly<Record<string, string>> = { proposed: "accent", accepted: "success", implemented: "success" };

function describe(card: DesignCard, place: HTMLElement, isLink: boolean): void {
  place.className = "design-card";
  const head = place.appendChild(make("p", "line"));
  head.append(make("span", "muted small", `D-${card.number}`), badge(stateOf(card), card.archived ? "" : (TONES[card.state] ?? "")));
  place.append(make("p", "title", card.title));
  const proposal = proposalOf(card);
  const facts = place.appendChild(make("p", "muted small", `Owner: ${card.owner.name}`));
  if (proposal !== null) facts.append(` · P-${card.proposal![0]}: ${proposal.toLowerCase()}`);
  if (isLink) place.append(make("p", "muted small by-finger", "Tap again to open it."));
}

function badge(words: string, tone: string): HTMLElement {
  return make("span", `badge dotted ${tone}`, words);
}

const STYLE = `
.design-card { display: grid; gap: .25rem; min-inline-size: 12rem; font-size: .875rem; line-height: 1.45 }
.design-card .title { font-weight: 600; overflow-wrap: anywhere }
.design-card .by-finger { display: none }
@media (hover: none) { .design-card .by-finger { display: block } }
`;
