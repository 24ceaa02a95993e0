/** Texts with changes that only this device has, as files: their page may not open any more for the person who wrote them. */
import * as Y from "yjs";

import { OfflineStore } from "./offline-store.ts";

/** A text as this device has it. */
export interface KeptText {
  /** Whose it is. */
  proposal: string;
  /** The Markdown, unsent changes included. */
  text: string;
}

/** Every text of an account with changes that no server has acknowledged. */
export async function keptTexts(account: string): Promise<KeptText[]> {
  const store = await OfflineStore.open(account);
  const texts: KeptText[] = [];
  for (const proposal of await store.unsentProposals()) {
    const { known, unsent } = await store.load(proposal);
    const doc = new Y.Doc();
    for (const update of [...known, ...unsent.map((row) => row.update)]) Y.applyUpdate(doc, update);
    texts.push({ proposal, text: doc.getText("content").toString() });
    doc.destroy();
  }
  store.close();
  return texts;
}

/** Hands them to the person, a file each. */
export async function download(account: string): Promise<void> {
  for (const { proposal, text } of await keptTexts(account)) {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    anchor.download = `unsent-${proposal}.md`;
    anchor.click();
    // The browser holds the text until told otherwise; a minute is enough for it to have begun.
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
  }
}
