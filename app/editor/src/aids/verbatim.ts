/** Places whose text is taken as it is: there nothing completes, converts or formats. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

const VERBATIM = /^(FencedCode|CodeText|CodeBlock|InlineCode|FrontMatter|InlineMaths|DisplayMaths|URL|HTMLBlock|HTMLTag)$/;

/** Whether a place is in one. */
export function isVerbatim(state: EditorState, at: number): boolean {
  let node: SyntaxNode | null = syntaxTree(state).resolveInner(at, -1);
  while (node && !VERBATIM.test(node.name)) node = node.parent;
  return node !== null;
}
