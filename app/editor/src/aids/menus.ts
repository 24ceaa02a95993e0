/** The menus that open while one types: behind `/`, `@` and `D-`. */
import { autocompletion } from "@codemirror/autocomplete";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { designsMenu } from "./designs-menu.ts";
import { insertMenu } from "./insert-menu.ts";
import { faceOf, peopleMenu } from "./people-menu.ts";

/** Before the caret stands what one of them may answer to, and up to so many letters of it. */
const ASKED = /(?:^|[\s([>*_])(?:[/@]|D-).{0,100}$/u;

const sources = [insertMenu, peopleMenu, designsMenu].map((autocomplete) => ({ autocomplete }));

/**
 * The menus. A source that is always there is asked at each key, and its "nothing" is an update of the editor of its own: in a long text a third of all
 * that a key costs.
 */
export const menus: Extension = [
  EditorState.languageData.of((state, at) => {
    const line = state.doc.lineAt(at);
    return ASKED.test(state.sliceDoc(Math.max(line.from, at - 104), at)) ? sources : [];
  }),
  // Said of the text as a whole, not only where one is open.
  EditorView.contentAttributes.of({ "aria-autocomplete": "list" }),
  // At once, both ways: whoever types a slash and a name knows what they want.
  autocompletion({ icons: false, activateOnTypingDelay: 0, interactionDelay: 0, addToOptions: [{ render: faceOf, position: 10 }] }),
];
