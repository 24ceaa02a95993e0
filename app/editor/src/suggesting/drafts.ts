/** Which suggestion an edit belongs to: it keeps the name of the one that was there before, as the text around it and it itself change. */
import type { Edit } from "./edits.ts";
import { touch } from "./hunks.ts";

/** A suggestion that is still being typed: one change, or several that were made together and are decided together. */
export interface Draft {
  /** Its id, that of its thread too. */
  readonly id: string;
  /** Its changes, in order. */
  readonly edits: readonly Edit[];
}

/** A suggestion with more changes than the server takes is continued by another. */
export const MOST = 100;

/** Gives edits to suggestions. `before` are the drafts in the same text as the edits; what nobody has is one new suggestion. */
export function draftsOf(edits: readonly Edit[], before: readonly Draft[], newId: () => string): Draft[] {
  const owners = before.flatMap(({ id, edits }) => edits.map(({ from, to }) => ({ id, from, to }))).sort((a, b) => a.from - b.from);
  const named = new Map<string, Edit[]>();
  let fresh = "";
  let next = 0;
  for (const edit of edits) {
    while (next < owners.length && owners[next]!.to < edit.from) next += 1;
    const owner = owners[next];
    let id = owner && touch(owner, edit) ? owner.id : (fresh ||= newId());
    // Past the limit whoever had it does not matter any more.
    while ((named.get(id)?.length ?? 0) >= MOST) id = fresh = fresh === id || fresh === "" ? newId() : fresh;
    named.set(id, [...(named.get(id) ?? []), edit]);
  }
  const known = new Map(before.map((draft) => [draft.id, draft]));
  return [...named].map(([id, edits]) => unchanged(known.get(id), edits) ?? { id, edits });
}

/** The draft itself where nothing of it changed, so that others see at a glance. */
function unchanged(draft: Draft | undefined, edits: readonly Edit[]): Draft | null {
  return draft && sameEdits(draft.edits, edits) ? draft : null;
}

/** Whether they are the same changes in the same places. */
export function sameEdits(some: readonly Edit[], others: readonly Edit[]): boolean {
  return sameWords(some, others) && some.every((edit, n) => edit.from === others[n]!.from && edit.to === others[n]!.to);
}

/** Whether they are the same changes, wherever. */
export function sameWords(some: readonly Words[], others: readonly Words[]): boolean {
  return (
    some.length === others.length &&
    some.every((edit, n) => edit.original === others[n]!.original && edit.replacement === others[n]!.replacement)
  );
}

/** Of an edit, what it says. */
type Words = Pick<Edit, "original" | "replacement">;
