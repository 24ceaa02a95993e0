/** Short sentences about what just happened, at the foot of the page and aloud: as the pages' own (`app/src/components/toast.rs`). */
import { make, set } from "./dom.ts";

/** Long enough to read two short sentences, in ms. */
const SHOWN = 6_000;
/** A region that came with its words is not read; this is enough for it to be known, in ms. */
const KNOWN = 100;

let region: HTMLElement | null = null;

/** Says it. */
export function say(words: string): void {
  const place = (region ??= document.body.appendChild(made()));
  setTimeout(() => {
    const sentence = place.appendChild(make("div", "toast", words));
    setTimeout(() => sentence.remove(), SHOWN);
  }, KNOWN);
}

function made(): HTMLElement {
  const place = make("div", "toasts");
  set(place, { role: "status", "aria-live": "polite" });
  return place;
}
