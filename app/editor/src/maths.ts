/** Draws TeX with KaTeX. Loaded, with its style and fonts, when a page first shows maths. */
import katex, { type KatexOptions } from "katex";
import style from "katex/dist/katex.css";

import { adopt } from "./style-sheet.ts";

/** Nothing that loads, links or grows without end: the source is anybody's. */
const OPTIONS: KatexOptions = { output: "htmlAndMathml", throwOnError: true, trust: false, strict: "ignore", maxSize: 20, maxExpand: 200 };

/** Draws into an element; where the source cannot be drawn, it stands there with the reason. */
export function draw(element: HTMLElement, source: string, display: boolean): void {
  adopt("maths", style);
  try {
    katex.render(source, element, { ...OPTIONS, displayMode: display });
  } catch (error) {
    element.replaceChildren(problem(source, error));
  }
}

function problem(source: string, error: unknown): HTMLElement {
  const shown = document.createElement("span");
  shown.className = "maths-error";
  const reason = document.createElement("span");
  reason.className = "maths-reason";
  reason.textContent = error instanceof Error ? error.message.replace(/^KaTeX parse error: /, "") : String(error);
  shown.append(source, " ", reason);
  return shown;
}
