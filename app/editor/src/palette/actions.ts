/** What can be done on this page, read off the page: the palette offers what the page does, and nothing that it would not. */
import type { Item } from "./item.ts";

/** Where pages keep what can be done with them: bars, heads, tabs, filters, menus. What belongs to a row, a thread or a form is done there. */
const BARS = ".head, .acts, .tabs, .chips, .desk-bar, .notices, .design-title, .design-head > .line, .diff-steps, .whole";
const PRESSED = "a[href], button";
const OFFERED = `main :is(${BARS}) :is(${PRESSED}), main .whole, main .menu :is(${PRESSED}), main [data-command]`;

/** What is no part of what a button says: counts, hints of keys, what is only shown. */
const UNSAID = ".aside, .tab-count, .count, kbd, svg, [aria-hidden=true]";

/** The actions of the page as it is now. */
export function actionsOnPage(): Item[] {
  const seen = new Set<string>();
  return [...document.querySelectorAll<HTMLElement>(OFFERED)].flatMap((element) => {
    const item = isOffered(element) ? itemOf(element) : null;
    if (!item || seen.has(item.id)) return [];
    seen.add(item.id);
    return [item];
  });
}

function isOffered(element: HTMLElement): boolean {
  // Where one is already needs no way, and what opens a menu no button: what is in the menu is offered itself.
  if (element.matches(":disabled, [aria-disabled=true], [aria-current], [popovertarget]") || element.closest("dialog, .thread")) return false;
  // A closed menu's content is hidden, but offered as long as its button is.
  const menu = element.closest<HTMLElement>(".menu");
  const shown = menu ? document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(menu.id)}"]`) : element;
  return shown?.checkVisibility({ visibilityProperty: true }) ?? false;
}

function itemOf(element: HTMLElement): Item | null {
  const label = element.dataset["command"] ?? element.getAttribute("aria-label") ?? said(element);
  if (label === "") return null;
  // Of what the page is about one need not say so.
  const detail = element.closest(".acts") ? "" : (element.closest(".menu, nav, [role=group]")?.getAttribute("aria-label") ?? "");
  const icon = /#(.+)$/.exec(element.querySelector("use")?.getAttribute("href") ?? "")?.[1];
  // What is a link elsewhere in the palette too is one thing.
  const href = element instanceof HTMLAnchorElement && !element.hasAttribute("download") ? element.getAttribute("href") : null;
  return { id: href ?? `do ${label} ${detail}`, group: "Here", label, detail, icon: icon ?? "chevron-right", run: () => press(element), ...(href === null ? {} : { href }) };
}

/** What a button says, without what only goes with it. */
function said(element: HTMLElement): string {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (text) => (text.parentElement?.closest(UNSAID) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  let words = "";
  while (texts.nextNode()) words += texts.currentNode.textContent ?? "";
  return words.replace(/\s+/g, " ").trim();
}

function press(element: HTMLElement): void {
  // What is pressed often is where the focus would be.
  if (element.checkVisibility()) element.focus();
  element.click();
}
