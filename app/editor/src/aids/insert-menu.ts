/** The menu behind `/`: at the beginning of a line everything, in a line what may stand there. */
import { pickedCompletion, type Completion, type CompletionContext, type CompletionResult, type CompletionSection } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

import { atLineStart, GROUPS, laidOut, withinLine, type Insert } from "./inserts.ts";
import { isVerbatim } from "./verbatim.ts";

const sections = new Map(GROUPS.map((name, rank): [string, CompletionSection] => [name, { name, rank }]));

/** The source of completions. */
export function insertMenu(context: CompletionContext): CompletionResult | null {
  const typed = context.matchBefore(/(^|[\s([])\/([\p{L}\d][\p{L}\d -]{0,24})?$/u);
  if (!typed || isVerbatim(context.state, context.pos)) return null;
  const slash = typed.from + typed.text.indexOf("/");
  const before = context.state.sliceDoc(context.state.doc.lineAt(slash).from, slash);
  const inserts = /^[\s>]*([-*+] |\d+[.)] )?$/.test(before) ? atLineStart : withinLine;
  const wanted = context.state.sliceDoc(slash + 1, context.pos).trim().toLowerCase();
  const options = inserts.filter((insert) => isCalled(insert, wanted)).map(completion);
  // The slash is not part of what is searched for, but goes when something is chosen.
  return options.length === 0 ? null : { from: slash + 1, options, filter: false };
}

/** Whether a word of an entry, or one of its other names, begins with what was typed. */
function isCalled({ name, also = "" }: Insert, wanted: string): boolean {
  return ` ${name} ${also}`.toLowerCase().includes(` ${wanted}`);
}

function completion(insert: Insert): Completion {
  return {
    label: insert.name,
    section: sections.get(insert.group)!,
    ...(insert.hint === undefined ? {} : { detail: insert.hint }),
    apply: (view, chosen, from, to) => apply(view, chosen, insert, from - 1, to),
  };
}

function apply(view: EditorView, chosen: Completion, insert: Insert, from: number, to: number): void {
  const { text, from: start, to: end } = laidOut(insert);
  // Lines of a block keep what stands before its first: a quotation's mark, a list's indentation.
  const line = view.state.doc.lineAt(from);
  const lead = view.state.sliceDoc(line.from, from).replace(/[^>\s]/g, " ");
  const indented = (part: string) => part.replace(/\n/g, `\n${lead}`);
  view.dispatch({
    changes: { from, to, insert: indented(text) },
    selection: { anchor: from + indented(text.slice(0, start)).length, head: from + indented(text.slice(0, end)).length },
    annotations: pickedCompletion.of(chosen),
    scrollIntoView: true,
    userEvent: "input.complete",
  });
  insert.then?.(view);
}
