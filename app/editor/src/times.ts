/** Shows every `<time datetime>` in the reader's zone. The server writes UTC; the words are replaced only after hydration, which compares them. */
import { ago, dateOf, fullInstant } from "./relative-time.ts";

/** How often "5 min ago" is brought up to date, in ms. */
const REFRESH = 30_000;

/** Starts, and never stops: times come and go with the pages. */
export function localiseTimes(): void {
  const root = document.documentElement;
  const all = () => {
    if (root.hasAttribute("data-hydrated")) document.querySelectorAll<HTMLTimeElement>("time[datetime]").forEach(localise);
  };
  new MutationObserver((changes) => {
    if (!root.hasAttribute("data-hydrated")) return;
    if (changes.some((change) => change.target === root)) return all();
    for (const change of changes) {
      if (change.target instanceof HTMLTimeElement) localise(change.target);
      for (const node of change.addedNodes) {
        if (node instanceof HTMLTimeElement) localise(node);
        else if (node instanceof Element) node.querySelectorAll<HTMLTimeElement>("time[datetime]").forEach(localise);
      }
    }
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["datetime", "data-hydrated"] });
  setInterval(all, REFRESH);
  all();
}

function localise(time: HTMLTimeElement): void {
  // A day without a time of day is in the team's zone already.
  if (!time.dateTime.includes("T")) return;
  const then = Date.parse(time.dateTime);
  if (Number.isNaN(then)) return;
  const locale = document.documentElement.lang || "en-GB";
  const now = Date.now();
  const words = ago(then, now) ?? dateOf(then, now, locale);
  const title = fullInstant(then, locale);
  if (time.title !== title) time.title = title;
  if (time.textContent === words) return;
  // The page's framework may hold on to the text node: change it, do not replace it.
  const first = time.firstChild;
  if (first instanceof Text && time.childNodes.length === 1) first.data = words;
  else time.textContent = words;
}
