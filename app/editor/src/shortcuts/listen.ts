/** Hears the keys of every page, and loads what answers them with the first that may mean something. */
import type { EditorHandle } from "../contract.ts";
import { togglePalette } from "../palette/open.ts";
import { isMac } from "../platform.ts";
import { isSingleKey, singleKeysOn } from "./single-keys.ts";

/** Starts, and never stops. `editor` answers the one on the page, if any. */
export function listenForShortcuts(editor: () => EditorHandle | null): void {
  // Before everybody else: keys that are switched off reach nobody.
  addEventListener("keydown", (event) => isSingleKey(event) && !singleKeysOn() && event.stopImmediatePropagation(), { capture: true });
  // After everybody else: what they took is theirs.
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (isPaletteKey(event)) {
      event.preventDefault();
      togglePalette(editor());
    } else if (isCommentKey(event)) {
      const button = document.querySelector<HTMLElement>(".comment-button, .margin .whole");
      if (button) event.preventDefault();
      button?.click();
    } else if (isSingleKey(event)) {
      void import("./answer.ts").then(({ answer }) => answer(event), () => undefined);
    }
  });
  addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-palette]")) togglePalette(editor());
  });
}

/** `palette` in the registry, spelled out so that the registry need not be here. On a Mac Control and K is the system's: it deletes to the line's end. */
function isPaletteKey(event: KeyboardEvent): boolean {
  const command = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return command && event.key.toLowerCase() === "k" && !event.shiftKey && !event.altKey;
}

/** `comment` in the registry. With AltGr, which counts as Control and Alt, many keyboards type a sign. */
function isCommentKey(event: KeyboardEvent): boolean {
  const command = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return command && event.altKey && !event.shiftKey && event.code === "KeyM" && !event.getModifierState("AltGraph");
}
