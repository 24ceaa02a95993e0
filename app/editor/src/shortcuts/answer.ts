/** Answers the shortcuts that are not the page's own: by pressing, or going to, what the page offers. */
import { SHORTCUTS } from "./registry.ts";
import { Sequence } from "./sequence.ts";

/** What is done here. The rest of the registry belongs to the pages (`app/src/components/keys.rs`) and to the editor. */
const ANSWERS = {
  list: () => void import("./list.ts").then(({ showShortcuts }) => showShortcuts()),
  inbox: () => press('.navigation a[href="/"].place'),
  designs: () => press(`.navigation .places a[href="${teamPath() ?? ""}"]`) || press(".navigation .places a"),
  nextLine: () => step(1),
  previousLine: () => step(-1),
} satisfies Partial<Record<keyof typeof SHORTCUTS, () => unknown>>;

const sequence = new Sequence(new Map(Object.entries(ANSWERS).map(([name, act]) => [SHORTCUTS[name as keyof typeof ANSWERS].keys[0], act])));

/** Does what a key means, with those before it. */
export function answer(event: KeyboardEvent): void {
  sequence.press(event.key, event.timeStamp);
}

function teamPath(): string | null {
  return /^\/teams\/[^/]+/.exec(location.pathname)?.[0] ?? null;
}

function press(selector: string): boolean {
  const link = document.querySelector<HTMLElement>(selector);
  link?.click();
  return link !== null;
}

/** Moves the focus along a list; Enter is the link's own. Behind the last line is what shows more. */
function step(by: 1 | -1): void {
  const lines = [...document.querySelectorAll<HTMLElement>("main :is(.rows.linked .open, .facts-list li > a, .more button:enabled)")].filter((line) => line.checkVisibility());
  const at = lines.findIndex((line) => (line.closest("li") ?? line).contains(document.activeElement));
  const next = at < 0 ? lines[0] : lines[at + by];
  next?.focus();
}
