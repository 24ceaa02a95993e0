/** One person's face, and the menu of what one can do about them. */
import type { Person } from "../contract.ts";
import { make, set } from "../dom.ts";
import { initials } from "../members.ts";

/** What a face needs to know and can ask for. */
export interface Acts {
  /** Whether somebody has their caret in the text. */
  isInText(account: string): boolean;
  /** Whether somebody is followed. */
  isFollowed(account: string): boolean;
  /** Goes to their caret. */
  goTo(person: Person): void;
  /** Follows them, or stops. */
  follow(person: Person): void;
}

let count = 0;

/** A face in the list. */
export class Face {
  /** Its item of the list. */
  readonly item = document.createElement("li");
  readonly #button = make("button", "face");
  readonly #menu = make("div", "menu");
  readonly #acts: Acts;
  #person: Person;

  constructor(person: Person, acts: Acts) {
    this.#acts = acts;
    this.#person = person;
    this.#menu.id = `here-${++count}`;
    this.#menu.popover = "auto";
    this.#menu.setAttribute("role", "group");
    this.#menu.addEventListener("beforetoggle", (event) => (event as ToggleEvent).newState === "open" && this.#fill());
    this.#button.type = "button";
    this.#button.popoverTargetElement = this.#menu;
    this.item.append(this.#button, this.#menu);
    this.show(person);
  }

  /** Shows the person as they are now. */
  show(person: Person): void {
    this.#person = person;
    const followed = this.#acts.isFollowed(person.account);
    const name = [person.name, ...(person.idle ? ["idle"] : []), ...(followed ? ["followed"] : [])].join(", ");
    this.#button.textContent = initials(person.name);
    this.#button.title = name;
    set(this.#button, { "aria-label": name });
    this.#button.style.setProperty("--colour", person.colour);
    set(this.item, { "data-idle": String(person.idle), "data-followed": String(followed) });
    set(this.#menu, { "aria-label": person.name });
    if (this.#menu.matches(":popover-open") && !this.#menu.contains(document.activeElement)) this.#fill();
  }

  #fill(): void {
    const { account, name, idle } = this.#person;
    const inText = this.#acts.isInText(account);
    const facts = [name, ...(idle ? ["idle"] : []), ...(inText ? [] : ["not in the text at the moment"])];
    const go = this.#act(`Go to ${name}’s caret`, () => this.#acts.goTo(this.#person));
    go.disabled = !inText;
    const follow = this.#act(this.#acts.isFollowed(account) ? `Stop following ${name}` : `Follow ${name}`, () => this.#acts.follow(this.#person));
    this.#menu.replaceChildren(make("p", "muted small", facts.join(", ")), go, follow);
  }

  #act(words: string, act: () => void): HTMLButtonElement {
    const button = make("button", "", words);
    button.type = "button";
    button.addEventListener("click", () => {
      this.#menu.hidePopover();
      act();
    });
    return button;
  }
}
