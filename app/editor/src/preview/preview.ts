/** The live preview as one extension, and the plain-source view that replaces it at a person's choice. */
import { Compartment, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { blockPreview } from "./blocks.ts";
import { focusTracking } from "./focus.ts";
import { inlinePreview } from "./inline.ts";
import { openLinks } from "./open-link.ts";
import { previewStyle } from "./style.ts";

const live: Extension = [inlinePreview, blockPreview, openLinks, previewStyle, EditorView.editorAttributes.of({ class: "cm-live" })];
const source: Extension = EditorView.editorAttributes.of({ class: "cm-source" });

/** Switches between live preview and source without touching the text. */
export class PreviewSwitch {
  readonly #compartment = new Compartment();

  /** To be part of the state; starts live. */
  get extension(): Extension {
    // Focus is tracked in both views, or switching back would forget it.
    return [focusTracking, this.#compartment.of(live)];
  }

  /** Shows the source, or the preview. */
  set(view: EditorView, showSource: boolean): void {
    view.dispatch({ effects: this.#compartment.reconfigure(showSource ? source : live) });
  }
}
