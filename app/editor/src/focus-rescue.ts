/**
 * When what has the focus is taken off the page, a form that was sent, a card that is no longer listed, the focus would be nowhere, and whoever
 * works by keyboard or hears the page would have to begin at its top. It goes to what stands there now.
 */

/** What can have the focus; of cards and comments, which are no stops for Tab, the whole. */
const FOCUSABLE = ":is(a[href], button:enabled, input:enabled:not([type=hidden]), textarea:enabled, select:enabled, summary, [tabindex], [contenteditable=true])";

/** Starts, and never stops. */
export function rescueFocus(): void {
  /** What had the focus last, and everything it stands in: taken off the page, it may be taken apart too. */
  let path: Element[] = [];
  addEventListener("focusin", ({ target }) => (path = target instanceof Element ? pathOf(target) : []));
  new MutationObserver((records) => {
    const [last] = path;
    if (!last || document.activeElement !== document.body) return;
    if (last.isConnected) {
      // A button that waits for its answer loses the focus, and gets it back with the answer.
      if (last.matches(FOCUSABLE) && records.some(({ type, target }) => type === "attributes" && target === last)) (last as HTMLElement).focus();
      return;
    }
    const record = records.find(({ target, removedNodes }) => target.isConnected && [...removedNodes].some((node) => path.includes(node as Element)));
    // A page that gives way to another is not repaired.
    if (!(record?.target instanceof Element) || !record.target.closest("main, dialog")) return;
    path = [];
    const near = candidates(record);
    // What replaces it may still be on its way into the page, and may take the focus itself.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) firstOf(near)?.focus();
    });
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
}

function pathOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let each: Element | null = element; each; each = each.parentElement) path.push(each);
  return path;
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
