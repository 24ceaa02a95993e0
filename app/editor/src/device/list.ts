/** The list of copies, on the page that stands in for all others and in the settings. */
import { make, symbol } from "../dom.ts";
import { ago, dateOf } from "../relative-time.ts";
import { addressOf } from "./address.ts";
import type { Copy } from "./copies.ts";
import { counted, sizeWords } from "./words.ts";

/** The list; one line a proposal. */
export function copyList(copies: readonly Copy[]): HTMLElement {
  const list = make("ul", "rows linked card copies");
  list.append(...copies.map(line));
  return list;
}

/** Nothing is there: why, and how that changes. */
export function nothingHere(): HTMLElement {
  const words = "A proposal that you open in Write while you are online is kept here, and opens again without a network.";
  return emptyCard("cloud-off", "Nothing on this device yet", words);
}

/** Says that there is nothing, and what follows from it. */
export function emptyCard(icon: string, heading: string, words: string): HTMLElement {
  const empty = make("div", "empty card");
  empty.append(symbol(icon), make("h2", "", heading), make("p", "", words));
  return empty;
}

/** The browser does not say what it has. */
export function noStorage(): HTMLElement {
  const notice = make("div", "notice danger");
  notice.setAttribute("role", "alert");
  const text = make("div", "", "This browser lets Quorum store nothing on this device, so nothing can be shown without a network.");
  notice.append(symbol("circle-alert"), text);
  return notice;
}

/** An instant; where it is in the page, `times.ts` keeps its words up to date. */
export function moment(then: number): HTMLTimeElement {
  const time = make("time", "", ago(then, Date.now()) ?? dateOf(then, Date.now(), document.documentElement.lang || "en-GB"));
  time.dateTime = new Date(then).toISOString();
  return time;
}

function line(copy: Copy): HTMLElement {
  const item = make("li");
  const what = make("div", "grow");
  what.append(title(copy), facts(copy));
  item.append(what);
  if (copy.unsent > 0) item.append(make("span", "badge warning dotted", `${counted(copy.unsent, "change")} not on the server`));
  return item;
}

function title({ label, whole }: Copy): HTMLElement {
  if (!label) return make("p", "", "Changes to a proposal that is no longer kept here");
  const words = label.title || "Untitled";
  if (!whole) return make("p", "", words);
  const link = make("a", "open", words);
  link.href = addressOf(label);
  const place = make("p");
  place.append(link);
  return place;
}

function facts({ label, whole, bytes }: Copy): HTMLElement {
  const facts = make("p", "small muted");
  if (label) facts.append(`D-${label.design} P-${label.number} · ${label.teamName} · `);
  if (whole && label?.synced) facts.append("as on the server ", moment(label.synced), " · ");
  else if (!whole) facts.append("open it while you are online to see it whole · ");
  facts.append(sizeWords(bytes));
  return facts;
}
