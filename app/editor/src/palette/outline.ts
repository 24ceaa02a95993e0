/** The headings of the text on the page, as things to go to. */
import type { EditorHandle } from "../contract.ts";
import { go, show } from "./go.ts";
import { headingsOf } from "./headings.ts";
import type { Item } from "./item.ts";

/** The live text's where there is an editor, else the rendered text's. */
export function headingsOnPage(editor: EditorHandle | null): Item[] {
  const text = editor?.text() ?? "";
  const items = text === "" ? rendered() : live(editor!, text);
  const top = Math.min(...items.map(({ depth = 1 }) => depth));
  return items.map((item) => ({ ...item, depth: (item.depth ?? 1) - top }));
}

function live(editor: EditorHandle, text: string): Item[] {
  return headingsOf(text).map(({ level, words, at }) => ({ id: `heading ${words}`, group: "Headings", label: words, icon: "heading", depth: level, run: () => editor.goTo(at) }));
}

function rendered(): Item[] {
  const headings = [...document.querySelectorAll<HTMLElement>("main .prose :is(h1, h2, h3, h4, h5, h6)")].filter((heading) => !heading.closest(".thread, dialog") && heading.checkVisibility());
  return headings.map((heading) => ({
    id: `heading ${wordsOf(heading)}`,
    group: "Headings",
    label: wordsOf(heading),
    icon: "heading",
    depth: Number(heading.localName.slice(1)),
    run: () => {
      // The address follows, as with the outline's own links.
      if (heading.id !== "") go(`#${heading.id}`);
      show(heading);
    },
  }));
}

function wordsOf(heading: HTMLElement): string {
  const copy = heading.cloneNode(true) as HTMLElement;
  copy.querySelectorAll(".anchor, sup, .katex-mathml, button").forEach((extra) => extra.remove());
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}
