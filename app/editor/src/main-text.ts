/**
 * The shared text and what the view shows of it. They are the same, except in suggesting mode, where the view has this person's suggestions
 * applied. Whatever is told to others (threads, carets) is counted in the shared text, and goes through here.
 */
import { Facet, type ChangeSet, type EditorState, type Text } from "@codemirror/state";

/** What lies between the shared text and the view. */
export interface Between {
  /** The shared text. */
  readonly base: Text;
  /** From it to what the view shows. */
  readonly changes: ChangeSet;
  /** This person's suggestions that are shown as typed. */
  readonly drafts: readonly { readonly id: string }[];
}

/** None: the view shows the shared text itself. */
export const between = Facet.define<Between, Between | null>({ combine: (values) => values[0] ?? null });

/** The shared text. */
export function mainOf(state: EditorState): Text {
  return state.facet(between)?.base ?? state.doc;
}

/** Where a place of the shared text is in the view. */
export function toView(state: EditorState, position: number, assoc: -1 | 1): number {
  return state.facet(between)?.changes.mapPos(position, assoc) ?? position;
}

/** Where a place of the view is in the shared text; inside suggested words, where they would go. */
export function toText(state: EditorState, position: number, assoc: -1 | 1): number {
  return state.facet(between)?.changes.invertedDesc.mapPos(position, assoc) ?? position;
}
