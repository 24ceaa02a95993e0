/** How keys are written: as they stand on the keyboard in front of the person. */

/** A key as it is shown, and how it is read aloud where that is a sign. */
export interface Cap {
  /** What stands on the key. */
  shown: string;
  /** Its name, where the sign has none that is read. */
  aloud?: string;
}

const MAC: Readonly<Record<string, Cap>> = {
  Mod: { shown: "⌘", aloud: "Command" },
  Alt: { shown: "⌥", aloud: "Option" },
  Shift: { shown: "⇧", aloud: "Shift" },
  Enter: { shown: "↩", aloud: "Return" },
  Escape: { shown: "Esc" },
};

const OTHER: Readonly<Record<string, Cap>> = { Mod: { shown: "Ctrl" }, Escape: { shown: "Esc" } };

const BOTH: Readonly<Record<string, Cap>> = {
  ArrowUp: { shown: "↑", aloud: "Arrow up" },
  ArrowDown: { shown: "↓", aloud: "Arrow down" },
  "[": { shown: "[", aloud: "Left bracket" },
  "]": { shown: "]", aloud: "Right bracket" },
  "?": { shown: "?", aloud: "Question mark" },
  "/": { shown: "/", aloud: "Slash" },
};

/** The keys of a shortcut: what is pressed together is one list, and the lists are pressed one after the other. */
export function caps(keys: string, mac: boolean): Cap[][] {
  const names = { ...BOTH, ...(mac ? MAC : OTHER) };
  const cap = (key: string): Cap => names[key] ?? { shown: key.length === 1 ? key.toUpperCase() : key };
  return keys.split(" ").map((chord) => chord.split("-").map(cap));
}

/** The same in a line: `Ctrl+K`, `⌘K`, `G then I`. */
export function written(keys: string, mac: boolean): string {
  return caps(keys, mac)
    .map((chord) => chord.map(({ shown }) => shown).join(mac ? "" : "+"))
    .join(" then ");
}
