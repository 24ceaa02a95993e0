/**
 * When what has the focus is taken off the page, a form that was sent, a card that is no longer listed, the focus would be nowhere, and whoever
 * works by keyboard or hears the page would have to begin at its top. It goes to what stands there now.
 */

/** What can have the focus; of cards and comments, which are no stops for Tab, the whole. */
const FOCUSABLE = ":is(a[href], button:enabled, input:enabled:not([type=hidden]), textarea:enabled, select:enabled, summary, [tabindex], [contenteditable=true])";

/** Starts, and never stops. */
export function rescueFocus(): void {
  let last: Element | null = null;
  addEventListener("focusin", ({ target }) => (last = target instanceof Element ? target : null));
  new MutationObserver((records) => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    const lost = last;
    const record = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(lost)));
    // A page that gives way to another is not repaired.
    if (!(record?.target instanceof Element) || !record.target.closest("main, dialog")) return;
    last = null;
    const near = candidates(record);
    // What replaces it may still be on its way into the page, and may take the focus itself.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) firstOf(near)?.focus();
    });
  }).observe(document.body, { childList: true, subtree: true });
}

/** Where to look, the nearest first: what it was in, what came after it, what came before it, what is around. */
function* candidates({ target, nextSibling, previousSibling }: MutationRecord): Iterable<Element> {
  const around = target as Element;
  if (around.matches(FOCUSABLE)) yield around;
  for (let node = nextSibling; node; node = node.nextSibling) if (node instanceof Element) yield node;
  for (let node = previousSibling; node; node = node.previousSibling) if (node instanceof Element) yield node;
  for (let node: Element | null = around; node && !node.matches("main, dialog"); node = node.parentElement) yield node;
}

function firstOf(elements: Iterable<Element>): HTMLElement | null {
  for (const element of elements) {
    if (!element.isConnected) continue;
    const found = [element, ...element.querySelectorAll(FOCUSABLE)].find((each) => each.matches(FOCUSABLE) && each.checkVisibility());
    if (found) return found as HTMLElement;
  }
  return null;
}
