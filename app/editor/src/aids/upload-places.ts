/** What is shown where a picture will be: that it is on its way, or why it is not. */
import type { Extension } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

import { lostFocus, PART } from "../preview/focus.ts";
import { look } from "../theme.ts";
import { uploader } from "./uploader.ts";
import { uploads, type Stage, type Upload } from "./uploads.ts";

const { UI, MUTED, RAISED, BORDER, ACCENT, ACCENT_SOFT } = look;

class Place extends WidgetType {
  readonly #id: number;
  readonly #name: string;
  readonly #stage: Stage;

  constructor({ id, name, stage }: Upload) {
    super();
    this.#id = id;
    this.#name = name;
    this.#stage = stage;
  }

  override eq(other: Place): boolean {
    return other.#id === this.#id && other.#stage === this.#stage;
  }

  override toDOM(view: EditorView): HTMLElement {
    const place = document.createElement("span");
    place.className = "cm-upload";
    place.setAttribute(PART, "");
    place.addEventListener("focusout", () => lostFocus(view));
    const drop = () => view.plugin(uploader)?.drop(this.#id);
    if (this.#stage.kind === "sending") {
      place.append(progressOf(this.#name, this.#stage.share), words("cm-upload-name", this.#name), button(view, "Cancel", drop));
    } else {
      place.classList.add("cm-upload-failed");
      place.append(words("cm-upload-name", this.#name), words("cm-upload-why", this.#stage.why));
      if (this.#stage.again) place.append(button(view, "Try again", () => view.plugin(uploader)?.again(this.#id)));
      place.append(button(view, "Dismiss", drop));
    }
    return place;
  }

  /** The bar moves; a button that has the focus stays the button that has it. */
  override updateDOM(place: HTMLElement, _view: EditorView, from: this): boolean {
    const bar = place.querySelector("progress");
    if (!bar || from.#id !== this.#id || this.#stage.kind !== "sending") return false;
    bar.value = this.#stage.share;
    return true;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function progressOf(name: string, share: number): HTMLElement {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = share;
  bar.setAttribute("aria-label", `Uploading ${name}`);
  return bar;
}

function words(name: string, text: string): HTMLElement {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}

function button(view: EditorView, name: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = name;
  // The caret stays where somebody is writing.
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("click", () => {
    act();
    view.focus();
  });
  return element;
}

const style = EditorView.theme({
  ".cm-upload": { display: "inline-flex", flexWrap: "wrap", alignItems: "center", gap: "4px 10px", maxInlineSize: "100%", padding: "4px 6px 4px 12px", marginBlock: "2px", fontFamily: UI, fontSize: "0.8125rem", lineHeight: "1.5", backgroundColor: RAISED, border: `1px dashed ${BORDER}`, borderRadius: "8px", verticalAlign: "middle" },
  ".cm-upload-failed": { borderStyle: "solid", borderInlineStart: "3px solid var(--danger, oklch(0.6 0.2 25))" },
  ".cm-upload-name": { fontWeight: "600", overflowWrap: "anywhere" },
  ".cm-upload-why": { color: MUTED },
  ".cm-upload progress": { inlineSize: "6rem", accentColor: ACCENT },
  ".cm-upload button": { minBlockSize: "24px", padding: "2px 8px", margin: "0", border: "0", borderRadius: "5px", background: "none", color: ACCENT, font: "inherit", cursor: "pointer" },
  ".cm-upload button:hover": { backgroundColor: ACCENT_SOFT },
  ".cm-upload button:focus-visible": { outline: `2px solid ${ACCENT}`, outlineOffset: "-1px" },
});

/** The places of all pictures on their way. */
export const uploadPlaces: Extension = [
  uploads,
  EditorView.decorations.compute([uploads], (state) =>
    Decoration.set(state.field(uploads).map((upload) => Decoration.widget({ widget: new Place(upload), side: -1 }).range(upload.at)), true),
  ),
  style,
];
