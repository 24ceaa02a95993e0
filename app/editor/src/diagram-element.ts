/** A diagram on the page: drawn when it comes into view, again when the scheme changes or the network is back, with the error in place when it cannot be. */
import { isDark, watchScheme } from "./color-scheme.ts";
import { adopt } from "./style-sheet.ts";

/** Draw what is within so many pixels of the view. */
const NEAR = "400px";

/** A diagram's element, and what ends its updates. `drawn` is called after every change of its size. */
export function diagramElement(source: string, drawn: () => void): { element: HTMLElement; stop: () => void } {
  adopt("diagram", STYLE);
  const element = document.createElement("div");
  element.className = "diagram";
  element.setAttribute("aria-busy", "true");
  let visible = false;
  let stopped = false;
  const show = async () => {
    const { draw, lastGood } = await import("./mermaid.ts");
    const dark = isDark();
    const drawing = await draw(source, dark);
    if (stopped) return;
    element.removeAttribute("aria-busy");
    if ("svg" in drawing) {
      element.replaceChildren(picture(drawing, source, drawn));
    } else {
      const good = lastGood(source, dark);
      const before = good && "svg" in good ? [picture(good, source, drawn)] : [];
      element.replaceChildren(...before, problem(drawing.error));
    }
    drawn();
  };
  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      visible = true;
      void show();
    },
    { rootMargin: NEAR },
  );
  seen.observe(element);
  const again = () => visible && void show();
  const unwatch = watchScheme(again);
  addEventListener("online", again);
  const stop = () => {
    stopped = true;
    seen.disconnect();
    unwatch();
    removeEventListener("online", again);
  };
  return { element, stop };
}

function picture(drawing: { svg: string; width: number; height: number; title: string }, source: string, loaded: () => void): HTMLImageElement {
  const image = document.createElement("img");
  image.alt = drawing.title === "" ? `Diagram: ${firstWords(source)}` : drawing.title;
  image.width = drawing.width;
  image.height = drawing.height;
  image.onload = loaded;
  // As an image, an SVG runs no script, loads nothing and styles nothing outside.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.svg)}`;
  return image;
}

function problem(error: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "diagram-error";
  line.setAttribute("role", "status");
  line.textContent = error;
  return line;
}

function firstWords(source: string): string {
  const line = source.split("\n").find((text) => text.trim() !== "" && !text.trim().startsWith("%%"));
  return line?.trim() ?? "empty";
}

const STYLE = `
.diagram { min-block-size: 3rem; overflow-x: auto; text-align: center }
.diagram img { max-inline-size: 100%; block-size: auto; display: inline-block }
.diagram-error { margin: .5rem 0 0; text-align: start; white-space: pre-wrap; font: .8125rem/1.5 var(--font-mono, monospace); color: var(--danger, light-dark(oklch(.5 .19 25), oklch(.78 .13 25))) }
`;
