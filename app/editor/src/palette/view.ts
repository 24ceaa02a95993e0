/** How the palette looks: the list below the field, what is said of it, and the keys at its foot. */
import { make, set, symbol } from "../dom.ts";
import { isMac } from "../platform.ts";
import { written } from "../shortcuts/caps.ts";
import { wordsOf, type Found, type Item, type Piece, type Section } from "./item.ts";
import type { Span } from "./match.ts";

/** What the person does with what they see. */
export interface Hands {
  /** Points at an item. */
  point(item: Item): void;
  /** Presses it. */
  choose(item: Item, event: MouseEvent): void;
}

/** The list in the palette's window. */
export class View {
  readonly #dialog: HTMLDialogElement;
  readonly #input: HTMLInputElement;
  readonly #hands: Hands;
  readonly #list = make("div", "palette-list");
  readonly #words = make("p", "palette-said");
  readonly #count = make("p", "aside");
  #options = new Map<string, HTMLElement>();

  constructor(dialog: HTMLDialogElement, input: HTMLInputElement, hands: Hands) {
    this.#dialog = dialog;
    this.#input = input;
    this.#hands = hands;
    this.#list.id = "palette-list";
    set(this.#list, { role: "listbox", "aria-label": "What is found" });
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.#list.id });
    set(this.#words, { role: "status" });
    set(this.#count, { role: "status" });
    // The focus stays in the field, whatever is pressed.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    input.before(symbol("search"));
    input.after(this.#closer());
    dialog.append(this.#list, this.#words, this.#count, foot());
  }

  /** Shows items. `busy`: more may come. */
  show(sections: readonly Section[], said: { words: string; busy: boolean }): void {
    this.#options = new Map();
    this.#list.replaceChildren(...sections.map((section) => this.#group(section)));
    const count = this.#options.size;
    this.#list.hidden = count === 0;
    set(this.#input, { "aria-expanded": String(count > 0) });
    set(this.#dialog, { "aria-busy": String(said.busy) });
    tell(this.#words, said.words);
    this.#words.hidden = said.words === "";
    tell(this.#count, count === 0 || said.busy ? "" : `${count} found`);
  }

  /** Marks the item that Enter chooses; `reveal` where it may be out of sight. */
  activate(item: Item | null, reveal = false): void {
    for (const [id, option] of this.#options) set(option, { "aria-selected": String(id === item?.id) });
    const option = item ? this.#options.get(item.id) : undefined;
    if (!option) return this.#input.removeAttribute("aria-activedescendant");
    set(this.#input, { "aria-activedescendant": option.id });
    if (!reveal) return;
    // With the first of all its heading is seen too.
    if (option === this.#options.values().next().value) this.#list.scrollTop = 0;
    else option.scrollIntoView({ block: "nearest" });
  }

  #closer(): HTMLElement {
    const button = make("button", "button quiet square");
    set(button, { type: "button", "aria-label": "Close" });
    button.append(symbol("x"));
    button.addEventListener("click", () => this.#dialog.close());
    return button;
  }

  #group({ group, found }: Section): HTMLElement {
    const element = make("div", "palette-group");
    const name = element.appendChild(make("div", "palette-name", group));
    name.id = `palette-${group.toLowerCase().replace(" ", "-")}`;
    set(element, { role: "group", "aria-labelledby": name.id });
    set(name, { role: "presentation" });
    element.append(...found.map((one) => this.#option(one)));
    return element;
  }

  #option({ item, marks }: Found): HTMLElement {
    const option = make("div", "palette-option");
    option.id = `palette-option-${this.#options.size}`;
    set(option, { role: "option", "aria-selected": "false" });
    // Deep headings are set in only as far as one still sees them.
    if (this.#input.value.length < 2 && item.depth) option.dataset["depth"] = String(Math.min(3, item.depth));
    const words = make("span", "palette-words");
    words.append(...labelOf(item, marks));
    if (item.passage && marks.length === 0) words.append(passageOf(item.passage));
    option.append(symbol(item.icon), words);
    if (item.detail) option.append(make("span", "palette-detail", item.detail));
    if (item.keys) option.append(make("kbd", "", written(item.keys, isMac)));
    option.addEventListener("pointermove", () => this.#hands.point(item));
    option.addEventListener("click", (event) => this.#hands.choose(item, event));
    this.#options.set(item.id, option);
    return option;
  }
}

/** Words with what was found in them marked; a number before them is set apart. */
function labelOf(item: Item, marks: readonly Span[]): Node[] {
  const text = wordsOf(item);
  const start = text.length - item.label.length;
  const label = make("span", "palette-label");
  label.append(...marked(text, marks, start, text.length));
  if (start === 0) return [label];
  const number = make("span", "palette-number");
  number.append(...marked(text, marks, 0, start - 1));
  return [number, " ", label].map((node) => (typeof node === "string" ? document.createTextNode(node) : node));
}

function marked(text: string, marks: readonly Span[], from: number, to: number): Node[] {
  const nodes: Node[] = [];
  let at = from;
  for (const [start, end] of marks) {
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    if (first >= last) continue;
    nodes.push(document.createTextNode(text.slice(at, first)), make("mark", "", text.slice(first, last)));
    at = last;
  }
  return [...nodes, document.createTextNode(text.slice(at, to))];
}

function passageOf(pieces: readonly Piece[]): HTMLElement {
  const passage = make("span", "palette-passage");
  passage.append(...pieces.map(({ text, marked }) => (marked ? make("mark", "", text) : document.createTextNode(text))));
  return passage;
}

/** What the keys do, for those who see it; a screen reader says the same of a combobox. */
function foot(): HTMLElement {
  const element = make("div", "palette-foot");
  set(element, { "aria-hidden": "true" });
  const hints: [string, string][] = [["↑ ↓", "choose"], [isMac ? "↩" : "Enter", "open"], [isMac ? "⌘↩" : "Ctrl+Enter", "new tab"], [">", "actions"], ["#", "headings"], ["@", "people"]];
  for (const [keys, what] of hints) element.appendChild(make("span", "")).append(make("kbd", "", keys), ` ${what}`);
  return element;
}

/** Said again only when it is something else. */
function tell(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
