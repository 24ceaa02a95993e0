/** Keys that do something without Control or Command, and the choice to have none of them (WCAG 2.1.4). */

/** Where a key is typed and not a command; dialogs have keys of their own. The pages' own listeners (`app/src/components/keys.rs`) leave out the same. */
const TYPED = "input, textarea, select, [contenteditable=true], dialog";

const KEY = "single-keys";

/** Whether an event is such a key: a sign, pressed outside of fields. */
export function isSingleKey(event: KeyboardEvent): boolean {
  // AltGr, with which many keyboards type brackets, counts as Control and Alt.
  const system = event.metaKey || event.ctrlKey !== event.altKey;
  if (system || event.isComposing || event.key.length !== 1 || event.key === " ") return false;
  return !(event.target instanceof Element && event.target.closest(TYPED));
}

/** Whether they are on, on this device. */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

/** Turns them on or off. */
export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // No storage: they stay as they are.
  }
}
