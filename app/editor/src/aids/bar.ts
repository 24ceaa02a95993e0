/** A small bar of buttons at something in the text: reached by Alt and F10, walked by the arrow keys, left by Escape. */
import { EditorView, type Command, type Tooltip } from "@codemirror/view";

import { left, PART } from "../preview/focus.ts";
import { look } from "../theme.ts";

const { UI, MUTED, RAISED, BORDER, ACCENT, ACCENT_SOFT } = look;

/** Where the page's own button stands at the text, and the hand that writes in front of it, a bar goes below what it is about and not above. */
const NARROW = matchMedia("(width < 1100px)");

/** Where to show a bar for a stretch of text; `before` where nothing about it has changed. */
export function barAt(from: number, to: number, before: Tooltip | null, create: Tooltip["create"]): Tooltip {
  const above = !NARROW.matches;
  const pos = above ? from : to;
  return before?.pos === pos && before.above === above ? before : { pos, above, create };
}

/** One button. */
export interface Button {
  /** What it does, in words: read aloud and shown when pointed at. */
  name: string;
  /** Its symbol in the page's sprite. */
  icon: string;
  run: Command;
}

/** Buttons that stand together, and what they are all about. */
export interface Group {
  name?: string;
  buttons: readonly Button[];
}

/** Builds a bar. */
export function bar(view: EditorView, name: string, groups: readonly Group[]): HTMLElement {
  const element = document.createElement("div");
  element.className = "cm-bar";
  element.setAttribute("role", "toolbar");
  element.setAttribute("aria-label", name);
  element.setAttribute(PART, "");
  for (const group of groups) {
    const place = element.appendChild(document.createElement("span"));
    place.className = "cm-bar-group";
    if (group.name !== undefined) place.appendChild(document.createElement("small")).textContent = group.name;
    place.append(...group.buttons.map((button) => buttonOf(view, button)));
  }
  // The selection in the text must survive that a button is pressed.
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("keydown", (event) => walk(view, element, event));
  element.addEventListener("focusout", () => left(view));
  return element;
}

/** Puts the focus on the bar that is there. */
export const enterBar: Command = (view) => {
  const first = view.dom.querySelector<HTMLElement>(".cm-bar button");
  first?.focus();
  return first !== null;
};

function buttonOf(view: EditorView, { name, icon, run }: Button): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.title = name;
  button.tabIndex = -1;
  button.setAttribute("aria-label", name.replace(/ \(.*\)$/, ""));
  button.append(symbol(icon));
  button.addEventListener("click", () => {
    run(view);
    view.focus();
  });
  return button;
}

function symbol(name: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = svg.appendChild(document.createElementNS(space, "use"));
  use.setAttribute("href", `/icons.svg#${name}`);
  return svg;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function walk(view: EditorView, element: HTMLElement, event: KeyboardEvent): void {
  if (event.key === "Escape") {
    view.focus();
  } else if (event.key in STEPS) {
    const buttons = [...element.querySelectorAll("button")];
    const at = buttons.findIndex((button) => button === document.activeElement) + STEPS[event.key]!;
    buttons[(at + buttons.length) % buttons.length]?.focus();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** How bars look. */
export const barStyle = EditorView.theme({
  ".cm-tooltip.cm-bar": { display: "flex", flexWrap: "wrap", gap: "2px 10px", maxInlineSize: "calc(100vw - 16px)", zIndex: "15", padding: "2px", fontFamily: UI, fontSize: "0.8125rem", lineHeight: "1.4", backgroundColor: RAISED, border: `1px solid ${BORDER}`, borderRadius: "8px", boxShadow: "var(--shadow-2, 0 4px 16px oklch(0 0 0 / 0.14))" },
  ".cm-bar-group": { display: "flex", gap: "2px" },
  ".cm-bar button": { display: "inline-flex", alignItems: "center", justifyContent: "center", minInlineSize: "26px", minBlockSize: "24px", padding: "2px 5px", margin: "0", border: "0", borderRadius: "5px", background: "none", color: "inherit", font: "inherit", cursor: "pointer" },
  ".cm-bar button:hover": { backgroundColor: ACCENT_SOFT },
  ".cm-bar button:focus-visible": { outline: `2px solid ${ACCENT}`, outlineOffset: "-1px" },
  ".cm-bar small": { alignSelf: "center", paddingInline: "6px 2px", color: MUTED, fontSize: "0.75rem" },
  // Nothing may stand in the way of a pointer that is still selecting.
  "&:has(.cm-content:active) .cm-bar": { visibility: "hidden" },
});
