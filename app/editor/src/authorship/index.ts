/** Who wrote a passage. Loaded when somebody asks. */
import type { EditorView } from "@codemirror/view";
import type * as Y from "yjs";

import { mainOf, toText } from "../main-text.ts";
import { whoWrote } from "./who-wrote.ts";
import { openCard } from "./card.ts";
import { stretchesOf } from "./stretches.ts";

/** Says who wrote what is selected; with nothing selected, the line that the caret is in. */
export function sayWhoWrote(view: EditorView, text: Y.Text, proposal: string): void {
  const { main } = view.state.selection;
  const { from, to } = main.empty ? view.state.doc.lineAt(main.head) : main;
  // Counted in the shared text: what is only suggested is in it when it has been accepted.
  const [start, end] = [toText(view.state, from, 1), toText(view.state, to, -1)];
  const stretches = stretchesOf(text, start, end);
  const place = view.coordsAtPos(to, -1) ?? view.dom.getBoundingClientRect();
  const answer = stretches.length === 0 ? Promise.resolve([]) : whoWrote(proposal, stretches);
  openCard(mainOf(view.state).sliceString(start, Math.max(start, end)), { left: place.left, bottom: place.bottom }, answer, () => view.focus());
}
