/** The button on a diagram or picture that opens it large. */
import { adopt } from "../style-sheet.ts";

/** Narrower pictures are seen whole anyway, and a button would cover them, in px. */
const NARROWEST = 240;

/** A diagram's element with the button on it, whatever is drawn there later. */
export function enlargeable(diagram: HTMLElement): HTMLElement {
  return framed("div", diagram, () => diagram.querySelector("img"));
}

/** Puts the button on the pictures of a text, but for those that lead elsewhere when pressed. Returns what takes it off. */
export function enlargePictures(root: HTMLElement): () => void {
  const pictures = [...root.querySelectorAll<HTMLImageElement>("img[data-s]")].filter((picture) => picture.width >= NARROWEST && !picture.closest("a"));
  const frames = pictures.map((picture) => {
    const place = document.createComment("");
    picture.replaceWith(place);
    const frame = framed("span", picture, () => picture);
    place.replaceWith(frame);
    return { frame, picture };
  });
  return () => frames.forEach(({ frame, picture }) => frame.replaceWith(picture));
}

function framed(tag: "div" | "span", shown: HTMLElement, picture: () => HTMLImageElement | null): HTMLElement {
  adopt("enlarge", STYLE);
  const frame = document.createElement(tag);
  frame.className = "diagram-frame";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button compact diagram-enlarge";
  button.textContent = "Enlarge";
  button.addEventListener("click", () => {
    const large = picture();
    if (large) void import("./large-picture.ts").then(({ showLarge }) => showLarge(large));
  });
  frame.append(shown, button);
  return frame;
}

const STYLE = `
.diagram-frame { position: relative }
span.diagram-frame { display: inline-block; max-inline-size: 100%; vertical-align: bottom }
.diagram-enlarge { position: absolute; inset-block-start: 0; inset-inline-end: 0; opacity: 0 }
.diagram-frame:not(:has(img)) > .diagram-enlarge { display: none }
:is(.diagram-frame:hover, .diagram-frame:focus-within) > .diagram-enlarge { opacity: 1 }
@media (hover: none) { .diagram-enlarge { opacity: 1 } }
@media print { .diagram-enlarge { display: none } }
`;
