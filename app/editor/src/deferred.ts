/** Handles that exist before their code has arrived: calls wait in a queue and are then made in order. */
import type { EditorHandle, Emit, ReaderHandle } from "./contract.ts";
import { persist } from "./persist.ts";

/** What a page is told, as JSON: `{"status": {…}}`, the kind of event outside. */
export type OnEvent = (json: string) => void;

/** Loads the code and answers what opens the handle; its events go to `emit`. */
type Open<H> = (emit: Emit) => Promise<() => H>;

/** Calls on a handle that is still to come, and its events until it is destroyed. */
class Deferred<H extends { destroy(): void }> {
  #handle: H | null = null;
  #waiting: ((handle: H) => void)[] = [];
  #destroyed = false;

  constructor(open: Open<H>, onEvent: OnEvent) {
    // A destroyed editor may live on until its last changes are acknowledged; its page is gone and must not be called.
    const emit: Emit = ({ type, ...what }) => {
      if (!this.#destroyed) onEvent(JSON.stringify({ [type]: what }));
    };
    void persist(() => open(emit)).then((make) => {
      // Left before it arrived: do not even begin.
      if (this.#destroyed) return;
      this.#handle = make();
      for (const call of this.#waiting.splice(0)) call(this.#handle);
    });
  }

  get handle(): H | null {
    return this.#handle;
  }

  call(what: (handle: H) => void): void {
    if (this.#handle) what(this.#handle);
    else if (!this.#destroyed) this.#waiting.push(what);
  }

  destroy(): void {
    this.#destroyed = true;
    this.#waiting = [];
    this.#handle?.destroy();
    this.#handle = null;
  }
}

/** An editor's handle. */
export function deferredEditor(open: Open<EditorHandle>, onEvent: OnEvent): EditorHandle {
  const later = new Deferred(open, onEvent);
  return {
    setThreads: (json) => later.call((handle) => handle.setThreads(json)),
    setActiveThread: (id) => later.call((handle) => handle.setActiveThread(id)),
    scrollToThread: (id) => later.call((handle) => handle.scrollToThread(id)),
    setMode: (mode) => later.call((handle) => handle.setMode(mode)),
    setSource: (source) => later.call((handle) => handle.setSource(source)),
    showPeople: (place) => later.call((handle) => handle.showPeople(place)),
    focus: () => later.call((handle) => handle.focus()),
    goTo: (offset) => later.call((handle) => handle.goTo(offset)),
    text: () => later.handle?.text() ?? "",
    changes: () => new Promise((resolve, reject) => later.call((handle) => void handle.changes().then(resolve, reject))),
    discard: () => new Promise((resolve, reject) => later.call((handle) => void handle.discard().then(resolve, reject))),
    destroy: () => later.destroy(),
  };
}

/** A reader's handle. */
export function deferredReader(open: Open<ReaderHandle>, onEvent: OnEvent): ReaderHandle {
  const later = new Deferred(open, onEvent);
  return {
    setThreads: (json) => later.call((handle) => handle.setThreads(json)),
    setActiveThread: (id) => later.call((handle) => handle.setActiveThread(id)),
    scrollToThread: (id) => later.call((handle) => handle.scrollToThread(id)),
    destroy: () => later.destroy(),
  };
}
