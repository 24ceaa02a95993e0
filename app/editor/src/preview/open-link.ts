/** Mod-click follows a link; a plain click is for writing. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const ALLOWED: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);

/** The address at a position, when it is one that may be opened. */
export function addressAt(state: EditorState, position: number): string | null {
  let node = syntaxTree(state).resolveInner(position, 0);
  while (node.name !== "Link" && node.name !== "Autolink" && node.name !== "URL") {
    if (!node.parent) return null;
    node = node.parent;
  }
  const url = node.name === "URL" ? node : node.getChild("URL");
  if (!url) return null;
  const text = state.sliceDoc(url.from, url.to);
  try {
    const address = new URL(/^www\./i.test(text) ? `https://${text}` : text, location.href);
    return ALLOWED.has(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** Follows links on Ctrl- or Cmd-click. */
export const openLinks = EditorView.domEventHandlers({
  mousedown(event, view) {
    if (event.button !== 0 || !(event.metaKey || event.ctrlKey)) return false;
    const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
    const address = position === null ? null : addressAt(view.state, position);
    if (address === null) return false;
    window.open(address, "_blank", "noopener,noreferrer");
    return true;
  },
});
