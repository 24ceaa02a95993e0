/**
 * Every shortcut of the product, once: what the list says and what listens take the same keys from here. Keys are written as CodeMirror
 * writes them: `Mod` is Command on a Mac and Control elsewhere; a blank stands between keys that are pressed one after the other.
 */

/** Where a shortcut works, in the words and the order of the list. */
export const PLACES = ["Everywhere", "In lists", "In a proposal", "While writing", "In a table"] as const;

/** One shortcut. */
export interface Shortcut {
  /** Where it works. */
  in: (typeof PLACES)[number];
  /** What it does. */
  what: string;
  /** What is pressed; several where there are several ways. */
  keys: readonly [string, ...string[]];
}

/** All of them, by name, in the order of the list. */
export const SHORTCUTS = {
  palette: { in: "Everywhere", what: "Search, or do something", keys: ["Mod-k"] },
  list: { in: "Everywhere", what: "Show these shortcuts", keys: ["?"] },
  inbox: { in: "Everywhere", what: "Go to the inbox", keys: ["g i"] },
  designs: { in: "Everywhere", what: "Go to the designs of the team", keys: ["g d"] },
  close: { in: "Everywhere", what: "Close what is open, one after the other", keys: ["Escape"] },

  nextLine: { in: "In lists", what: "Go to the next line", keys: ["j"] },
  previousLine: { in: "In lists", what: "Go to the line before", keys: ["k"] },
  openLine: { in: "In lists", what: "Open the line", keys: ["Enter"] },
  putAway: { in: "In lists", what: "Put away the line, in the inbox", keys: ["e"] },

  nextThread: { in: "In a proposal", what: "Go to the next thread", keys: ["]"] },
  previousThread: { in: "In a proposal", what: "Go to the thread before", keys: ["["] },
  nextChange: { in: "In a proposal", what: "Go to the next change of a comparison", keys: ["n"] },
  previousChange: { in: "In a proposal", what: "Go to the change before", keys: ["p"] },
  comment: { in: "In a proposal", what: "Comment on the selected words, or on the whole proposal", keys: ["Mod-Alt-m"] },
  send: { in: "In a proposal", what: "Send the comment or the review that is being written", keys: ["Mod-Enter"] },

  insert: { in: "While writing", what: "Insert a heading, a table, a diagram…", keys: ["/"] },
  bold: { in: "While writing", what: "Bold", keys: ["Mod-b"] },
  italic: { in: "While writing", what: "Italic", keys: ["Mod-i"] },
  code: { in: "While writing", what: "Code", keys: ["Mod-e"] },
  strike: { in: "While writing", what: "Struck through", keys: ["Mod-Shift-x"] },
  link: { in: "While writing", what: "Make a link of the selected words", keys: ["Mod-k"] },
  indent: { in: "While writing", what: "Indent, in lists and code", keys: ["Tab"] },
  outdent: { in: "While writing", what: "Indent less", keys: ["Shift-Tab"] },
  leave: { in: "While writing", what: "Leave the text for what comes behind it", keys: ["Escape Tab"] },
  bar: { in: "While writing", what: "Go to the bar at the selection or the table", keys: ["Alt-F10"] },
  undo: { in: "While writing", what: "Undo what you wrote", keys: ["Mod-z"] },
  redo: { in: "While writing", what: "Do it again", keys: ["Mod-y", "Mod-Shift-z"] },
  find: { in: "While writing", what: "Find and replace", keys: ["Mod-f"] },
  moveUp: { in: "While writing", what: "Move the line up", keys: ["Alt-ArrowUp"] },
  moveDown: { in: "While writing", what: "Move the line down", keys: ["Alt-ArrowDown"] },

  nextCell: { in: "In a table", what: "Go to the next cell, behind the last to a new row", keys: ["Tab"] },
  previousCell: { in: "In a table", what: "Go to the cell before", keys: ["Shift-Tab"] },
  cellBelow: { in: "In a table", what: "Go to the cell below, from an empty last row out of the table", keys: ["Enter"] },
  lineBreak: { in: "In a table", what: "Break the line within the cell", keys: ["Shift-Enter"] },
} as const satisfies Readonly<Record<string, Shortcut>>;
