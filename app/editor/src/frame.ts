/** What every page loads: `window.quorum`, small, set before wasm starts. Editor, reader and the rest come when they are first used. */
import { followOtherTabs, setTheme } from "./color-scheme.ts";
import type { EditorHandle, EditorOptions } from "./contract.ts";
import { deferredEditor, deferredReader, type OnEvent } from "./deferred.ts";
import type { Arrival } from "./device/arrive.ts";
import { holdRelease } from "./device/hold-release.ts";
import { forgetHere, rememberHere } from "./device/last-here.ts";
import { Early } from "./early.ts";
import { rescueFocus } from "./focus-rescue.ts";
import { listen } from "./listen.ts";
// Not lazily: signing out must know about unsent changes without a network too.
import { unsent, wipe } from "./offline-store.ts";
import { isMac } from "./platform.ts";
import { forgetChoices } from "./recent-choices.ts";
import { listenForShortcuts } from "./shortcuts/listen.ts";
import { localiseTimes } from "./times.ts";
import { countUnkept } from "./unkept.ts";

/** The editor mounted last: its text is empty once it is gone. */
let editor: EditorHandle | null = null;
/** The editor that the application has not asked for yet. */
let early: Early | null = null;
/** Who was said to have arrived last. */
let arrived = "";
let hasSettled: () => void = () => undefined;
/** Resolves when what may not be kept for them is gone. */
const settled = new Promise<void>((resolve) => (hasSettled = resolve));

function mount(element: HTMLElement, options: string, onEvent: OnEvent): EditorHandle {
  const parsed = JSON.parse(options) as EditorOptions;
  return deferredEditor(async (emit) => {
    const { openEditor } = await import("./editor.ts");
    // So that what is typed can be taken along without a network too.
    void import("./rescue.ts").catch(() => undefined);
    return () => openEditor(element, parsed, emit);
  }, onEvent);
}

const quorum = {
  /** Mounts the live text into an empty element. Options: `EditorOptions`; events: `PageEvent`; both JSON. */
  mountEditor(element: HTMLElement, options: string, onEvent: OnEvent) {
    editor = early?.take(element, options, onEvent) ?? mount(element, options, onEvent);
    early = null;
    return editor;
  },
  /** Acts when the editor that the page came with has its text, or takes long; at once where there is none. */
  whenOpened(act: () => void): void {
    if (!early) return act();
    // And seen; a page that nobody sees is not drawn.
    void early.opened.then(() => (document.hidden ? act() : requestAnimationFrame(() => setTimeout(act))));
  },
  /** Enhances the rendered text in an element. Events: `PageEvent` as JSON. */
  mountReader(element: HTMLElement, _options: string, onEvent: OnEvent) {
    return deferredReader(async (emit) => {
      const { openReader } = await import("./reader/index.ts");
      return () => openReader(element, emit);
    }, onEvent);
  },
  /** Hears of changes on the server until closed. */
  listen,
  /** "light", "dark" or "system". */
  setTheme,
  /** Somebody is signed in here: `Arrival` as JSON. What that means for the device is seen to once the page is there. */
  arrive(arrival: string) {
    if (arrival === arrived) return;
    arrived = arrival;
    const parsed = JSON.parse(arrival) as Arrival;
    rememberHere(parsed);
    // Without it, pages need the network; the next page tries again.
    void import("./device/arrive.ts").then(({ settle }) => settle(parsed)).then(hasSettled, hasSettled);
  },
  /** Shows in an empty element what of an account is on this device. */
  async showDevice(place: HTMLElement, account: string): Promise<void> {
    const { showDevice } = await import("./device/settings.ts");
    await settled;
    await showDevice(place, account);
  },
  /** How many changes of an account are only on this device, or only in this page. */
  async unsent(account: string): Promise<number> {
    return (await unsent(account)) + countUnkept();
  },
  /** Hands the person every text with such changes, as files. */
  async download(account: string): Promise<void> {
    await (await import("./rescue.ts")).download(account);
  },
  /** Removes an account's copies from this device, and what it chose last. Ask `unsent` first. */
  async wipe(account: string): Promise<void> {
    forgetChoices(account);
    forgetHere();
    await wipe(account);
  },
};

declare global {
  interface Window {
    /** The TypeScript side of the product, bound in `app/src/editor.rs`. */
    quorum: typeof quorum;
  }
}

window.quorum = quorum;
followOtherTabs();
localiseTimes();
rescueFocus();
early = Early.find(document, mount);
if (document.documentElement.hasAttribute("data-offline")) void import("./device/offline-page.ts").then(({ showOfflinePage }) => showOfflinePage());
else listenForShortcuts(() => editor);
if (isMac) document.documentElement.dataset["mac"] = "";
// Whoever is here: the pages without a session, and the one without a network, load what they need later too.
holdRelease(import.meta.url);
