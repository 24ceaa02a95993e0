/** What becomes of suggestions when the shared text changes below them. */
import type { ChangeSet, Text } from "@codemirror/state";

import { difference } from "../difference.ts";
import { draftsOf, type Draft } from "./drafts.ts";
import { editsOf, withoutIdle, type Edit } from "./edits.ts";
import { changesOf, holds, hunksOf, mapped, textOf, touch, type Hunk } from "./hunks.ts";
import type { Overlay, Step } from "./overlay.ts";

/** A passage where the shared text has become what was suggested. */
interface Realised {
  from: number;
  to: number;
  ids: string[];
}

/**
 * After `main` changed the shared text, seen as `view`. Where the change is what this person suggested (somebody accepted it), nothing happens on
 * the screen; what they have typed there since it was sent is a new suggestion. Everywhere else others' words come first.
 */
export function moved(overlay: Overlay, view: Text, main: ChangeSet, newId: () => string): Step {
  const base = main.apply(overlay.base);
  const realised = realisedBy(overlay, main, base);
  const { change, changes: all } = realised.length > 0 ? absorbed(overlay, view, main, base, realised) : plain(overlay, main);
  const seen = change.apply(view);
  const changes = withoutIdle(base, all, seen);
  const decided = new Set(realised.flatMap(({ ids }) => ids));
  const still = (drafts: readonly Draft[]) =>
    drafts.filter(({ id }) => !decided.has(id)).map((draft) => ({ id: draft.id, edits: draft.edits.map((edit) => mapped(edit, main)) }));
  const edits = editsOf(base, changes, seen);
  const drafts = draftsOf(edits, still(overlay.drafts), newId);
  return { overlay: { base, changes, drafts, sent: still(overlay.sent) }, view: change };
}

function plain({ changes }: Overlay, main: ChangeSet): { change: ChangeSet; changes: ChangeSet } {
  return { change: main.map(changes, true), changes: changes.map(main) };
}

/** The same, but in these passages the view stays as it is, and differs from the shared text by what it differs by now. */
function absorbed({ base: before, changes }: Overlay, view: Text, main: ChangeSet, base: Text, realised: Realised[]) {
  const inside = (hunk: Hunk) => realised.some((passage) => holds(passage, hunk));
  // Both sets are taken apart and put together again: what stands at one place must come in one order, in the part and in the whole.
  const [theirs, own] = [hunksOf(main), hunksOf(changes)];
  const set = (hunks: Hunk[]) => changesOf(hunks, before.length);
  const others = set(theirs.filter((hunk) => !inside(hunk)));
  const rest = set(own.filter((hunk) => !inside(hunk)));
  const remaining = realised.flatMap((passage): Hunk[] => {
    const from = main.mapPos(passage.from, -1);
    const now = base.sliceString(from, main.mapPos(passage.to, 1));
    const seen = view.sliceString(changes.mapPos(passage.from, -1), changes.mapPos(passage.to, 1));
    const differs = difference(now, seen);
    return now === seen ? [] : [{ from: from + differs.from, to: from + differs.to, insert: textOf(differs.insert) }];
  });
  return {
    change: others.map(set(own), true),
    changes: changesOf([...hunksOf(rest.map(set(theirs))), ...remaining], base.length),
  };
}

/** Where the change does what was suggested and nothing else. Ranges are compared and not changes: the server changes only words that differ. */
function realisedBy(overlay: Overlay, main: ChangeSet, base: Text): Realised[] {
  const hunks = hunksOf(main);
  const own = hunksOf(overlay.changes);
  const candidates = [...overlay.drafts, ...overlay.sent].flatMap(({ id, edits }) => edits.map((edit) => ({ id, edit })));
  const done = candidates.filter(({ edit }) => {
    const near = hunks.filter((hunk) => touch(hunk, edit));
    return near.length > 0 && near.every((hunk) => holds(edit, hunk)) && becomes(edit, main, base) && own.some((hunk) => touch(hunk, edit));
  });
  const passages: Realised[] = [];
  for (const { id, edit } of done.sort((a, b) => a.edit.from - b.edit.from)) {
    // What this person changed across its edges belongs to it.
    const whole = own.filter((hunk) => touch(hunk, edit));
    const from = Math.min(edit.from, ...whole.map((hunk) => hunk.from));
    const to = Math.max(edit.to, ...whole.map((hunk) => hunk.to));
    const last = passages.at(-1);
    if (last && touch(last, { from, to })) {
      last.from = Math.min(last.from, from);
      last.to = Math.max(last.to, to);
      last.ids.push(id);
    } else {
      passages.push({ from, to, ids: [id] });
    }
  }
  // Others' changes beside it in the same passage are not what was suggested.
  return passages.filter((passage) =>
    hunks.every((hunk) => !touch(hunk, passage) || done.some(({ edit }) => holds(passage, edit) && holds(edit, hunk))),
  );
}

function becomes(edit: Edit, main: ChangeSet, base: Text): boolean {
  return base.sliceString(main.mapPos(edit.from, -1), main.mapPos(edit.to, 1)) === edit.replacement;
}
