/** Small things that stand for markup within a line. */
import { WidgetType, type EditorView } from "@codemirror/view";

/** A list's bullet. */
export class Bullet extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    return span("cm-bullet", "•");
  }
}

/** A thematic break. */
export class Rule extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    return span("cm-rule", "");
  }
}

/** A word in place of markup. */
export class Label extends WidgetType {
  constructor(
    readonly text: string,
    readonly name: string,
  ) {
    super();
  }

  override eq(other: Label): boolean {
    return other.text === this.text && other.name === this.name;
  }

  override toDOM(): HTMLElement {
    return span(this.name, this.text);
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** A task's box. Ticking it is an edit like any other. */
export class TaskBox extends WidgetType {
  constructor(
    readonly checked: boolean,
    readonly words: string,
    readonly disabled: boolean,
  ) {
    super();
  }

  override eq(other: TaskBox): boolean {
    return other.checked === this.checked && other.words === this.words && other.disabled === this.disabled;
  }

  override toDOM(view: EditorView): HTMLElement {
    const place = span("cm-task", "");
    const box = place.appendChild(document.createElement("input"));
    box.type = "checkbox";
    box.checked = this.checked;
    box.disabled = this.disabled;
    box.setAttribute("aria-label", this.words === "" ? "Task" : this.words);
    box.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("click", (event) => {
      event.preventDefault();
      toggle(view, place);
    });
    return place;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** Finds the box's source where it is now and flips its character. */
function toggle(view: EditorView, place: HTMLElement): void {
  if (view.state.readOnly) return;
  const line = view.state.doc.lineAt(view.posAtDOM(place));
  const marker = /\[([ xX])\]/.exec(line.text);
  if (!marker) return;
  const from = line.from + marker.index + 1;
  view.dispatch({ changes: { from, to: from + 1, insert: marker[1] === " " ? "x" : " " }, userEvent: "input.task" });
}

function span(name: string, text: string): HTMLElement {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}
