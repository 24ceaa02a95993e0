/** Pictures on their way to the server: where in the text each belongs, while everybody writes on. Nothing of it is in the text. */
import { StateEffect, StateField, type EditorState, type Transaction } from "@codemirror/state";

/** How far one is. */
export type Stage =
  /** `share` of its bytes, from 0 to 1, has left; then the server reads it. */
  | { kind: "sending"; share: number }
  /** It was not taken; `again`: trying again may help. */
  | { kind: "failed"; why: string; again: boolean };

/** A picture on its way. */
export interface Upload {
  id: number;
  /** Where it belongs. */
  at: number;
  /** What its file is called. */
  name: string;
  stage: Stage;
}

/** One sets out. */
export const begun = StateEffect.define<Upload>();
/** One has come further, or not. */
export const went = StateEffect.define<{ id: number; stage: Stage }>();
/** One is of no interest any more: it is in the text, or was given up. */
export const ended = StateEffect.define<number>();

/** All of them, those for one place in the order in which they came. */
export const uploads = StateField.define<readonly Upload[]>({
  create: () => [],
  update: (before, tr) => {
    const moved = tr.docChanged && before.length > 0 ? move(before, tr) : before;
    return tr.effects.reduce((now, effect) => {
      if (effect.is(begun)) return [...now, effect.value];
      if (effect.is(ended)) return now.filter(({ id }) => id !== effect.value);
      if (effect.is(went)) return now.map((one) => (one.id === effect.value.id ? { ...one, stage: effect.value.stage } : one));
      return now;
    }, moved);
  },
});

/** What is written where one belongs comes behind it. Only a picture that was waiting for the same place keeps its turn. */
function move(all: readonly Upload[], tr: Transaction): Upload[] {
  const inserted = all.findIndex(({ id }) => tr.effects.some((effect) => effect.is(ended) && effect.value === id));
  return all.map((one, index) => ({ ...one, at: tr.changes.mapPos(one.at, inserted >= 0 && index > inserted ? 1 : -1) }));
}

/** A picture's Markdown as it goes into the text: on an empty line with room to write on below it, in a line apart from other pictures. */
export function laidInto(state: EditorState, at: number, markdown: string): string {
  const line = state.doc.lineAt(at);
  const before = state.sliceDoc(line.from, at);
  const after = state.sliceDoc(at, line.to);
  if (line.text.trim() === "") {
    const roomBelow = line.number < state.doc.lines && state.doc.line(line.number + 1).text.trim() === "";
    return roomBelow ? `${markdown}\n` : `${markdown}\n\n`;
  }
  const isFirst = before.trim() === "";
  const front = before.endsWith(")") ? " " : "";
  const back = after.startsWith("![") ? (isFirst ? "\n\n" : " ") : "";
  return `${front}${markdown}${back}`;
}

/** What a picture shows, as long as nobody says it better: its file's name without the ending. */
export function wordsOf(name: string): string {
  const stem = name.replace(/\.\w+$/, "").replace(/\s+/g, " ").trim();
  return stem.replace(/[\\[\]`*<$|]/g, "\\$&");
}
