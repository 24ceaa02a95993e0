/**
 * A person's suggestions as a layer over the shared text: the text, the changes from it to what they see, and those changes as drafts. Nothing
 * here touches the shared text. CodeMirror's change sets are an operational transform and the shared text is one total order, so the layer
 * stays right whatever happens below it.
 */
import { ChangeSet, type Text } from "@codemirror/state";

import { draftsOf, sameEdits, type Draft } from "./drafts.ts";
import { editsOf, isNear, withoutIdle, type Edit } from "./edits.ts";
import { changesOf, holds, hunksOf, textOf, touch, type Hunk } from "./hunks.ts";

/** The layer. */
export interface Overlay {
  /** The shared text. */
  readonly base: Text;
  /** From it to what this person sees. */
  readonly changes: ChangeSet;
  /** The changes as suggestions. */
  readonly drafts: readonly Draft[];
  /** The suggestions as they were last sent: so they may be accepted at any time, whatever has been typed since. */
  readonly sent: readonly Draft[];
}

/** The layer after something, and the change that takes the view there. */
export interface Step {
  /** The layer. */
  overlay: Overlay;
  /** From what was seen before to what is seen now. */
  view: ChangeSet;
}

/** No suggestions. */
export function emptyOverlay(base: Text): Overlay {
  return { base, changes: ChangeSet.empty(base.length), drafts: [], sent: [] };
}

/** After the person typed: `change` leads from what they saw to `view`. */
export function edited(overlay: Overlay, change: ChangeSet, view: Text, newId: () => string): Overlay {
  const { base } = overlay;
  const changes = withoutIdle(base, overlay.changes.compose(change), view);
  return { ...overlay, changes, drafts: draftsOf(editsOf(base, changes, view), overlay.drafts, newId) };
}

/** After suggestions went to the server as they are now. */
export function sentNow(overlay: Overlay, ids: ReadonlySet<string>): Overlay {
  const kept = overlay.sent.filter(({ id }) => !ids.has(id));
  return { ...overlay, sent: [...kept, ...overlay.drafts.filter(({ id }) => ids.has(id))] };
}

/** With these suggestions taken back: the text there is the shared one again. */
export function without(overlay: Overlay, ids: ReadonlySet<string>): Step {
  const { base } = overlay;
  const gone = overlay.drafts.filter(({ id }) => ids.has(id)).flatMap(({ edits }) => edits);
  const kept: Hunk[] = [];
  const undone: Hunk[] = [];
  overlay.changes.iterChanges((fromA, toA, fromB, toB, insert) => {
    if (gone.some((edit) => holds(edit, { from: fromA, to: toA }))) undone.push({ from: fromB, to: toB, insert: base.slice(fromA, toA) });
    else kept.push({ from: fromA, to: toA, insert });
  });
  return {
    overlay: {
      base,
      changes: changesOf(kept, base.length),
      drafts: overlay.drafts.filter(({ id }) => !ids.has(id)),
      sent: overlay.sent.filter(({ id }) => !ids.has(id)),
    },
    view: changesOf(undone, overlay.changes.newLength),
  };
}

/** With suggestions of before, as far as they fit: their words must be there, and apart from what is suggested already. */
export function adopted(overlay: Overlay, view: Text, suggestions: readonly Draft[], newId: () => string): Step & { ids: string[] } {
  const { base } = overlay;
  const places: Range[] = overlay.drafts.flatMap(({ edits }) => edits);
  const before = hunksOf(overlay.changes);
  const hunks = [...before];
  const fitting: Draft[] = [];
  for (const { id, edits } of suggestions) {
    const sorted = [...edits].sort((a, b) => a.from - b.from);
    if (!sorted.every((edit, n) => fits(base, edit) && (n === 0 || sorted[n - 1]!.to <= edit.from))) continue;
    const typed = sorted.map((edit) => asTyped(base, edit));
    // What would be taken for one edit with another is not the same suggestion any more.
    const isTaken =
      sorted.some((edit) => places.some((other) => touch(edit, other))) || typed.some((hunk) => hunks.some((other) => crowds(base, hunk, other)));
    if (sorted.length === 0 || isTaken) continue;
    places.push(...sorted);
    hunks.push(...typed);
    fitting.push({ id, edits: sorted });
  }
  const added = changesOf(hunks.slice(before.length), base.length);
  const change = added.map(overlay.changes);
  const changes = overlay.changes.compose(change);
  const edits = editsOf(base, changes, change.apply(view));
  return {
    overlay: { base, changes, drafts: draftsOf(edits, [...overlay.drafts, ...fitting], newId), sent: [...overlay.sent, ...fitting] },
    view: change,
    ids: fitting.map(({ id }) => id),
  };
}

function fits(base: Text, edit: Edit): boolean {
  return edit.to <= base.length && edit.original !== edit.replacement && base.sliceString(edit.from, edit.to) === edit.original;
}

type Range = Pick<Hunk, "from" | "to">;

function crowds(base: Text, a: Range, b: Range): boolean {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  return isNear(base, first.to, second.from);
}

/** The change of an edit. Words that were only added stay beside their neighbour instead of replacing it, where that makes the same edit again. */
function asTyped(base: Text, edit: Edit): Hunk {
  const { from, to, original, replacement } = edit;
  const added: Hunk[] = [];
  if (replacement.endsWith(original)) added.push({ from, to: from, insert: textOf(replacement.slice(0, replacement.length - original.length)) });
  if (replacement.startsWith(original)) added.push({ from: to, to, insert: textOf(replacement.slice(original.length)) });
  const isSame = (hunk: Hunk) => sameEdits(editsOf(base, changesOf([hunk], base.length)), [edit]);
  return added.find(isSame) ?? { from, to, insert: textOf(replacement) };
}
