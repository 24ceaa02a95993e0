/** The list of shortcuts, and the switch for those of a single key. */
import { make, symbol } from "../dom.ts";
import { isMac } from "../platform.ts";
import { caps, type Cap } from "./caps.ts";
import { PLACES, SHORTCUTS, type Shortcut } from "./registry.ts";
import { setSingleKeys, singleKeysOn } from "./single-keys.ts";

/** Opens the list; closing it gives the focus back to where it was. */
export function showShortcuts(): void {
  if (document.querySelector("dialog:modal")) return;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog wide shortcuts";
  dialog.setAttribute("aria-labelledby", "shortcuts-name");
  const body = make("div", "body");
  body.append(switchOf(), ...PLACES.map(placeOf));
  dialog.append(head(dialog), body);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

function head(dialog: HTMLDialogElement): HTMLElement {
  const header = make("header");
  const name = header.appendChild(make("h2", "", "Keyboard shortcuts"));
  name.id = "shortcuts-name";
  const close = header.appendChild(make("button", "button quiet square"));
  close.type = "button";
  close.setAttribute("aria-label", "Close");
  close.append(symbol("x"));
  close.addEventListener("click", () => dialog.close());
  return header;
}

function switchOf(): HTMLElement {
  const label = make("label", "choice");
  const box = label.appendChild(make("input"));
  box.type = "checkbox";
  box.checked = singleKeysOn();
  box.addEventListener("change", () => setSingleKeys(box.checked));
  const words = label.appendChild(make("span"));
  words.append(
    make("strong", "", "Shortcuts of single keys"),
    make("span", "hint", `Off, letters and signs alone do nothing outside of fields, on this device. This list is then found by ${isMac ? "⌘K" : "Ctrl+K"}.`),
  );
  return label;
}

function placeOf(place: (typeof PLACES)[number]): HTMLElement {
  const section = make("section");
  section.append(make("h3", "", place), make("dl"));
  for (const shortcut of Object.values<Shortcut>(SHORTCUTS)) if (shortcut.in === place) section.lastElementChild!.append(lineOf(shortcut));
  return section;
}

function lineOf({ what, keys }: Shortcut): HTMLElement {
  const line = make("div");
  const pressed = make("dd");
  pressed.append(...between(keys.map((each) => between(caps(each, isMac).map((chord) => between(chord.map(capOf), " ")), " then ")), " or "));
  line.append(make("dt", "", what), pressed);
  return line;
}

/** Things in a row, with a word between them. */
function between(things: (Node | string)[][], word: string): (Node | string)[] {
  return things.flatMap((thing, index) => (index === 0 ? thing : [word, ...thing]));
}

/** A key; a sign that is not read aloud is named. */
function capOf({ shown, aloud }: Cap): Node[] {
  const cap = make("kbd", "", shown);
  if (aloud === undefined) return [cap];
  cap.setAttribute("aria-hidden", "true");
  return [cap, make("span", "aside", aloud)];
}
