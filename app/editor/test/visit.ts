/** A page that keeps a copy of a document on a device, for the tests of those copies. */
import "fake-indexeddb/auto";
import * as Y from "yjs";

import type { CopyLabel } from "../src/contract.ts";
import { OfflineCopy } from "../src/offline.ts";

let accounts = 0;
export const newAccount = () => `account-${++accounts}`;

export const LABEL: CopyLabel = { team: "payments", teamName: "Payments", design: 1, number: 1, title: "Ledger" };

/** A document whose changes are kept in a copy, as the editor does it; the server's text has arrived, unless it is away. */
export async function visit(account: string, proposal = "p", { label = LABEL as CopyLabel | null, away = false, isAway = () => away } = {}) {
  const doc = new Y.Doc();
  const pending = new Set<string>();
  let told: (() => void) | undefined;
  const copy = new OfflineCopy({ account, proposal, doc, label, mode: "writing", unsent: () => pending.size, synced: () => !isAway(), written: () => told?.() });
  const { unsent: ids, found } = await copy.load();
  for (const id of ids) pending.add(id);
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === "server") copy.received(update);
    else if (origin !== copy) pending.add(copy.keep(update));
  });
  const committed = (ids: string[]) => {
    copy.committed(ids);
    for (const id of ids) pending.delete(id);
  };
  /** Resolves when what is being written is written. */
  const written = () => new Promise<void>((resolve) => (told = resolve));
  return { doc, text: doc.getText("content"), copy, pending, found, committed, written };
}
