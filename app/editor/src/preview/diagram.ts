/** A Mermaid block as its picture. A click puts the caret into its source. */
import { WidgetType, type EditorView } from "@codemirror/view";

import { diagramElement } from "../diagram-element.ts";
import { enterOnPress } from "./enter.ts";
import { Heights } from "./heights.ts";

const heights = new Heights();
/** Height of a diagram before it was ever drawn, in px. */
const TYPICAL = 260;

/** The widget for a diagram's source. */
export class DiagramWidget extends WidgetType {
  constructor(readonly source: string) {
    super();
  }

  override eq(other: DiagramWidget): boolean {
    return other.source === this.source;
  }

  override get estimatedHeight(): number {
    return heights.of(this.source) ?? TYPICAL;
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement("div");
    box.className = "cm-diagram";
    const diagram = diagramElement(this.source, () => {
      view.requestMeasure();
      heights.watch(view, box, this.source);
    });
    box.append(diagram.element);
    enterOnPress(view, box);
    stops.set(box, diagram.stop);
    return box;
  }

  override destroy(box: HTMLElement): void {
    stops.get(box)?.();
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const stops = new WeakMap<HTMLElement, () => void>();
