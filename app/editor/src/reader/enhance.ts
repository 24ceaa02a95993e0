/** Code and diagrams of the rendered page, made better when they come near the view. */
import { diagramElement } from "../diagram-element.ts";

/** Work ahead of the reader by so many pixels. */
const NEAR = "600px";

/** Colours code and draws diagrams under `root`. `changed` is called when that moved what is below. Returns what ends it. */
export function enhance(root: HTMLElement, changed: () => void): () => void {
  const stops = [...root.querySelectorAll<HTMLElement>("pre:is(.mermaid-source, :has(> code.language-mermaid))")].map((pre) => drawInPlace(pre, changed));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        void import("./code.ts").then(({ colour }) => colour(target as HTMLElement));
      }
    },
    { rootMargin: NEAR },
  );
  for (const code of root.querySelectorAll<HTMLElement>('pre > code[class*="language-"]:not(.language-mermaid)')) near.observe(code);
  return () => {
    near.disconnect();
    for (const stop of stops) stop();
  };
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
