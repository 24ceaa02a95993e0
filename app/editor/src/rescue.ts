/** Texts with changes that only this device has, as files: their page may not open any more for the person who wrote them. */
import * as Y from "yjs";

import type { SuggestedEdit } from "./contract.ts";
import { OfflineStore } from "./offline-store.ts";
import { placesOf } from "./placed.ts";
import { unkept, type Unkept } from "./unkept.ts";

/** A text as this device has it. */
export interface KeptText {
  /** Whose it is. */
  proposal: string;
  /** The Markdown, unsent changes and suggestions included. */
  text: string;
}

/** What one place has of a text. */
interface Part {
  proposal: string;
  updates: Uint8Array[];
  /** By id. */
  suggestions: ReadonlyMap<string, SuggestedEdit[]>;
}

/** Every text of an account with changes or suggestions that no server has acknowledged: what this device's disk and this page have of it, together. */
export async function keptTexts(account: string): Promise<KeptText[]> {
  const here = unkept().map(inPage);
  // Where nothing can be read, what the page has is all there is.
  const kept = await onDisk(account).catch((error: unknown) => (here.length > 0 ? [] : Promise.reject(error)));
  const texts = new Map<string, Part[]>();
  for (const part of [...kept, ...here]) texts.set(part.proposal, [...(texts.get(part.proposal) ?? []), part]);
  return [...texts].map(([proposal, parts]) => ({ proposal, text: together(parts) }));
}

async function onDisk(account: string): Promise<Part[]> {
  const store = await OfflineStore.open(account);
  try {
    const parts: Part[] = [];
    for (const proposal of await store.unsentProposals()) {
      const { known, unsent } = await store.load(proposal);
      const rows = await store.loadSuggestions(proposal);
      const updates = [...known, ...unsent.map((row) => row.update)];
      parts.push({ proposal, updates, suggestions: new Map(rows.map(({ id, edits }) => [id, edits])) });
    }
    return parts;
  } finally {
    store.close();
  }
}

function inPage({ proposal, text, suggestions }: Unkept): Part {
  return { proposal, updates: text.doc ? [Y.encodeStateAsUpdate(text.doc)] : [], suggestions: suggestions() };
}

/** They are of one document. Of a suggestion that several have, the last is the newest, with the words that only an older one has. */
function together(parts: readonly Part[]): string {
  const doc = new Y.Doc();
  for (const update of parts.flatMap(({ updates }) => updates)) Y.applyUpdate(doc, update);
  const suggestions = new Map<string, SuggestedEdit[]>();
  for (const [id, edits] of parts.flatMap((part) => [...part.suggestions])) {
    const isNew = ({ replacement }: SuggestedEdit) => !edits.some((edit) => edit.replacement.includes(replacement));
    suggestions.set(id, edits.length === 0 ? [] : [...edits, ...(suggestions.get(id) ?? []).filter(isNew)]);
  }
  const text = withSuggestions(doc.getText("content"), [...suggestions.values()].flat());
  doc.destroy();
  return text;
}

/** The text with what was suggested in it; what fits nowhere any more stands at the end, so that it is not lost. */
function withSuggestions(shared: Y.Text, suggested: readonly SuggestedEdit[]): string {
  let text = shared.toString();
  const homeless: string[] = [];
  const edits = suggested.flatMap((edit) => placesOf(shared, [edit]) ?? (homeless.push(edit.replacement), []));
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
