/**
 * Draws Mermaid diagrams in one hidden iframe without an origin: what a hostile diagram gets out of Mermaid stays there, and only the
 * picture comes back. One diagram at a time; a frame that exceeds its time is thrown away.
 */

/** A drawn diagram, or what is wrong with it. */
export type Drawing = { svg: string; width: number; height: number; title: string } | { error: string };

/** What the frame is asked. */
export interface DrawRequest {
  id: number;
  source: string;
  dark: boolean;
}

/** A diagram may take so long, in ms: more would be a way to burn readers' processors. */
const BUDGET = 5_000;
/** Loading Mermaid itself (some 700 KB, once) may take so long, in ms. */
const LOADING = 30_000;
/** Drawings kept, oldest out first. */
const REMEMBERED = 100;

const drawings = new Map<string, Drawing>();
let queue: Promise<unknown> = Promise.resolve();
let frame: Promise<HTMLIFrameElement> | null = null;
let lastId = 0;

/** Draws a diagram, after those asked for before. Never rejects. */
export function draw(source: string, dark: boolean): Promise<Drawing> {
  const key = `${dark ? "dark" : "light"} ${source}`;
  const known = drawings.get(key);
  if (known) return Promise.resolve(known);
  const drawing = queue.then(() => drawings.get(key) ?? drawNow(source, dark));
  queue = drawing;
  return drawing.then((made) => {
    // Only what the source itself decides is remembered, not a slow moment.
    if ("svg" in made) remember(key, made);
    return made;
  });
}

/** The last drawing of a source that is mostly this one: shown above the error while somebody repairs it. */
export function lastGood(source: string, dark: boolean): Drawing | null {
  const prefix = dark ? "dark " : "light ";
  for (const [key, drawing] of [...drawings].reverse()) {
    if (key.startsWith(prefix) && alike(key.slice(prefix.length), source)) return drawing;
  }
  return null;
}

/** Whether more than half of the longer text is a common start and end. */
function alike(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return (start + end) * 2 > Math.max(a.length, b.length);
}

function remember(key: string, drawing: Drawing): void {
  drawings.set(key, drawing);
  const oldest = drawings.keys().next();
  if (drawings.size > REMEMBERED && !oldest.done) drawings.delete(oldest.value);
}

async function drawNow(source: string, dark: boolean): Promise<Drawing> {
  // What draws comes from the server: a frame without an origin is none that the service worker would answer.
  if (!frame && !navigator.onLine) return { error: "This diagram is drawn as soon as there is a network." };
  try {
    frame ??= load();
    const ready = await frame;
    return await ask(ready, { id: ++lastId, source, dark });
  } catch {
    void frame?.then((old) => old.remove()).catch(() => undefined);
    frame = null;
    return { error: "This diagram could not be drawn in time." };
  }
}

function load(): Promise<HTMLIFrameElement> {
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.title = "Draws diagrams";
  element.tabIndex = -1;
  element.setAttribute("aria-hidden", "true");
  // Laid out but not seen: Mermaid measures text, which display:none would make zero.
  Object.assign(element.style, { position: "fixed", insetInlineStart: "-3000px", insetBlockStart: "0", inlineSize: "1200px", blockSize: "800px", border: "0", visibility: "hidden" });
  element.src = new URL("mermaid-frame.html", import.meta.url).href;
  const ready = heard(element, LOADING, (data) => (data === "ready" ? element : null));
  document.body.append(element);
  ready.catch(() => element.remove());
  return ready;
}

function ask(element: HTMLIFrameElement, request: DrawRequest): Promise<Drawing> {
  const answer = heard(element, BUDGET, (data) => asDrawing(data, request.id));
  // A frame without an origin can be addressed only by "*"; it is ours, and the text is no secret from it.
  element.contentWindow?.postMessage(request, "*");
  return answer;
}

/** The first message from the frame that `read` understands; rejects when the time is over. */
function heard<T>(element: HTMLIFrameElement, budget: number, read: (data: unknown) => T | null): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      removeEventListener("message", listen);
      reject(new Error("timeout"));
    }, budget);
    const listen = (event: MessageEvent<unknown>) => {
      if (event.source !== element.contentWindow) return;
      const value = read(event.data);
      if (value === null) return;
      clearTimeout(timer);
      removeEventListener("message", listen);
      resolve(value);
    };
    addEventListener("message", listen);
  });
}

/** The frame is not trusted: everything it says is checked. */
function asDrawing(data: unknown, id: number): Drawing | null {
  if (typeof data !== "object" || data === null) return null;
  const answer = data as Record<string, unknown>;
  if (answer["id"] !== id) return null;
  const { svg, width, height, title, error } = answer;
  if (typeof error === "string") return { error: error.slice(0, 300) };
  if (typeof svg !== "string" || typeof width !== "number" || typeof height !== "number") return { error: "This diagram could not be drawn." };
  return { svg, width, height, title: typeof title === "string" ? title.slice(0, 300) : "" };
}
