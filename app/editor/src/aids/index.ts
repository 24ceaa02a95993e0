/** What helps to write but is not needed to begin: loaded once there is something to write into. */
import type { Extension } from "@codemirror/state";

import { linkedNames } from "./linked-names.ts";
import { menuStyle } from "./menu-style.ts";
import { menus } from "./menus.ts";
import { pasting } from "./paste.ts";
import { pictures } from "./pictures.ts";
import { selectionBar, words } from "./selection-bar.ts";
import { table, tableBar } from "./table-bar.ts";
import { whoWroteBar, whoWroteButton, type Asked } from "./who-wrote.ts";

/**
 * The menus behind `/`, `@` and `D-`, pasting that understands what comes, pictures, bars on the selection and on tables, who wrote what is selected, names
 * that are links. After `undoneAlone` what comes next is undone by itself.
 */
export function aids(undoneAlone: () => void, asked: Asked): Extension {
  const whoWrote = whoWroteButton(asked);
  return [
    menus,
    menuStyle,
    // Before what is pasted is taken for text.
    pictures(undoneAlone),
    pasting,
    selectionBar(whoWrote),
    tableBar(whoWrote),
    whoWroteBar(whoWrote, (state) => words(state) !== null || table(state) !== null),
    linkedNames,
  ];
}
