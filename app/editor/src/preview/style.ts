/** How the live preview looks. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { look } from "../theme.ts";

const { MONO, MUTED, RAISED, BORDER, ACCENT, ACCENT_SOFT } = look;
const CODE = "var(--surface-sunken, light-dark(oklch(0.965 0.004 260), oklch(0.24 0.01 260)))";
const STEP = 1.6;

/** One rule per depth of list. */
const lists = Object.fromEntries(
  [1, 2, 3, 4, 5, 6].map((depth) => [`.cm-line.cm-li-${depth}`, { paddingInlineStart: `${(depth * STEP).toFixed(1)}em` }]),
);

const text = EditorView.theme({
  ".cm-h": { fontWeight: "650", lineHeight: "1.3", letterSpacing: "-0.011em" },
  ".cm-line.cm-h1": { fontSize: "1.9em", paddingBlock: "0.2em 0.1em" },
  ".cm-line.cm-h2": { fontSize: "1.45em", paddingBlock: "0.35em 0.1em" },
  ".cm-line.cm-h3": { fontSize: "1.2em", paddingBlock: "0.3em 0.1em" },
  ".cm-line.cm-h4, .cm-line.cm-h5, .cm-line.cm-h6": { paddingBlock: "0.25em 0.1em" },
  ".cm-h6": { color: MUTED },
  ".cm-line.cm-setext-mark": { color: BORDER, fontSize: "0.6em", fontWeight: "400", lineHeight: "1", paddingBlock: "0", overflow: "hidden" },
  ".cm-em": { fontStyle: "italic" },
  ".cm-strong": { fontWeight: "650" },
  ".cm-strike": { textDecoration: "line-through", color: MUTED },
  ".cm-inline-code": { fontFamily: MONO, fontSize: "0.875em", backgroundColor: CODE, border: `1px solid ${BORDER}`, borderRadius: "4px", padding: "0.05em 0.3em" },
  ".cm-link": { color: ACCENT, textDecoration: "underline", textDecorationThickness: "1px", textUnderlineOffset: "3px" },
  ".cm-mention": { color: ACCENT, backgroundColor: ACCENT_SOFT, borderRadius: "4px", padding: "0.05em 0.25em", fontWeight: "500" },
  ".cm-image": { color: MUTED, fontSize: "0.9em" },
  ".cm-picture": { maxInlineSize: "100%", blockSize: "auto", display: "inline-block", verticalAlign: "bottom", borderRadius: "6px", backgroundColor: "white", cursor: "text" },
  ".cm-picture-block": { paddingBlock: "0.5em", cursor: "text" },
  ".cm-maths-source": { fontFamily: MONO, fontSize: "0.875em" },
  ".cm-note-reference": { color: ACCENT, fontSize: "0.75em", verticalAlign: "super", lineHeight: "1" },
  ".cm-line.cm-note": { fontSize: "0.875em", color: MUTED },
  ".cm-note-label": { color: ACCENT, paddingInlineEnd: "0.4em" },
  ".cm-html": { color: MUTED, fontFamily: MONO, fontSize: "0.875em" },
  ".cm-rule": { display: "inline-block", inlineSize: "100%", blockSize: "1px", backgroundColor: BORDER, verticalAlign: "middle" },
});

const listStyle = EditorView.theme({
  ...lists,
  ".cm-line.cm-li-first": { textIndent: `-${STEP}em` },
  ".cm-bullet, .cm-task, .cm-list-mark": { display: "inline-block", minInlineSize: `${STEP}em`, textIndent: "0", color: MUTED },
  ".cm-bullet": { paddingInlineStart: "0.35em", boxSizing: "border-box" },
  ".cm-list-mark": { fontVariantNumeric: "tabular-nums", whiteSpace: "pre" },
  ".cm-task input": { margin: "0", inlineSize: "1em", blockSize: "1em", verticalAlign: "-0.1em", accentColor: ACCENT, cursor: "pointer" },
  ".cm-done": { color: MUTED, textDecoration: "line-through", textDecorationColor: MUTED },
});

const boxes = EditorView.theme({
  ".cm-line.cm-quote": { borderInlineStart: `3px solid ${BORDER}`, paddingInlineStart: "1em", color: MUTED },
  ".cm-line.cm-alert": { borderInlineStartColor: ACCENT, color: "inherit" },
  ".cm-line.cm-alert-tip": { borderInlineStartColor: "var(--success, oklch(0.6 0.14 150))" },
  ".cm-line.cm-alert-warning": { borderInlineStartColor: "var(--warning, oklch(0.7 0.15 75))" },
  ".cm-line.cm-alert-caution": { borderInlineStartColor: "var(--danger, oklch(0.6 0.2 25))" },
  ".cm-alert-name": { fontWeight: "650", fontSize: "0.9em" },
  ".cm-line.cm-code": { fontFamily: MONO, fontSize: "0.875em", lineHeight: "1.6", backgroundColor: CODE, paddingInline: "0.875rem", borderInline: `1px solid ${BORDER}` },
  ".cm-line.cm-code-first": { borderBlockStart: `1px solid ${BORDER}`, borderStartStartRadius: "8px", borderStartEndRadius: "8px", paddingBlockStart: "0.4em" },
  ".cm-line.cm-code-last": { borderBlockEnd: `1px solid ${BORDER}`, borderEndStartRadius: "8px", borderEndEndRadius: "8px", paddingBlockEnd: "0.4em" },
  ".cm-line.cm-code-fence": { color: MUTED, fontSize: "0.75em", lineHeight: "1.2" },
  ".cm-code-name": { color: MUTED, letterSpacing: "0.02em" },
  ".cm-line.cm-table-source": { fontFamily: MONO, fontSize: "0.875em" },
  ".cm-line.cm-front-matter": { fontFamily: MONO, fontSize: "0.875em", color: MUTED, borderInlineStart: `3px solid ${BORDER}`, paddingInlineStart: "1em" },
});

const widgets = EditorView.theme({
  ".cm-table": { overflowX: "auto", paddingBlock: "0.5em", cursor: "text" },
  ".cm-table:focus-visible": { outline: `2px solid ${ACCENT}`, outlineOffset: "2px", borderRadius: "6px" },
  ".cm-table table": { borderCollapse: "collapse", minInlineSize: "min(100%, 24rem)", fontSize: "0.9375em", lineHeight: "1.5", overflowWrap: "normal" },
  ".cm-table th, .cm-table td": { border: `1px solid ${BORDER}`, padding: "6px 12px", textAlign: "start", verticalAlign: "top", minInlineSize: "3em", blockSize: "2.2em" },
  ".cm-table th": { backgroundColor: RAISED, fontWeight: "600" },
  ".cm-table .cm-end": { textAlign: "end" },
  ".cm-table .cm-centre": { textAlign: "center" },
  ".cm-table code": { fontFamily: MONO, fontSize: "0.875em" },
  ".cm-maths-block": { paddingBlock: "0.25em", cursor: "text", overflowX: "auto", overflowY: "hidden", textAlign: "center" },
  ".cm-diagram": { paddingBlock: "0.5em", cursor: "text" },
});

/** The preview's style rules. */
export const previewStyle: Extension = [text, listStyle, boxes, widgets];
