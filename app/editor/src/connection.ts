/**
 * One document's line to the server: sync, awareness and acknowledgements over one socket. Own provider instead of y-websocket's,
 * because "saved" must mean "on the server's disk" and a refusal must not lose what was written.
 */
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates, type Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import type { Refusal } from "./contract.ts";
import type { Ledger } from "./ledger.ts";
import * as protocol from "./protocol.ts";
import { comeIntoSight, loseSight } from "./sight.ts";
import { Socket } from "./socket.ts";

/** What a connection is told and tells. */
export interface ConnectionOptions {
  /** The proposal's id. */
  proposal: string;
  /** The document. */
  doc: Y.Doc;
  /** Who is here. */
  awareness: Awareness;
  /** The changes of this device without acknowledgement. */
  ledger: Ledger;
  /** The server's content came (already applied). */
  received: (update: Uint8Array) => void;
  /** These changes are on the server's disk. */
  committed: (ids: string[]) => void;
  /** Something that the status depends on changed. */
  changed: () => void;
}

/** The line to the server, which opens at once and says and hears nothing before `begin`. Updates that it applies carry it as their origin. */
export class Connection {
  link: "connecting" | "open" | "lost" = "connecting";
  synced = false;
  degraded = false;
  tooLarge = false;
  refused: Refusal | null = null;
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  /** Whether the server's question was answered; before, a change could arrive ahead of one it builds on. */
  #answered = false;
  /** What the server last said that it has. */
  #vector: Uint8Array | undefined;
  /** What has happened before `begin`. */
  #waiting: (() => void)[] | null = [];

  constructor(options: ConnectionOptions) {
    this.#options = options;
    options.awareness.on("update", this.#shareAwareness);
    this.#socket = new Socket({
      url: () => syncUrl(options.proposal),
      opened: () => this.#onceBegun(() => this.#opened()),
      received: (bytes) => this.#onceBegun(() => this.#receive(bytes)),
      lost: () => this.#onceBegun(() => this.#lost()),
      ended: (why) => this.#onceBegun(() => this.#ended(why)),
      ping: () => this.#socket.send(protocol.query()),
    });
  }

  /** The document has what this device has of it. */
  begin(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const act of waiting) act();
  }

  #onceBegun(act: () => void): void {
    if (this.#waiting) this.#waiting.push(act);
    else act();
  }

  /** Whether changes can go out at once. */
  get #sending(): boolean {
    return this.#answered && this.#socket.open && this.refused === null;
  }

  /** A change was made here. */
  sendUpdate(id: string, update: Uint8Array): void {
    if (!this.#sending) return;
    this.#options.ledger.sent([id]);
    this.#socket.send(protocol.update(update));
  }

  /** The person may write again (a hold released, a role given). What was refused goes out when the server asks for it. */
  allowed(): void {
    if (this.refused !== null && !isFinal(this.refused)) this.refused = null;
  }

  /** All that the server lacks, as far as it has said what it has. */
  lacking(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#options.doc, this.#vector);
  }

  /** Leaves the document. */
  close(): void {
    const { awareness } = this.#options;
    removeAwarenessStates(awareness, [awareness.clientID], "leaving");
    awareness.off("update", this.#shareAwareness);
    this.#socket.close();
  }

  #opened(): void {
    const { awareness, doc, ledger } = this.#options;
    this.link = "open";
    ledger.restart();
    this.#socket.send(protocol.step1(Y.encodeStateVector(doc)));
    comeIntoSight(awareness);
    this.#options.changed();
  }

  #receive(data: ArrayBuffer | string): void {
    if (typeof data === "string") return;
    try {
      this.#handle(protocol.decode(new Uint8Array(data)));
    } catch {
      // A frame that cannot be read leaves the two sides in doubt about each other; a fresh connection settles it.
      this.#socket.reconnect();
    }
  }

  #handle(frame: protocol.Incoming): void {
    const { awareness, doc, ledger } = this.#options;
    switch (frame.type) {
      case "step-1":
        this.#answer(frame.vector);
        break;
      case "step-2":
      case "update":
        Y.applyUpdate(doc, frame.update, this);
        if (frame.type === "step-2") this.synced = true;
        this.#options.received(frame.update);
        break;
      case "awareness":
        applyAwarenessUpdate(awareness, frame.update, this);
        return;
      case "query":
        this.#sendAwareness([awareness.clientID]);
        return;
      case "committed":
        this.#options.committed(ledger.committed(frame.upTo));
        break;
      case "degraded":
        this.degraded = frame.degraded;
        break;
      case "refused":
        this.refused = asRefusal(frame.reason);
        break;
      case "unknown":
        return;
    }
    this.#options.changed();
  }

  /**
   * "This is what I have; send me the rest." Every question gets exactly one answer, for the server counts them: after a refusal or a
   * missing dependency it acknowledges nothing until the answer to its last question, which holds all that is unacknowledged here.
   */
  #answer(vector: Uint8Array): void {
    const { doc, ledger } = this.#options;
    this.#vector = vector;
    // Being asked again after a refusal means that writing is allowed again; if not, the server says so again.
    this.allowed();
    ledger.sent(ledger.ids);
    this.#socket.send(protocol.step2(Y.encodeStateAsUpdate(doc, vector)));
    this.#answered = true;
  }

  #lost(): void {
    const { awareness } = this.#options;
    this.link = "lost";
    this.synced = false;
    this.degraded = false;
    this.#answered = false;
    loseSight(awareness, this);
    this.#options.changed();
  }

  #ended(why: "too-large" | Refusal): void {
    this.#lost();
    if (why === "too-large") this.tooLarge = true;
    else this.refused = why;
    this.#options.changed();
  }

  /** Own state only: what came from the server is known there. */
  readonly #shareAwareness = (change: Record<"added" | "updated" | "removed", number[]>, origin: unknown): void => {
    if (origin === this) return;
    const { clientID } = this.#options.awareness;
    const clients = [...change.added, ...change.updated, ...change.removed];
    if (clients.includes(clientID)) this.#sendAwareness([clientID]);
  };

  #sendAwareness(clients: number[]): void {
    this.#socket.send(protocol.awareness(encodeAwarenessUpdate(this.#options.awareness, clients)));
  }
}

function syncUrl(proposal: string): string {
  const url = new URL(`/sync/${encodeURIComponent(proposal)}?acks=1`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

const REASONS: readonly string[] = ["role", "held", "closed"];

function asRefusal(reason: string): Refusal {
  return REASONS.includes(reason) ? (reason as Refusal) : "role";
}

/** Whether the server ended the connection with it, rather than refusing one change. */
function isFinal(reason: Refusal): boolean {
  return reason === "signed-out" || reason === "access" || reason === "gone";
}
