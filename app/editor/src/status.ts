/** What the status line says: one pure function, so that its truth table can be tested. */
import type { Refusal, Status } from "./contract.ts";

/** Everything that the status depends on. */
export interface Situation {
  /** `connecting`: the first attempt is under way; `open`: connected; `lost`: there was a failure and we try again. */
  link: "connecting" | "open" | "lost";
  /** Whether the server's text has arrived on this connection. */
  synced: boolean;
  /** Whether this person may write. */
  writable: boolean;
  /** The server said the document is over its limit; final. */
  tooLarge: boolean;
  /** Why the server does not take changes; none: it does. */
  refused: Refusal | null;
  /** The server cannot write to its disk in time and said so. */
  degraded: boolean;
  /** Changes without acknowledgement. */
  pending: number;
  /** The oldest of them waits for longer than is normal. */
  late: boolean;
}

/** The line, first match wins. "saved" is said only when every change of this device is on the server's disk. */
export function statusOf(now: Situation): Status {
  if (now.tooLarge) return "too-large";
  if (now.refused !== null) return "refused";
  if (!now.writable && now.pending > 0) return "refused";
  if (now.link === "lost") return "offline";
  if (now.pending > 0 && now.late) return "not-on-server";
  if (now.link === "connecting" || !now.synced) return now.pending > 0 ? "saving" : "connecting";
  if (now.degraded) return "not-on-server";
  if (now.pending > 0) return "saving";
  return now.writable ? "saved" : "read-only";
}
