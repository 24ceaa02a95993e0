/** Who else is here: faces, and whom one follows. */
import type { Person } from "../contract.ts";
import { make, set } from "../dom.ts";
import { Face, type Acts } from "./face.ts";
import { Following, goTo, type End } from "./following.ts";
import { whereIs, type Room } from "./room.ts";

/** How many faces are shown before the rest becomes a number. */
const SHOWN = 5;

/** The bar in an element of the page's. */
export class PeopleBar {
  readonly #room: Room;
  readonly #place: Element;
  readonly #list = make("ul", "faces");
  readonly #more = make("li");
  readonly #moreButton = make("button", "button quiet compact");
  readonly #chip = make("div", "following");
  readonly #words = make("span");
  readonly #said = make("span", "aside");
  readonly #faces = new Map<string, Face>();
  readonly #acts: Acts;
  #others: readonly Person[] = [];
  #all = false;
  #following: { person: Person; what: Following } | null = null;

  constructor(place: Element, room: Room) {
    this.#place = place;
    this.#room = room;
    this.#acts = {
      isInText: (account) => typeof whereIs(room, account) === "number",
      isFollowed: (account) => this.#following?.person.account === account,
      goTo: (person) => this.#goTo(person),
      follow: (person) => (this.#acts.isFollowed(person.account) ? this.#stop() : this.#follow(person)),
    };
    set(this.#list, { "aria-label": "Here now" });
    set(this.#said, { role: "status" });
    this.#moreButton.type = "button";
    this.#moreButton.addEventListener("click", () => this.#toggleAll());
    this.#more.append(this.#moreButton);
    const stop = make("button", "button compact", "Stop");
    stop.type = "button";
    set(stop, { "aria-label": "Stop following" });
    stop.addEventListener("click", () => this.#stop());
    this.#chip.append(this.#words, stop);
    this.#chip.hidden = true;
    place.replaceChildren(this.#list, this.#chip, this.#said);
  }

  /** Shows these people, but for the one at this screen. */
  show(people: readonly Person[]): void {
    this.#others = people.filter(({ me }) => !me);
    this.#draw();
  }

  /** Takes it away. */
  destroy(): void {
    const { what } = this.#following ?? {};
    this.#following = null;
    what?.end("stopped");
    this.#place.replaceChildren();
  }

  #draw(): void {
    const shown = this.#all ? this.#others : this.#others.slice(0, SHOWN);
    const accounts = new Set(shown.map(({ account }) => account));
    for (const [account, face] of this.#faces) {
      if (accounts.has(account)) continue;
      face.item.remove();
      this.#faces.delete(account);
    }
    shown.forEach((person, index) => {
      const face = this.#faces.get(person.account) ?? new Face(person, this.#acts);
      this.#faces.set(person.account, face);
      face.show(person);
      // What is where it belongs is not moved: it may have the focus.
      if (this.#list.children[index] !== face.item) this.#list.insertBefore(face.item, this.#list.children[index] ?? null);
    });
    const rest = this.#others.length - SHOWN;
    if (rest > 0) this.#list.append(this.#more);
    else this.#more.remove();
    this.#moreButton.textContent = this.#all ? "Fewer" : `+${rest}`;
    set(this.#moreButton, { "aria-expanded": String(this.#all), "aria-label": this.#all ? "Show fewer people" : `Show ${rest} more` });
  }

  #toggleAll(): void {
    this.#all = !this.#all;
    this.#draw();
  }

  #goTo(person: Person): void {
    const at = whereIs(this.#room, person.account);
    if (typeof at !== "number") return this.#say(`${person.name} is not in the text at the moment.`);
    // One has gone there oneself now.
    this.#following?.what.end("stopped");
    goTo(this.#room, at);
    this.#say(`At ${person.name}’s caret.`);
  }

  #follow(person: Person): void {
    this.#following?.what.end("stopped");
    this.#say(`Following ${person.name}. Press Escape to stop.`);
    const what = new Following(this.#room, person.account, (news) => this.#hear(person, news));
    // They may have left while the menu was open.
    if (whereIs(this.#room, person.account) === "gone") return;
    this.#following = { person, what };
    this.#chip.hidden = false;
    this.#chip.style.setProperty("--colour", person.colour);
    this.#draw();
  }

  #stop(): void {
    const { person, what } = this.#following ?? {};
    what?.end("stopped");
    // The button that was pressed is gone.
    if (person) this.#faces.get(person.account)?.item.querySelector("button")?.focus();
  }

  #hear(person: Person, news: "in the text" | "elsewhere" | End): void {
    if (news === "in the text" || news === "elsewhere") {
      this.#words.textContent = `Following ${person.name}${news === "elsewhere" ? ", not in the text" : ""}`;
      if (news === "elsewhere") this.#say(`Following ${person.name}, who is not in the text at the moment.`);
      return;
    }
    this.#following = null;
    this.#chip.hidden = true;
    this.#words.textContent = "";
    this.#say(news === "left" ? `${person.name} has left.` : `No longer following ${person.name}.`);
    this.#draw();
  }

  #say(words: string): void {
    this.#said.textContent = words;
  }
}
