/** The button on a diagram that opens it large. */
import { adopt } from "../style-sheet.ts";

/** A diagram's element with the button on it, whatever is drawn there later. */
export function enlargeable(diagram: HTMLElement): HTMLElement {
  adopt("enlarge", STYLE);
  const frame = document.createElement("div");
  frame.className = "diagram-frame";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button compact diagram-enlarge";
  button.textContent = "Enlarge";
  button.addEventListener("click", () => {
    const picture = diagram.querySelector("img");
    if (picture) void import("./large-picture.ts").then(({ showLarge }) => showLarge(picture));
  });
  frame.append(diagram, button);
  return frame;
}

const STYLE = `
.diagram-frame { position: relative }
.diagram-enlarge { position: absolute; inset-block-start: 0; inset-inline-end: 0; opacity: 0 }
.diagram-frame:not(:has(img)) > .diagram-enlarge { display: none }
:is(.diagram-frame:hover, .diagram-frame:focus-within) > .diagram-enlarge { opacity: 1 }
@media (hover: none) { .diagram-enlarge { opacity: 1 } }
@media print { .diagram-enlarge { display: none } }
`;
