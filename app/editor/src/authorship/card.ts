/** The card that says who wrote a passage: a popover beside it, at the foot of the page where there is no room. */
import { make, set } from "../dom.ts";
import { colourOf } from "../people.ts";
import type { Part } from "./who-wrote.ts";
import { detailOf, nameOf, sharesOf } from "./words.ts";

/** Characters of the passage that the card repeats. */
const QUOTE = 120;

/** Where the passage is in the window, in px. */
export interface Spot {
  left: number;
  bottom: number;
}

/** Shows the card while the answer is awaited; when it is closed, `closed` is called, once. */
export function openCard(quote: string, spot: Spot, answer: Promise<Part[]>, closed: () => void): void {
  const card = make("div", "who-wrote");
  set(card, { popover: "auto", role: "dialog", "aria-labelledby": "who-wrote", tabindex: "-1" });
  // By the style sheet's names, so that it may place the card otherwise on a narrow page.
  card.style.setProperty("--left", `${spot.left}px`);
  card.style.setProperty("--top", `${spot.bottom}px`);
  const title = card.appendChild(make("h2", "", "Who wrote this"));
  title.id = "who-wrote";
  card.appendChild(make("blockquote", "muted", shortened(quote)));
  const said = card.appendChild(make("div"));
  said.setAttribute("role", "status");
  said.append(make("p", "muted", "Looking it up…"));
  card.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState !== "closed") return;
    card.remove();
    closed();
  });
  document.body.append(card);
  card.showPopover();
  card.focus();
  void answer.then(
    (parts) => said.replaceChildren(listOf(parts)),
    () => said.replaceChildren(make("p", "", "It could not be found out. Check your connection and try again.")),
  );
}

function listOf(parts: readonly Part[]): HTMLElement {
  // Suggested words are in nobody's text yet.
  if (parts.length === 0) return make("p", "", "Nothing of this is in the text yet.");
  const list = make("ul");
  const shares = sharesOf(parts);
  parts.forEach((part, n) => {
    const row = list.appendChild(make("li"));
    const dot = row.appendChild(make("span", "who-wrote-dot"));
    dot.setAttribute("aria-hidden", "true");
    if (part.who?.id) dot.style.setProperty("--person", colourOf(part.who.id));
    const what = row.appendChild(make("p"));
    what.append(make("strong", "", nameOf(part)), `, ${shares[n]}`);
    const detail = row.appendChild(make("p", "muted small", `${detailOf(part)}`));
    if (part.since) {
      const time = make("time", "", part.since);
      time.dateTime = part.since;
      detail.append(part.how === "wrote" ? ", not before " : ", ", time);
    }
  });
  return list;
}

function shortened(quote: string): string {
  const line = [...quote.trim().replace(/\s+/g, " ")];
  return line.length > QUOTE ? `${line.slice(0, QUOTE).join("")}…` : line.join("");
}
