/** The service worker: pages open without a network. What it answers is in `shelf.ts`; here it is tied to the browser. */
import { Shelf, type Release } from "./shelf.ts";

/** Put in by `make/offline.mjs`. */
declare const RELEASE: Release;

// The types of workers contradict those of pages, which are checked with this; it needs a few of them.
interface Extendable extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  readonly preloadResponse?: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly registration: {
    readonly installing: unknown;
    readonly waiting: unknown;
    readonly navigationPreload?: { enable(): Promise<void> };
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate" | "message", heard: (event: Extendable) => void): void;
  addEventListener(type: "fetch", heard: (event: Fetching) => void): void;
}

const worker = self as unknown as Scope;
const shelf = new Shelf(RELEASE, { caches, fetch: (request, init) => fetch(request, init), scriptsInUse });

/** Every open page holds a lock that names its script (`device/hold-release.ts`). */
async function scriptsInUse(): Promise<string[]> {
  const { held = [] } = await navigator.locks.query();
  return held.flatMap(({ name = "" }) => (name.startsWith("quorum /") ? [name.slice("quorum ".length)] : []));
}

/** While the worker of another release gathers its files, or waits for its turn, nothing is taken away: they would be among it. It tidies up itself. */
async function tidy(): Promise<void> {
  const { installing, waiting } = worker.registration;
  if (!installing && !waiting) await shelf.tidy();
}

worker.addEventListener("install", (event) => {
  // Pages of the release before go on with this worker: it answers them from their own release's files.
  event.waitUntil(shelf.fill().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  // Starting a worker takes a moment; a page's request need not wait for it.
  event.waitUntil(Promise.all([worker.registration.navigationPreload?.enable(), tidy()]));
});

worker.addEventListener("message", (event) => event.waitUntil(tidy()));

worker.addEventListener("fetch", (event) => {
  const { request, preloadResponse } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  // The frames in pages are no pages.
  if (request.mode === "navigate") {
    if (request.destination !== "document") return;
    event.respondWith(shelf.page(request, preloadResponse));
    // Not every page waits for it; what comes of it is for those that do.
    if (preloadResponse) event.waitUntil(preloadResponse.then(undefined, () => undefined));
    return;
  }
  const kind = shelf.kindOf(url.pathname);
  if (kind === "asset") event.respondWith(shelf.asset(request));
  else if (kind === "plain") event.respondWith(shelf.plain(request));
});
