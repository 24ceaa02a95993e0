/** What a page does for the device once it is there: takes away copies that may not be kept, and sees to it that pages open without a network. */
import { keepOnly } from "./copies.ts";

/** Who has arrived, as the frame of every signed-in page says it. */
export interface Arrival {
  /** Their account. */
  account: string;
  /** Their name. */
  name: string;
  /** The teams they are in that let devices keep copies, by their names in links. */
  teams: string[];
}

/** Never in the way of the page itself. Resolves when what may not be kept is gone. */
export async function settle({ account, teams }: Arrival): Promise<void> {
  await loaded();
  // No storage: there is nothing to take away.
  await keepOnly(account, teams).catch(() => undefined);
  void openOffline().catch(() => undefined);
}

/** Not possible everywhere: without HTTPS, or where the browser keeps nothing. Pages then need the network, and else are the same. */
async function openOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/service-worker.js");
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage("tidy");
}

/** Resolves when the page and all that it shows at first is there. */
function loaded(): Promise<void> {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", () => resolve(), { once: true }));
}
