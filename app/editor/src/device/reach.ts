/** Whether the server can be reached again. */

/** It is asked so often while the page is looked at, in ms: a network that is back tells of itself, a server that is back does not. */
const ASK = 10_000;
/** No answer for so long is none, in ms. */
const PATIENCE = 8_000;
/** A page that was left for the server's and came back is not left again by itself for so long, in ms. */
const AGAIN = 60_000;

/** Calls once, when it can. */
export function whenReached(reached: () => void): void {
  let ended = false;
  const end = (): void => {
    ended = true;
    clearInterval(timer);
    removeEventListener("online", look);
    document.removeEventListener("visibilitychange", look);
  };
  const look = (): void => {
    if (ended || !navigator.onLine || document.visibilityState === "hidden") return;
    void answers().then((is) => {
      if (!is || ended) return;
      end();
      reached();
    });
  };
  const timer = setInterval(look, ASK);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  look();
}

/** Says so at the top of the page. */
export function sayOnline(): void {
  const badge = document.querySelector<HTMLElement>("[data-state]");
  badge?.replaceChildren("Online");
  badge?.classList.replace("warning", "success");
}

/** Whether it is Quorum that answers, and not something on the way. */
async function answers(): Promise<boolean> {
  try {
    const response = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return response.ok && response.headers.has("x-request-id");
  } catch {
    return false;
  }
}

/** Loads the address from the server, unless that was tried just now and led here again. Answers whether it does. */
export function reloadOnce(): boolean {
  const last = Number(sessionStorage.getItem("left") ?? 0);
  if (Date.now() - last < AGAIN) return false;
  sessionStorage.setItem("left", String(Date.now()));
  location.reload();
  return true;
}
