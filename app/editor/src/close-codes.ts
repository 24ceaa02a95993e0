/** What the server means by closing the socket, and what we do then. */
import type { Refusal } from "./contract.ts";

/** What follows a close. */
export type AfterClose =
  /** Try again; wait at least `least` ms and spread over `spread` ms more. */
  | { action: "reconnect"; least: number; spread: number }
  /** The document is over its limit: trying again would only repeat it. */
  | { action: "too-large" }
  /** Not for this person (any more). */
  | { action: "refused"; reason: Refusal };

/** Reads a close code (RFC 6455, section 7.4; 4000 and above are ours). */
export function afterClose(code: number): AfterClose {
  switch (code) {
    case 4401:
      return { action: "refused", reason: "signed-out" };
    case 4403:
      return { action: "refused", reason: "access" };
    case 4404:
      return { action: "refused", reason: "gone" };
    case 4413:
      return { action: "too-large" };
    case 4529:
      return { action: "reconnect", least: 10_000, spread: 10_000 };
    case 1012:
      // A restart: everybody was cut off at once and should not be back at once.
      return { action: "reconnect", least: 200, spread: 3_000 };
    default:
      return { action: "reconnect", least: 0, spread: 0 };
  }
}
