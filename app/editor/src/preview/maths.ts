/** Maths in the text, drawn while the caret is elsewhere. */
import { WidgetType, type EditorView } from "@codemirror/view";

import { drawMaths } from "../maths-element.ts";
import { enterOnPress } from "./enter.ts";
import { Heights } from "./heights.ts";

const heights = new Heights();
/** Height of displayed maths before it was ever drawn, in px. */
const TYPICAL = 64;

/** Maths within a line. A press goes to the editor, which puts the caret beside it and so shows the source. */
export class MathsWidget extends WidgetType {
  constructor(
    readonly source: string,
    readonly display: boolean,
  ) {
    super();
  }

  override eq(other: MathsWidget): boolean {
    return other.source === this.source && other.display === this.display;
  }

  override toDOM(view: EditorView): HTMLElement {
    const element = document.createElement("span");
    element.className = "cm-maths";
    element.textContent = this.source;
    drawMaths(element, this.source, this.display, () => view.requestMeasure());
    return element;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** A paragraph that is nothing but displayed maths. */
export class MathsBlock extends WidgetType {
  constructor(readonly source: string) {
    super();
  }

  override eq(other: MathsBlock): boolean {
    return other.source === this.source;
  }

  override get estimatedHeight(): number {
    return heights.of(this.source) ?? TYPICAL;
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement("div");
    box.className = "cm-maths-block";
    box.textContent = this.source;
    drawMaths(box, this.source, true, () => heights.watch(view, box, this.source));
    enterOnPress(view, box);
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
