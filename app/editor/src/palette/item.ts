/** What the palette offers. */
import type { Span } from "./match.ts";

/** The kinds of items, as their groups are called, in the order of the empty palette. */
export const GROUPS = ["Recent", "Here", "Go to", "Designs", "Headings", "People"] as const;

/** A kind of items. */
export type Group = (typeof GROUPS)[number];

/** One thing to choose. */
export interface Item {
  /** Its name, the same every time: choices are remembered by it. */
  id: string;
  /** Its kind. */
  group: Exclude<Group, "Recent">;
  /** What it says. */
  label: string;
  /** What stands before that: a design's number. */
  before?: string;
  /** What else there is to know, in a few words. */
  detail?: string;
  /** Other words by which somebody may look for it. */
  also?: string;
  /** Its symbol in the page's sprite. */
  icon: string;
  /** Its shortcut, as in the registry. */
  keys?: string;
  /** How deep it is indented while nothing is typed. */
  depth?: number;
  /** The server found it by what was typed, though its own words may not say so: the passage that does. */
  passage?: Piece[];
  /** Where it leads; none: it does something. */
  href?: string;
  /** Does it. The palette is closed by then. */
  run: () => void;
}

/** A piece of a text, marked or not. */
export interface Piece {
  /** Its words. */
  text: string;
  /** Whether it is what was looked for. */
  marked: boolean;
}

/** What of an item is compared with what was typed. */
export function wordsOf({ before, label }: Pick<Item, "before" | "label">): string {
  return before === undefined ? label : `${before} ${label}`;
}

/** An item that was found, and the letters by which. */
export interface Found {
  /** The item. */
  item: Item;
  /** What to mark in `wordsOf` it. */
  marks: readonly Span[];
}

/** The found items of a kind, best first. */
export interface Section {
  /** Its heading. */
  group: Group;
  /** Never empty. */
  found: Found[];
}
