/** Hints from the server that something changed: one `/events` socket for the tab, however many parts of the page listen. */
import type { Closable } from "./contract.ts";
import { Socket } from "./socket.ts";

/** What is told after a reconnect: hints may have been missed. */
const ALL = '{"noun":"all"}';

const listeners = new Set<(hint: string) => void>();
let socket: Socket | null = null;

/** Hears hints (JSON of `Hint` in `server/src/bus.rs`) until closed. */
export function listen(onHint: (hint: string) => void): Closable {
  listeners.add(onHint);
  socket ??= connect();
  return {
    close: () => {
      listeners.delete(onHint);
      if (listeners.size > 0) return;
      socket?.close();
      socket = null;
    },
  };
}

function connect(): Socket {
  let wasLost = false;
  return new Socket({
    url: () => {
      const url = new URL("/events", location.href);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      return url.href;
    },
    opened: () => {
      if (wasLost) tell(ALL);
      wasLost = false;
    },
    received: (data) => {
      if (typeof data === "string") tell(data);
    },
    lost: () => (wasLost = true),
    // Signed out or suspended: the pages find out by what they fetch next.
    ended: () => tell(ALL),
  });
}

function tell(hint: string): void {
  for (const listener of [...listeners]) listener(hint);
}
