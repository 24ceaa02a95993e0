/** Maths on the page: its source until KaTeX is here, from then on drawn at once. */

type Draw = (element: HTMLElement, source: string, display: boolean) => void;

let draw: Draw | null = null;

/** Draws into an element, which keeps what it shows where KaTeX cannot be had. `drawn` is called when that is done, now or later. */
export function drawMaths(element: HTMLElement, source: string, display: boolean, drawn: () => void): void {
  if (draw) {
    draw(element, source, display);
    drawn();
    return;
  }
  const load = async () => {
    ({ draw } = await import("./maths.ts"));
    draw(element, source, display);
    drawn();
  };
  load().catch(() => undefined);
}
