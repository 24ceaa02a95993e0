/** Pictures of ours as texts have them: `![What it shows](/pictures/<hash>-1200x800.png)`. The server reads the same (`app/src/model/picture.rs`). */
import type { SyntaxNode } from "@lezer/common";

const ADDRESS = /^\/pictures\/[0-9a-f]{64}-([1-9]\d{0,4})x([1-9]\d{0,4})\.(?:png|jpg|gif)$/;

/** A picture that can be drawn. */
export interface Picture {
  address: string;
  /** What it shows, in words. */
  alt: string;
  /** In pixels; in the address, so that room can be kept before it is there. */
  width: number;
  /** In pixels. */
  height: number;
}

/** Whether an address is a picture of ours. */
export function isPicture(address: string): boolean {
  return ADDRESS.test(address);
}

/** The picture of ours that an image shows; `slice` gives the text. None: it is another's, or its address stands elsewhere. */
export function pictureOf(slice: (from: number, to: number) => string, image: SyntaxNode): Picture | null {
  const url = image.getChild("URL");
  const [open, close] = image.getChildren("LinkMark");
  const address = url ? slice(url.from, url.to) : "";
  const size = ADDRESS.exec(address);
  if (!size || !open || !close) return null;
  return { address, alt: slice(open.to, close.from), width: Number(size[1]), height: Number(size[2]) };
}

/** A picture as an element. */
export function pictureElement({ address, alt, width, height }: Picture): HTMLImageElement {
  const image = document.createElement("img");
  image.className = "cm-picture";
  image.alt = alt;
  image.width = width;
  image.height = height;
  image.decoding = "async";
  // Dragged, it would be a file that is dropped.
  image.draggable = false;
  image.src = address;
  return image;
}
