/** A WebSocket that comes back: reconnects with backoff, notices a half-open line, and hears the browser's online and offline events. */
import { backoff } from "./backoff.ts";
import { afterClose } from "./close-codes.ts";
import type { Refusal } from "./contract.ts";

/** Nothing heard for so long: ask whether the other side is still there. In ms. */
const QUIET = 30_000;
/** No answer for so long after asking, or no connection for so long after trying: the line is dead. In ms. */
const PATIENCE = 10_000;
/** How often the silence is measured, in ms. */
const CHECK = 5_000;
/** A connection that lived this long was a good one: the next failure starts with short waits again. In ms. */
const GOOD = 10_000;

/** What a socket is told and tells. */
export interface SocketOptions {
  /** The address, made anew for every attempt. */
  url: () => string;
  /** Connected; the first frames may be sent. */
  opened: () => void;
  /** A frame came. */
  received: (bytes: ArrayBuffer | string) => void;
  /** The connection is gone; another attempt follows. */
  lost: () => void;
  /** The server wants no further attempt. */
  ended: (why: "too-large" | Refusal) => void;
  /** Sends something that must be answered. None: silence is not looked at. */
  ping?: () => void;
}

/** The reconnecting socket. Starts at once. */
export class Socket {
  readonly #options: SocketOptions;
  #socket: WebSocket | null = null;
  #attempt = 0;
  #openedAt = 0;
  #heardAt = 0;
  #askedAt: number | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #connectTimeout: ReturnType<typeof setTimeout> | undefined;
  readonly #watch: ReturnType<typeof setInterval>;
  #ended = false;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#watch = setInterval(this.#listenForSilence, CHECK);
    addEventListener("online", this.#networkIsBack);
    addEventListener("offline", this.#networkIsGone);
    document.addEventListener("visibilitychange", this.#networkIsBack);
    this.#connect();
  }

  /** Whether frames can be sent now. */
  get open(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Sends a frame; silently nothing while not connected (what matters is sent again after connecting). */
  send(bytes: Uint8Array): void {
    if (this.open) this.#socket?.send(bytes as Uint8Array<ArrayBuffer>);
  }

  /** Cuts the line and connects again: what was sent on it is of unknown fate. */
  reconnect(): void {
    this.#drop(0, 0);
  }

  /** Ends it for good. */
  close(): void {
    this.#ended = true;
    clearInterval(this.#watch);
    removeEventListener("online", this.#networkIsBack);
    removeEventListener("offline", this.#networkIsGone);
    document.removeEventListener("visibilitychange", this.#networkIsBack);
    this.#forget();
  }

  #connect(): void {
    if (this.#ended) return;
    this.#forget();
    const socket = new WebSocket(this.#options.url());
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    // A connection attempt into a dead network can hang for minutes.
    this.#connectTimeout = setTimeout(() => this.#drop(0, 0), PATIENCE);
    socket.onopen = () => {
      clearTimeout(this.#connectTimeout);
      this.#openedAt = this.#heardAt = Date.now();
      this.#askedAt = null;
      this.#options.opened();
    };
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      this.#heardAt = Date.now();
      this.#askedAt = null;
      this.#options.received(event.data);
    };
    socket.onclose = (event) => this.#closed(event.code);
  }

  #closed(code: number): void {
    const next = afterClose(code);
    if (next.action === "reconnect") {
      this.#drop(next.least, next.spread);
      return;
    }
    this.close();
    this.#options.ended(next.action === "too-large" ? "too-large" : next.reason);
  }

  /** Lets go of the line and plans the next attempt. */
  #drop(least: number, spread: number): void {
    if (this.#ended) return;
    const wasGood = this.#openedAt > 0 && Date.now() - this.#openedAt > GOOD;
    this.#attempt = wasGood ? 0 : this.#attempt + 1;
    this.#openedAt = 0;
    this.#forget();
    this.#options.lost();
    const wait = least + Math.random() * spread + backoff(this.#attempt, Math.random());
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #forget(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#connectTimeout);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    // A half-open socket may take minutes to report its close; nobody waits for it.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  readonly #listenForSilence = (): void => {
    if (!this.open || !this.#options.ping) return;
    const now = Date.now();
    if (this.#askedAt !== null) {
      if (now - this.#askedAt >= PATIENCE) this.#drop(0, 0);
    } else if (now - this.#heardAt >= QUIET) {
      this.#askedAt = now;
      this.#options.ping();
    }
  };

  readonly #networkIsBack = (): void => {
    if (this.#ended || document.visibilityState === "hidden") return;
    if (this.#socket === null) {
      this.#connect();
    } else {
      this.#listenForSilence();
    }
  };

  readonly #networkIsGone = (): void => {
    if (this.#socket !== null) this.#drop(0, 0);
  };
}
