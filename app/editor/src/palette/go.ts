/** Goes where an item leads. */

/** Waits until what a page shows late is there, in ms between looks, and so many times. */
const LOOK = { every: 100, times: 50 } as const;

/** As if a link were pressed: the page's router takes it. */
export function go(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  document.body.append(link);
  link.click();
  link.remove();
}

/** Brings an element into view and moves the focus there, so that reading goes on from it. */
export function show(element: HTMLElement, block: ScrollLogicalPosition = "start"): void {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block });
}

/** Goes to a page, and there to what is behind the `#`, further down its list where that is longer than is shown at first. */
export async function follow(href: string): Promise<void> {
  const [path = "", id] = href.split("#");
  go(path);
  for (let look = 0; id !== undefined && look < LOOK.times; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK.every));
    if (location.pathname !== path) continue;
    const element = document.getElementById(id);
    if (element) return show(element, "center");
    document.querySelector<HTMLButtonElement>("main .more button:enabled")?.click();
  }
}
