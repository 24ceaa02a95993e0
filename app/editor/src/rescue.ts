/** Texts with changes that only this device has, as files: their page may not open any more for the person who wrote them. */
import * as Y from "yjs";

import { OfflineStore, type SuggestionRow } from "./offline-store.ts";
import { placesOf } from "./placed.ts";
import { unkept } from "./unkept.ts";

/** A text as this device has it. */
export interface KeptText {
  /** Whose it is. */
  proposal: string;
  /** The Markdown, unsent changes and suggestions included. */
  text: string;
}

/** Every text of an account with changes or suggestions that no server has acknowledged, as it is on this device's disk. */
export async function keptTexts(account: string): Promise<KeptText[]> {
  const store = await OfflineStore.open(account);
  const texts: KeptText[] = [];
  for (const proposal of await store.unsentProposals()) {
    const { known, unsent } = await store.load(proposal);
    const doc = new Y.Doc();
    for (const update of [...known, ...unsent.map((row) => row.update)]) Y.applyUpdate(doc, update);
    texts.push({ proposal, text: withSuggestions(doc.getText("content"), await store.loadSuggestions(proposal)) });
    doc.destroy();
  }
  store.close();
  return texts;
}

/** The text with what was suggested in it; what fits nowhere any more stands at the end, so that it is not lost. */
function withSuggestions(shared: Y.Text, rows: SuggestionRow[]): string {
  let text = shared.toString();
  const homeless: string[] = [];
  const edits = rows.flatMap(({ edits }) => edits.flatMap((edit) => placesOf(shared, [edit]) ?? (homeless.push(edit.replacement), [])));
  // From the end, so that places before stay where they are.
  let end = text.length;
  for (const { from, to, original, replacement } of edits.sort((a, b) => b.from - a.from)) {
    if (to <= end && text.slice(from, to) === original) {
      text = text.slice(0, from) + replacement + text.slice(to);
      end = from;
    } else {
      homeless.push(replacement);
    }
  }
  const lost = homeless.filter((words) => words !== "");
  return lost.length === 0 ? text : [text, "Suggested, for words that have changed since:", ...lost].join("\n\n");
}

/** Hands them to the person, a file each, and with them what is in this page only. */
export async function download(account: string): Promise<void> {
  const here = unkept().map((unkept) => ({ proposal: unkept.proposal, text: unkept.text() }));
  const elsewhere = (await keptTexts(account)).filter(({ proposal }) => !here.some((text) => text.proposal === proposal));
  for (const { proposal, text } of [...here, ...elsewhere]) {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    anchor.download = `unsent-${proposal}.md`;
    anchor.click();
    // The browser holds the text until told otherwise; a minute is enough for it to have begun.
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
  }
}
