/** Shows the passage that the page's address leads to. */
import { make } from "../dom.ts";
import { findPassage } from "../passage/find.ts";
import { passageIn } from "../passage/link.ts";
import { say } from "../say.ts";
import { adopt } from "../style-sheet.ts";
import { PageText } from "./page-text.ts";

const NAME = "linked-passage";

/** The fragment whose passage has been brought into view: a text that is made anew stays where its reader is. */
let shown = "";

/** Marks it in a rendered text. Returns what ends it, and what looks again after the page was drawn anew. */
export function followLinked(root: HTMLElement): { again(): void; end(): void } {
  const linked = new Linked(root);
  const changed = () => linked.look();
  addEventListener("hashchange", changed);
  linked.look();
  return {
    again: () => linked.mark(),
    end() {
      removeEventListener("hashchange", changed);
      linked.clear();
    },
  };
}

class Linked {
  readonly #root: HTMLElement;
  #note: HTMLElement | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Finds what the address leads to, and goes there. */
  look(): void {
    this.clear();
    const found = this.mark();
    if (found === undefined || shown === location.hash) return;
    shown = location.hash;
    if (found === null) return this.#tell(GONE);
    if (found.changed) say("The passage that the link leads to has changed since. What stands in its place is marked.");
    const block = found.range.startContainer.parentElement?.closest<HTMLElement>("[data-b]") ?? found.range.startContainer.parentElement;
    if (!block) return;
    // What is near by is laid out only when it comes near the view.
    block.scrollIntoView({ block: "center" });
    // From here on one reads, or goes on by keyboard.
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
  }

  /** Marks it only. Answers where; null: it is gone; undefined: the address leads to no passage. */
  mark(): { range: Range; changed: boolean } | null | undefined {
    const passage = passageIn(location.hash);
    if (!passage) return undefined;
    const page = new PageText(this.#root);
    const found = findPassage(page.text, passage);
    const range = found && page.range(found.from, found.to);
    if (!found || !range) return null;
    adopt(NAME, STYLE);
    // Older browsers only go there.
    if (typeof Highlight !== "undefined" && "highlights" in CSS) CSS.highlights.set(NAME, new Highlight(range));
    return { range, changed: found.changed };
  }

  clear(): void {
    this.#note?.remove();
    this.#note = null;
    if ("highlights" in CSS) CSS.highlights.delete(NAME);
  }

  /** Above the text, where one is when nothing was scrolled to. */
  #tell(words: string): void {
    const note = make("div", "notice linked-note");
    note.setAttribute("role", "status");
    const close = make("button", "button quiet compact", "Close");
    close.type = "button";
    close.addEventListener("click", () => this.clear());
    this.#note = note;
    // Not in the text: what is selected there is looked up in the source.
    this.#root.closest(".desk")?.before(note);
    // A region that came with its words is not read.
    requestAnimationFrame(() => note.append(make("span", "", words), close));
  }
}

const GONE = "The passage that the link leads to is not in this text any more. It may be in an earlier revision, or in the history.";

const STYLE = `
::highlight(${NAME}) { background-color: var(--mark-found, light-dark(oklch(.92 .1 95), oklch(.42 .075 90))); text-decoration: underline 2px var(--accent, currentColor) }
.linked-note { justify-content: space-between; margin-block-start: var(--space-4, 1rem) }
`;
