/** A footnote's words where it is referred to, while that is pointed at or has the focus. */
import { HoverCard } from "../hover-card.ts";
import { drawFormula } from "./formula.ts";

/** Shows notes under `root`. Returns what ends it. */
export function previewNotes(root: HTMLElement): () => void {
  if (!root.querySelector(".footnote")) return () => undefined;
  const card = new HoverCard(root, {
    find: (element) => element.closest('sup > a[href^="#n-"]'),
    fill: (link, words, place) => {
      const note = root.querySelector(`#${CSS.escape(link.getAttribute("href")!.slice(1))}`);
      if (!note) return false;
      words.className = "prose comment";
      words.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
      words.querySelector("sup")?.remove();
      for (const copy of words.querySelectorAll("[id]")) copy.removeAttribute("id");
      for (const formula of words.querySelectorAll<HTMLElement>(".maths:not(.drawn)")) drawFormula(formula, place);
      return true;
    },
  });
  return () => card.destroy();
}
