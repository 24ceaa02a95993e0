/** Keeps text that comes from outside in the shape the shared text must have: lines end in LF, no byte order mark, no U+0000. */
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** CRLF and lone CR become LF; what cannot be stored is dropped. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000\ufeff]/g, "");
}

/** Cleans what is pasted or dropped, and makes LF the only line end, so that positions here and in Yjs are the same numbers. */
export const cleanInput: Extension = [EditorState.lineSeparator.of("\n"), EditorView.clipboardInputFilter.of(cleanText)];
