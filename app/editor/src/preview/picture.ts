/** Pictures in the text, drawn while the caret is elsewhere. */
import { WidgetType, type EditorView } from "@codemirror/view";

import { pictureElement, type Picture } from "../picture.ts";
import { enterOnPress } from "./enter.ts";
import { Heights } from "./heights.ts";

const heights = new Heights();
/** Width of a text's column before anything was drawn in it, in px. */
const COLUMN = 720;

/** A picture within a line. A press goes to the editor, which puts the caret beside it and so shows the source. */
export class PictureWidget extends WidgetType {
  constructor(readonly picture: Picture) {
    super();
  }

  override eq(other: PictureWidget): boolean {
    return isSame(this.picture, other.picture);
  }

  override toDOM(): HTMLElement {
    return pictureElement(this.picture);
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** A paragraph that is nothing but a picture. */
export class PictureBlock extends WidgetType {
  constructor(readonly picture: Picture) {
    super();
  }

  override eq(other: PictureBlock): boolean {
    return isSame(this.picture, other.picture);
  }

  override get estimatedHeight(): number {
    const { address, width, height } = this.picture;
    return heights.of(address) ?? Math.round(height * Math.min(1, COLUMN / width));
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement("div");
    box.className = "cm-picture-block";
    box.append(pictureElement(this.picture));
    heights.watch(view, box, this.picture.address);
    enterOnPress(view, box);
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function isSame(one: Picture, other: Picture): boolean {
  return one.address === other.address && one.alt === other.alt;
}
