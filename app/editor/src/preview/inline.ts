/** The preview within lines: decorations for what is drawn, made anew when the text, the tree, the view or the selection changes. */
import { syntaxTree } from "@codemirror/language";
import { RangeSet, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";

import { hasFocus, touches } from "./focus.ts";
import { MathsWidget } from "./maths.ts";
import { PictureWidget } from "./picture.ts";
import type { Piece } from "./piece.ts";
import { scan } from "./scan.ts";
import { Bullet, Label, Rule, TaskBox } from "./widgets.ts";

class InlinePreview {
  decorations: DecorationSet = RangeSet.empty;
  atomic: DecorationSet = RangeSet.empty;

  constructor(view: EditorView) {
    this.#build(view);
  }

  update(update: ViewUpdate): void {
    // Changing the DOM under an input method breaks what is being composed.
    if (update.view.composing) {
      this.decorations = this.decorations.map(update.changes);
      this.atomic = this.atomic.map(update.changes);
    } else if (isStale(update)) {
      this.#build(update.view);
    }
  }

  #build(view: EditorView): void {
    const { state } = view;
    const ranges: Range<Decoration>[] = [];
    const atomic: Range<Decoration>[] = [];
    for (const { from, to } of view.visibleRanges) {
      for (const piece of scan(state, from, to, (a, b) => touches(state, a, b))) {
        const range = decorate(piece, view);
        if (!range) continue;
        ranges.push(range);
        if (piece.kind === "hide" && piece.atomic) atomic.push(range);
      }
    }
    this.decorations = Decoration.set(ranges, true);
    this.atomic = Decoration.set(atomic, true);
  }
}

function isStale(update: ViewUpdate): boolean {
  return (
    update.docChanged ||
    update.viewportChanged ||
    update.selectionSet ||
    hasFocus(update.startState) !== hasFocus(update.state) ||
    update.startState.readOnly !== update.state.readOnly ||
    syntaxTree(update.startState) !== syntaxTree(update.state)
  );
}

const hidden = Decoration.replace({});
const bullet = Decoration.replace({ widget: new Bullet() });
const rule = Decoration.replace({ widget: new Rule() });

function decorate(piece: Piece, view: EditorView): Range<Decoration> | null {
  if (piece.kind === "line") return Decoration.line({ class: piece.class }).range(piece.from);
  if (piece.from >= piece.to) return null;
  switch (piece.kind) {
    case "mark": {
      const attributes = piece.title === undefined ? {} : { attributes: { title: piece.title } };
      return Decoration.mark({ class: piece.class, ...attributes }).range(piece.from, piece.to);
    }
    case "hide":
      return hidden.range(piece.from, piece.to);
    case "bullet":
      return bullet.range(piece.from, piece.to);
    case "rule":
      return rule.range(piece.from, piece.to);
    case "label":
      return Decoration.replace({ widget: new Label(piece.text, piece.class) }).range(piece.from, piece.to);
    case "maths":
      return Decoration.replace({ widget: new MathsWidget(piece.source, piece.display) }).range(piece.from, piece.to);
    case "picture":
      return Decoration.replace({ widget: new PictureWidget(piece.picture) }).range(piece.from, piece.to);
    case "task": {
      const words = view.state.sliceDoc(piece.to, view.state.doc.lineAt(piece.to).to);
      return Decoration.replace({ widget: new TaskBox(piece.checked, words, view.state.readOnly) }).range(piece.from, piece.to);
    }
  }
}

/** The inline tier. */
export const inlinePreview = ViewPlugin.fromClass(InlinePreview, {
  decorations: (plugin) => plugin.decorations,
  provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.atomic ?? RangeSet.empty),
});
