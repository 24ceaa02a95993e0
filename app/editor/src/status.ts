/** What the status line says: one pure function, so that its truth table can be tested. */
import type { Mode, Refusal, Status } from "./contract.ts";

/** Everything that the status depends on. */
export interface Situation {
  /** `connecting`: the first attempt is under way; `open`: connected; `lost`: there was a failure and we try again. */
  link: "connecting" | "open" | "lost";
  /** Whether the server's text has arrived on this connection. */
  synced: boolean;
  /** What typing does. */
  mode: Mode;
  /** The server said the document is over its limit; final. */
  tooLarge: boolean;
  /** Why the server does not take edits of the text; none: it does. */
  refused: Refusal | null;
  /** Why it does not take suggestions; none: it does. */
  suggestionsRefused: Refusal | null;
  /** The server cannot write to its disk in time and said so. */
  degraded: boolean;
  /** Edits without acknowledgement. */
  edits: number;
  /** Suggestions without acknowledgement. */
  suggestions: number;
  /** The oldest edit waits for longer than is normal, or suggestions had to be sent again. */
  late: boolean;
}

/** Why the person's changes are not taken; none: they are, or may be later. */
export function refusalOf(now: Situation): Refusal | null {
  if (now.refused !== null) return now.refused;
  if (now.mode === "reading" && now.edits > 0) return "role";
  // Suggestions of before, refused, are no reason to stop writing.
  return now.mode === "writing" || now.suggestions === 0 ? null : now.suggestionsRefused;
}

/** The line, first match wins. "saved" is said only when every change of this device is on the server's disk. */
export function statusOf(now: Situation): Status {
  const pending = now.edits + now.suggestions;
  if (now.tooLarge) return "too-large";
  if (refusalOf(now) !== null) return "refused";
  if (now.link === "lost") return "offline";
  if (pending > 0 && now.late) return "not-on-server";
  if (now.link === "connecting" || !now.synced) return pending > 0 ? "saving" : "connecting";
  if (now.degraded) return "not-on-server";
  if (pending > 0) return "saving";
  return now.mode === "reading" ? "read-only" : "saved";
}
