/** How menus of completions look: like the page's own menus. */
import { EditorView } from "@codemirror/view";

import { look } from "../theme.ts";

const { UI, MUTED, RAISED, BORDER, ACCENT_SOFT } = look;

/** Their style rules. */
export const menuStyle = EditorView.theme({
  ".cm-tooltip.cm-tooltip-autocomplete": { backgroundColor: RAISED, border: `1px solid ${BORDER}`, borderRadius: "10px", boxShadow: "var(--shadow-high, 0 8px 24px oklch(0 0 0 / 0.16))", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: UI, fontSize: "0.875rem", maxHeight: "min(20rem, 50vh)", minInlineSize: "16rem", maxInlineSize: "min(32rem, calc(100vw - 16px))", padding: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "baseline", gap: "1rem", padding: "5px 8px", borderRadius: "6px", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: ACCENT_SOFT, color: "inherit" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": { display: "block", padding: "8px 8px 2px", border: "0", color: MUTED, fontSize: "0.75rem", opacity: "1" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li:has(> .avatar)": { alignItems: "center", gap: "0.5rem" },
  ".cm-completionLabel": { flex: "1", minInlineSize: "0", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { flex: "none", marginInlineStart: "auto", color: MUTED, fontStyle: "normal", fontSize: "0.8125rem" },
});
