/** Gives tokens their classes, looking only at blocks that are shown: what CodeMirror's own does looks at every block before them too. */
import { syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import type { Tree } from "@lezer/common";
import { classHighlighter, highlightTree } from "@lezer/highlight";

const marks = new Map<string, Decoration>();

function mark(classes: string): Decoration {
  const known = marks.get(classes) ?? Decoration.mark({ class: classes });
  marks.set(classes, known);
  return known;
}

class TokenColours {
  decorations: DecorationSet;
  #tree: Tree;
  /** So far the text has its colours. */
  #end: number;

  constructor(view: EditorView) {
    this.#tree = syntaxTree(view.state);
    this.decorations = this.#build(view);
    this.#end = view.viewport.to;
  }

  update(update: ViewUpdate): void {
    const tree = syntaxTree(update.state);
    const { viewport } = update.view;
    const end = update.changes.mapPos(this.#end, 1);
    if (tree.length < viewport.to && end >= viewport.to) {
      // Not read so far yet: as it was, until it is.
      this.decorations = this.decorations.map(update.changes);
      this.#end = end;
    } else if (tree !== this.#tree || update.viewportChanged) {
      this.#tree = tree;
      this.decorations = this.#build(update.view);
      this.#end = viewport.to;
    }
  }

  #build({ visibleRanges }: EditorView): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>();
    for (const { from, to } of visibleRanges) {
      this.#tree.iterate({
        from,
        to,
        enter: ({ type, tree, from: start, to: end }) => {
          if (type.isTop) return true;
          const put = (a: number, b: number, classes: string) => builder.add(start + a, start + b, mark(classes));
          if (tree) highlightTree(tree, classHighlighter, put, Math.max(0, from - start), Math.min(to, end) - start);
          return false;
        },
      });
    }
    return builder.finish();
  }
}

/** The extension. */
export const tokenColours = ViewPlugin.fromClass(TokenColours, { decorations: (plugin) => plugin.decorations });
