/** Pictures that are pasted, dropped or chosen. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { aloneInUndo, uploader } from "./uploader.ts";
import { uploadPlaces } from "./upload-places.ts";
import { isVerbatim } from "./verbatim.ts";

/** What the server takes. */
const TAKEN = "image/png,image/jpeg,image/gif,image/webp";

const handlers = EditorView.domEventHandlers({
  paste(event, view) {
    const files = picturesIn(event.clipboardData);
    const words = event.clipboardData?.getData("text/plain").trim() ?? "";
    // Spreadsheets and word processors give a picture of what is also there as text; only a file's own name is no text.
    if (files.length === 0 || (words !== "" && !files.some(({ name }) => words.includes(name)))) return false;
    // What is selected stays: the picture may yet be refused.
    return bring(view, files, view.state.selection.main.to, event);
  },
  drop(event, view) {
    const files = picturesIn(event.dataTransfer);
    if (files.length === 0) return false;
    return bring(view, files, view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.to, event);
  },
});

function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
}

function bring(view: EditorView, files: readonly File[], at: number, event: Event): boolean {
  if (view.state.readOnly || isVerbatim(view.state, at)) return false;
  event.preventDefault();
  view.plugin(uploader)?.bring(files, at);
  return true;
}

/** Lets the person choose pictures, which come to where the caret is by then. */
export function choosePictures(view: EditorView): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = TAKEN;
  input.multiple = true;
  input.addEventListener("change", () => {
    if (!view.state.readOnly) view.plugin(uploader)?.bring([...(input.files ?? [])], view.state.selection.main.to);
    view.focus();
  });
  input.click();
}

/** Taking pictures to the server and into the text. */
export function pictures(undoneAlone: () => void): Extension {
  return [aloneInUndo.of(undoneAlone), uploader, uploadPlaces, handlers];
}
