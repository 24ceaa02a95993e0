/** A picture over the whole window, to be moved and enlarged by pointer, wheel, fingers and keys. */
import { adopt } from "../style-sheet.ts";

/** How much larger a key or button makes it. */
const STEP = 1.3;
/** Enlargement at most, to the size at which all of it is seen. */
const LARGEST = 20;
/** An arrow key moves it by so many px. */
const MOVE = 60;

interface Point {
  x: number;
  y: number;
}

/** Opens the window; closing it gives the focus back to where it was. */
export function showLarge(picture: HTMLImageElement): void {
  adopt("large-picture", STYLE);
  new LargePicture(picture);
}

class LargePicture {
  readonly #dialog = document.createElement("dialog");
  readonly #image: HTMLImageElement;
  /** Fingers and pressed buttons, where they are. */
  readonly #pointers = new Map<number, Point>();
  #scale = 1;
  #at: Point = { x: 0, y: 0 };

  constructor(picture: HTMLImageElement) {
    this.#image = picture.cloneNode() as HTMLImageElement;
    this.#dialog.className = "large-picture";
    this.#dialog.setAttribute("aria-label", picture.alt === "" ? "Picture" : picture.alt);
    const bar = document.createElement("div");
    bar.className = "large-picture-bar";
    bar.append(
      this.#button("Smaller", () => this.#zoom(1 / STEP)),
      this.#button("Larger", () => this.#zoom(STEP)),
      this.#button("All of it", () => this.#reset()),
      this.#button("Close", () => this.#dialog.close()),
    );
    this.#dialog.append(this.#image, bar);
    this.#dialog.addEventListener("close", () => this.#dialog.remove());
    this.#dialog.addEventListener("keydown", this.#pressed);
    this.#dialog.addEventListener("wheel", this.#wheeled, { passive: false });
    for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel"] as const) this.#image.addEventListener(type, this.#moved);
    this.#image.draggable = false;
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #button(name: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button compact";
    button.textContent = name;
    button.addEventListener("click", act);
    return button;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const acts: Readonly<Record<string, () => void>> = {
      "+": () => this.#zoom(STEP),
      "=": () => this.#zoom(STEP),
      "-": () => this.#zoom(1 / STEP),
      "0": () => this.#reset(),
      ArrowLeft: () => this.#move(MOVE, 0),
      ArrowRight: () => this.#move(-MOVE, 0),
      ArrowUp: () => this.#move(0, MOVE),
      ArrowDown: () => this.#move(0, -MOVE),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  readonly #wheeled = (event: WheelEvent): void => {
    event.preventDefault();
    this.#zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), { x: event.clientX, y: event.clientY });
  };

  readonly #moved = (event: PointerEvent): void => {
    const now = { x: event.clientX, y: event.clientY };
    if (event.type === "pointerdown") {
      this.#image.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, now);
    } else if (event.type !== "pointermove") {
      this.#pointers.delete(event.pointerId);
    } else if (this.#pointers.has(event.pointerId)) {
      const before = spread([...this.#pointers.values()]);
      this.#pointers.set(event.pointerId, now);
      const after = spread([...this.#pointers.values()]);
      this.#move(after.middle.x - before.middle.x, after.middle.y - before.middle.y);
      if (before.width > 0) this.#zoom(after.width / before.width, after.middle);
    }
  };

  #move(x: number, y: number): void {
    this.#at = { x: this.#at.x + x, y: this.#at.y + y };
    this.#draw();
  }

  /** Larger or smaller, what is at a point of the window staying there; without one: its middle. */
  #zoom(by: number, point: Point = { x: innerWidth / 2, y: innerHeight / 2 }): void {
    const scale = Math.min(LARGEST, Math.max(1, this.#scale * by));
    const ratio = scale / this.#scale;
    const from = { x: point.x - innerWidth / 2, y: point.y - innerHeight / 2 };
    this.#at = { x: from.x - (from.x - this.#at.x) * ratio, y: from.y - (from.y - this.#at.y) * ratio };
    this.#scale = scale;
    if (scale === 1) this.#at = { x: 0, y: 0 };
    this.#draw();
  }

  #reset(): void {
    this.#scale = 1;
    this.#move(-this.#at.x, -this.#at.y);
  }

  #draw(): void {
    this.#image.style.transform = `translate(${this.#at.x}px, ${this.#at.y}px) scale(${this.#scale})`;
  }
}

/** The middle between fingers, and how far they are apart; one finger is not. */
function spread(points: Point[]): { middle: Point; width: number } {
  const [a, b = a] = points as [Point, Point?];
  return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, width: Math.hypot(a.x - b.x, a.y - b.y) };
}

const STYLE = `
.large-picture { position: fixed; inset: 0; inline-size: 100vw; block-size: 100dvh; max-inline-size: none; max-block-size: none; margin: 0; padding: 0; border: 0; overflow: hidden; background: var(--surface); color: var(--text) }
.large-picture img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; padding: 1rem; object-fit: contain; cursor: grab; touch-action: none; user-select: none }
.large-picture img[src^="/pictures/"] { background: white content-box }
.large-picture img:active { cursor: grabbing }
.large-picture-bar { position: absolute; inset-block-end: max(1rem, env(safe-area-inset-bottom)); inset-inline: 0; margin-inline: auto; inline-size: fit-content; display: flex; gap: .25rem; padding: .25rem; border: 1px solid var(--border); border-radius: var(--radius, 10px); background: var(--surface-raised); box-shadow: var(--shadow-high, 0 8px 24px oklch(0 0 0 / .16)) }
`;
