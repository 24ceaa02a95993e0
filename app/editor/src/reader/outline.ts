/** Which heading the reader is at. */
import type { Emit } from "../contract.ts";

/** A heading counts as reached this far below the window's top: page headers stick there. In px. */
const REACHED = 140;

/** Emits `heading` whenever the section at the top of the window is another. Returns what ends it. */
export function followHeadings(root: HTMLElement, emit: Emit): () => void {
  const headings = [...root.querySelectorAll<HTMLElement>(":is(h1, h2, h3, h4, h5, h6)[id]")];
  let said = "";
  let planned = 0;
  const look = () => {
    planned = 0;
    const reached = headings.findLast((heading) => heading.getBoundingClientRect().top <= REACHED) ?? headings[0];
    const anchor = reached?.id ?? "";
    if (anchor === said) return;
    said = anchor;
    emit({ type: "heading", anchor });
  };
  const scrolled = () => {
    planned ||= requestAnimationFrame(look);
  };
  addEventListener("scroll", scrolled, { passive: true, capture: true });
  look();
  return () => {
    cancelAnimationFrame(planned);
    removeEventListener("scroll", scrolled, { capture: true });
  };
}
