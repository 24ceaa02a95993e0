/**
 * Pasting that understands what comes: an address on selected words makes them a link, cells of a spreadsheet a table, formatted text Markdown.
 * Pasted without formatting (Shift), into code, or as plain text, it stays as it is.
 */
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { cleanText } from "../clean-text.ts";
import { tableOfCells } from "./cells.ts";
import { isVerbatim } from "./verbatim.ts";

const ADDRESS = /^https?:\/\/\S+$/;
/** What formatted text has that plain text has not. Editors of code copy coloured text, which is none. */
const FORMATTED = "a[href], strong, b, em, i, h1, h2, h3, h4, h5, h6, ul, ol, table, pre, code, blockquote, del, s, hr";

/** The handler. */
export const pasting = EditorView.domEventHandlers({
  paste(event, view) {
    const data = event.clipboardData;
    if (!data || view.state.readOnly || isVerbatim(view.state, view.state.selection.main.head)) return false;
    const plain = cleanText(data.getData("text/plain"));
    const html = plainStyles(data.getData("text/html"));
    const ready = linked(view.state, plain) ?? (html === "" ? tableOfCells(plain) : null);
    if (ready !== null) {
      insert(view, ready);
    } else if (isFormatted(html)) {
      void convert(html).then((markdown) => {
        // What converts had to be loaded first; meanwhile the text may have become one that nobody may write in.
        if (!view.state.readOnly) insert(view, markdown ?? plain);
      });
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  },
});

function insert(view: EditorView, text: string): void {
  view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input.paste" });
}

/** Selected words as a link to what is pasted. */
function linked(state: EditorState, plain: string): string | null {
  const { main, ranges } = state.selection;
  const words = state.sliceDoc(main.from, main.to);
  const address = plain.trim();
  if (ranges.length > 1 || main.empty || words.includes("\n") || ADDRESS.test(words) || !ADDRESS.test(address)) return null;
  // A bracket in an address would end it.
  return `[${words}](${/[()]/.test(address) ? `<${address}>` : address})`;
}

/** Styles under another name: the content policy has something to say about every one, even in text that is only looked at. */
function plainStyles(html: string): string {
  return html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

function isFormatted(html: string): boolean {
  return html !== "" && new DOMParser().parseFromString(html, "text/html").querySelector(FORMATTED) !== null;
}

/** None: what converts could not be loaded, or nothing came of it. */
async function convert(html: string): Promise<string | null> {
  try {
    const { markdownOf } = await import("./from-html.ts");
    return cleanText(markdownOf(html)) || null;
  } catch {
    return null;
  }
}
