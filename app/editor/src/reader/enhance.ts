/** Code, diagrams and maths of the rendered page, made better when they come near the view. */
import { diagramElement } from "../diagram-element.ts";
import { enlargeable } from "./enlarge.ts";
import { drawFormula } from "./formula.ts";

/** Work ahead of the reader by so many pixels. */
const NEAR = "600px";

/**
 * Colours code, draws diagrams and maths under `root`. `changed` is called when that moved what is below, or put other
 * nodes in the place of those that were there. Returns what ends it.
 */
export function enhance(root: HTMLElement, changed: () => void): () => void {
  const stops = [...root.querySelectorAll<HTMLElement>("pre:is(.mermaid-source, :has(> code.language-mermaid))")].map((pre) => drawInPlace(pre, changed));
  const waiting = new Set(root.querySelectorAll<HTMLElement>('pre > code[class*="language-"]:not(.language-mermaid), .maths'));
  const improveOnce = (plain: HTMLElement) => {
    near.unobserve(plain);
    if (waiting.delete(plain)) improve(plain, changed);
  };
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) improveOnce(target as HTMLElement);
    },
    { rootMargin: NEAR },
  );
  for (const plain of waiting) near.observe(plain);
  // Nobody scrolls on paper. What has to be loaded first comes too late for it; after one formula KaTeX is there.
  const onPaper = () => waiting.forEach(improveOnce);
  addEventListener("beforeprint", onPaper);
  return () => {
    near.disconnect();
    removeEventListener("beforeprint", onPaper);
    for (const stop of stops) stop();
  };
}

function improve(plain: HTMLElement, changed: () => void): void {
  if (plain.matches(".maths")) drawFormula(plain, changed);
  else void import("./code.ts").then(({ colour }) => colour(plain)).then(changed);
}

/** The picture goes in front of its source, which shows only where there is something to repair. */
function drawInPlace(pre: HTMLElement, changed: () => void): () => void {
  const diagram = diagramElement(pre.textContent ?? "", () => {
    pre.hidden = diagram.element.querySelector(".diagram-error") === null;
    changed();
  });
  const frame = enlargeable(diagram.element);
  pre.before(frame);
  return () => {
    diagram.stop();
    frame.remove();
    pre.hidden = false;
  };
}
