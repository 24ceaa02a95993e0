/** A small bar of buttons at something in the text: reached by Alt and F10, walked by the arrow keys, left by Escape. */
import { StateField, type EditorState, type Extension } from "@codemirror/state";
import { EditorView, showTooltip, type Command, type Tooltip } from "@codemirror/view";

import { symbol } from "../dom.ts";
import { hasFocus, lostFocus, PART } from "../preview/focus.ts";
import { look } from "../theme.ts";

const { UI, MUTED, RAISED, BORDER, ACCENT, ACCENT_SOFT } = look;

/** On narrow pages the button that comments stands above a selection, so that a bar goes below what it is about. */
const NARROW = matchMedia("(width < 1100px)");

/** Where a bar belongs. */
interface Stretch {
  from: number;
  to: number;
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

/**
 * A bar for the stretch of text that `where` finds in whatever can be written in, or, where it is `always`, in any text; none: no bar. `gap` is kept
 * between the two, in px.
 */
export function barAt(name: string, groups: readonly Group[], gap: number, where: (state: EditorState) => Stretch | null, always = false): Extension {
  const create = (view: EditorView) => ({ dom: build(view, name, groups), offset: { x: 0, y: gap } });
  const find = (state: EditorState, before: Tooltip | null): Tooltip | null => {
    const found = (state.readOnly && !always) || !hasFocus(state) || state.selection.ranges.length > 1 ? null : where(state);
    if (!found) return null;
    const above = !NARROW.matches;
    const pos = above ? found.from : found.to;
    return before?.pos === pos && before.above === above ? before : { pos, above, create };
  };
  const shown = StateField.define<Tooltip | null>({
    create: (state) => find(state, null),
    update: (before, tr) => find(tr.state, before),
    provide: (field) => showTooltip.from(field),
  });
  return [shown, style];
}

function build(view: EditorView, name: string, groups: readonly Group[]): HTMLElement {
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
  element.addEventListener("focusout", () => lostFocus(view));
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

const style = EditorView.theme({
  ".cm-tooltip.cm-bar": { display: "flex", flexWrap: "wrap", gap: "2px 10px", maxInlineSize: "calc(100vw - 16px)", zIndex: "15", padding: "2px", fontFamily: UI, fontSize: "0.8125rem", lineHeight: "1.4", backgroundColor: RAISED, border: `1px solid ${BORDER}`, borderRadius: "8px", boxShadow: "var(--shadow-high, 0 4px 16px oklch(0 0 0 / 0.14))" },
  ".cm-bar-group": { display: "flex", gap: "2px" },
  ".cm-bar button": { display: "inline-flex", alignItems: "center", justifyContent: "center", minInlineSize: "26px", minBlockSize: "24px", padding: "2px 5px", margin: "0", border: "0", borderRadius: "5px", background: "none", color: "inherit", font: "inherit", cursor: "pointer" },
  ".cm-bar button:hover": { backgroundColor: ACCENT_SOFT },
  ".cm-bar button:focus-visible": { outline: `2px solid ${ACCENT}`, outlineOffset: "-1px" },
  ".cm-bar small": { alignSelf: "center", paddingInline: "6px 2px", color: MUTED, fontSize: "0.75rem" },
  // Nothing may stand in the way of a pointer that is still selecting.
  "&:has(.cm-content:active) .cm-bar": { visibility: "hidden" },
});
