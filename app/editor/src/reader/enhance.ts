/** Code, diagrams and maths of the rendered page, made better when they come near the view. */
import { diagramElement } from "../diagram-element.ts";
import { drawMaths } from "../maths-element.ts";

/** Work ahead of the reader by so many pixels. */
const NEAR = "600px";

/** Colours code, draws diagrams and maths under `root`. `changed` is called when that moved what is below. Returns what ends it. */
export function enhance(root: HTMLElement, changed: () => void): () => void {
  const stops = [...root.querySelectorAll<HTMLElement>("pre:is(.mermaid-source, :has(> code.language-mermaid))")].map((pre) => drawInPlace(pre, changed));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        improve(target as HTMLElement, changed);
      }
    },
    { rootMargin: NEAR },
  );
  for (const plain of root.querySelectorAll(`pre > code[class*="language-"]:not(.language-mermaid), .maths`)) near.observe(plain);
  return () => {
    near.disconnect();
    for (const stop of stops) stop();
  };
}

function improve(plain: HTMLElement, changed: () => void): void {
  if (!plain.matches(".maths")) {
    void import("./code.ts").then(({ colour }) => colour(plain));
    return;
  }
  // Into the run of text that is there, so that what is selected in the drawing has its place in the source.
  const run = plain.querySelector<HTMLElement>("[data-s]") ?? plain;
  drawMaths(run, run.textContent ?? "", plain.matches(".display"), changed);
  plain.classList.add("drawn");
}

/** The picture goes in front of its source, which shows only where there is something to repair. */
function drawInPlace(pre: HTMLElement, changed: () => void): () => void {
  const diagram = diagramElement(pre.textContent ?? "", () => {
    pre.hidden = diagram.element.querySelector(".diagram-error") === null;
    changed();
  });
  pre.before(diagram.element);
  return () => {
    diagram.stop();
    diagram.element.remove();
    pre.hidden = false;
  };
}
