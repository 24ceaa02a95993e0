/** Tells the worker which release a page is of: what a page may still load must not go. */

/** As long as this page lives, the worker keeps the release of its script, whatever is released meanwhile. By its lock it is known. */
export function holdRelease(script: string): void {
  if (!("locks" in navigator)) return;
  void navigator.locks.request(`quorum ${new URL(script).pathname}`, { mode: "shared" }, () => new Promise(() => undefined));
}
