/** What helps to write but is not needed to begin: loaded once there is something to write into. */
import { autocompletion } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";

import { designsMenu } from "./designs-menu.ts";
import { insertMenu } from "./insert-menu.ts";
import { linkedNames } from "./linked-names.ts";
import { menuStyle } from "./menu-style.ts";
import { pasting } from "./paste.ts";
import { faceOf, peopleMenu } from "./people-menu.ts";
import { pictures } from "./pictures.ts";
import { selectionBar } from "./selection-bar.ts";
import { tableBar } from "./table-bar.ts";

/**
 * The menus behind `/`, `@` and `D-`, pasting that understands what comes, pictures, a bar on the selection and one on tables, names that are links. After `undoneAlone` what comes next is
 * undone by itself.
 */
export const aids = (undoneAlone: () => void): Extension => [
  // At once, both ways: whoever types a slash and a name knows what they want.
  autocompletion({
    override: [insertMenu, peopleMenu, designsMenu],
    icons: false,
    activateOnTypingDelay: 0,
    interactionDelay: 0,
    addToOptions: [{ render: faceOf, position: 10 }],
  }),
  menuStyle,
  // Before what is pasted is taken for text.
  pictures(undoneAlone),
  pasting,
  selectionBar,
  tableBar,
  linkedNames,
];
