/** How the editor looks, in the page's own design tokens (`style/tokens.css`), light and dark alike. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { tokenColours } from "./token-colours.ts";
import { tokenRules } from "./token-style.ts";

const MONO = "var(--font-mono, ui-monospace, SFMono-Regular, Menlo, monospace)";
const UI = "var(--font-ui, system-ui, sans-serif)";
const MUTED = "var(--text-muted, light-dark(oklch(0.5 0.01 260), oklch(0.72 0.01 260)))";
const RAISED = "var(--surface-raised, light-dark(white, oklch(0.25 0.01 260)))";
const BORDER = "var(--border, light-dark(oklch(0.9 0.01 260), oklch(0.36 0.01 260)))";
const ACCENT = "var(--accent, light-dark(oklch(0.5 0.17 265), oklch(0.75 0.12 265)))";
const ACCENT_SOFT = "var(--accent-soft, light-dark(oklch(0.92 0.04 265), oklch(0.36 0.07 265)))";
const SELECTION = "color-mix(in oklch, var(--accent, light-dark(oklch(0.5 0.17 265), oklch(0.75 0.12 265))) 28%, transparent)";

const frame = EditorView.theme({
  "&": { color: "var(--text, light-dark(oklch(0.22 0.01 260), oklch(0.93 0.005 260)))", backgroundColor: "transparent" },
  // Visible focus is the caret; a ring around the whole page's text says nothing.
  "&.cm-focused": { outline: "none" },
  // The page scrolls, not the editor, so that the margin's cards scroll with the text.
  ".cm-scroller": { overflow: "visible", fontFamily: UI, fontSize: "1rem", lineHeight: "1.65" },
  ".cm-content": { padding: "0 0 40vh", caretColor: ACCENT, overflowWrap: "anywhere" },
  ".cm-line": { padding: "1px 0" },
  ".cm-cursor, .cm-dropCursor": { borderInlineStartColor: ACCENT, borderInlineStartWidth: "2px" },
  // The browser's own selection: a drawn one would lie under the background of code.
  ".cm-content ::selection, .cm-content::selection": { backgroundColor: SELECTION },
  ".cm-placeholder": { color: MUTED },
  "&.cm-source .cm-scroller": { fontFamily: MONO, fontSize: "0.875rem" },
});

const panels = EditorView.theme({
  ".cm-panels": { color: "inherit", backgroundColor: RAISED, border: `1px solid ${BORDER}`, borderRadius: "10px", zIndex: "20" },
  ".cm-panels.cm-panels-top": { borderBlockEnd: `1px solid ${BORDER}`, insetBlockStart: "var(--editor-panels-top, 0px)" },
  ".cm-panel.cm-search": { padding: "10px 40px 10px 12px", fontFamily: UI, fontSize: "0.875rem", display: "flex", flexWrap: "wrap", gap: "6px", alignItems: "center" },
  ".cm-panel.cm-search br": { flexBasis: "100%", content: '""' },
  ".cm-panel.cm-search label": { display: "inline-flex", gap: "4px", alignItems: "center", fontSize: "0.8125rem", color: MUTED, whiteSpace: "nowrap" },
  ".cm-textfield": { padding: "4px 8px", margin: "0", font: "inherit", color: "inherit", backgroundColor: "var(--surface, Field)", border: `1px solid ${BORDER}`, borderRadius: "6px", minInlineSize: "8rem", flex: "1 1 8rem", maxInlineSize: "18rem" },
  ".cm-button": { padding: "4px 10px", margin: "0", font: "inherit", color: "inherit", background: "transparent", border: `1px solid ${BORDER}`, borderRadius: "6px", cursor: "pointer" },
  ".cm-button:hover": { background: ACCENT_SOFT },
  ".cm-textfield:focus-visible, .cm-button:focus-visible, .cm-panel [name=close]:focus-visible": { outline: `2px solid ${ACCENT}`, outlineOffset: "1px" },
  ".cm-panel.cm-search [name=close]": { insetBlockStart: "8px", insetInlineEnd: "10px", color: MUTED, fontSize: "1.25rem", cursor: "pointer", background: "none" },
  ".cm-searchMatch": { backgroundColor: "var(--mark-open, light-dark(oklch(0.93 0.09 95), oklch(0.4 0.08 95)))", borderRadius: "2px" },
  ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: "var(--mark-active, light-dark(oklch(0.85 0.15 85), oklch(0.52 0.11 85)))" },
});

/** Markdown's own tokens, as they show in Source and where the caret reveals them. */
const marks = EditorView.theme({
  ".tok-heading": { fontWeight: "650" },
  ".tok-strong": { fontWeight: "650" },
  ".tok-emphasis": { fontStyle: "italic" },
  ".tok-meta, .tok-punctuation": { color: MUTED },
  // Escapes share their class with special strings in code.
  ".cm-line:not(.cm-code) > .tok-string2": { color: "inherit" },
  ".tok-link, .tok-url": { color: ACCENT },
  "&.cm-source .tok-heading": { color: ACCENT },
});

/** Look of the editor, everything but the preview's own classes. */
export const theme: Extension = [
  frame,
  panels,
  marks,
  EditorView.theme(tokenRules),
  tokenColours,
];

/** The words that the preview's style needs too. */
export const look = { MONO, UI, MUTED, RAISED, BORDER, ACCENT, ACCENT_SOFT } as const;
