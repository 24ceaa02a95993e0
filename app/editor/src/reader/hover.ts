/** Tells which thread's passage the pointer is on. */
import type { Emit } from "../contract.ts";
import type { Marks } from "./marks.ts";

/** Emits `hover` whenever it is on another. Returns what ends it. */
export function followHovers(root: HTMLElement, marks: Marks, emit: Emit): () => void {
  // Nobody knows what the text before this one has said last.
  let said: string | null | undefined;
  let planned = 0;
  let at = { x: 0, y: 0 };
  const tell = (thread: string | null) => {
    if (thread === said) return;
    said = thread;
    emit({ type: "hover", thread });
  };
  const moved = (event: PointerEvent) => {
    if (event.pointerType !== "mouse") return;
    at = { x: event.clientX, y: event.clientY };
    planned ||= requestAnimationFrame(() => {
      planned = 0;
      tell(marks.at(at.x, at.y));
    });
  };
  const left = () => {
    cancelAnimationFrame(planned);
    planned = 0;
    tell(null);
  };
  root.addEventListener("pointermove", moved);
  root.addEventListener("pointerleave", left);
  return () => {
    left();
    root.removeEventListener("pointermove", moved);
    root.removeEventListener("pointerleave", left);
  };
}
