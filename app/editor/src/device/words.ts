/** What is said about copies, the same in every place. */
import type { PageEvent } from "../contract.ts";

type StatusEvent = Extract<PageEvent, { type: "status" }>;

/** "1 change", "3 changes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The status line, as `app/src/components/status_line.rs` has it. */
export function statusWords({ status, pending, kept }: StatusEvent): string {
  const withChanges = (state: string): string => {
    if (kept === null && pending > 0) return `${state}, ${counted(pending, "change")} only in this page`;
    return kept !== null && kept > 0 ? `${state}, ${counted(kept, "change")} kept on this device` : state;
  };
  switch (status) {
    case "connecting":
      return pending > 0 ? withChanges("Connecting") : "Connecting…";
    case "saving":
      return "Saving…";
    case "saved":
      return "Saved";
    case "not-on-server":
      return "Not on the server yet";
    case "offline":
      return withChanges("Offline");
    case "read-only":
      return "Read only";
    case "too-large":
      return "Too large, not saved";
    case "refused":
      return pending === 0 ? "Disconnected" : withChanges("Not saved");
  }
}

/** The colour of its dot. */
export function statusTone({ status }: StatusEvent): string {
  if (status === "saved" || status === "read-only") return "calm";
  if (status === "connecting" || status === "saving") return "busy";
  return status === "not-on-server" || status === "offline" ? "warning" : "danger";
}

/** "less than 1 KB", "12 KB", "1.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return "less than 1 KB";
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
