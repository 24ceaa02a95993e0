/** A formula of the rendered page, drawn. */
import { drawMaths } from "../maths-element.ts";
import { TEX } from "./runs.ts";

/** Draws a `.maths` element of the server's. `drawn` is called when that is done, now or later. */
export function drawFormula(element: HTMLElement, drawn: () => void): void {
  // Into the run of text that is there, so that what is selected in the drawing has its place in the source.
  const run = element.querySelector<HTMLElement>("[data-s]") ?? element;
  const source = (run.dataset[TEX] ??= run.textContent ?? "");
  drawMaths(run, source, element.matches(".display"), () => {
    element.classList.add("drawn");
    drawn();
  });
}
