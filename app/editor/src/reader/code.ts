/** Colours code on the rendered page with the editor's grammars. Text stays the same text, so offsets into it stay right. */
import { classHighlighter, highlightTree } from "@lezer/highlight";

import { codeLanguage } from "../code-languages.ts";
import { adopt } from "../style-sheet.ts";
import { tokenStyleSheet } from "../token-style.ts";

/** Longer code stays plain, in UTF-16 units: it is data, and every token is an element. */
const LONGEST = 100_000;

interface Token {
  from: number;
  to: number;
  name: string;
}

/** Colours a `code` element whose class names its language. */
export async function colour(code: HTMLElement): Promise<void> {
  const language = codeLanguage(/language-(\S+)/.exec(code.className)?.[1] ?? "");
  const text = code.textContent ?? "";
  if (!language || text.length > LONGEST) return;
  const support = await language.load();
  const tokens: Token[] = [];
  highlightTree(support.language.parser.parse(text), classHighlighter, (from, to, name) => tokens.push({ from, to, name }));
  adopt("tokens", tokenStyleSheet());
  wrap(code, tokens);
}

/** Wraps tokens in spans, text node by text node: elements that are there (marked runs, one per line maybe) are kept. */
function wrap(code: HTMLElement, tokens: Token[]): void {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
  let start = 0;
  let next = 0;
  for (const node of nodes) {
    const end = start + node.data.length;
    while (next < tokens.length && tokens[next]!.to <= start) next++;
    const parts: (string | HTMLElement)[] = [];
    let at = start;
    for (let index = next; index < tokens.length && tokens[index]!.from < end; index++) {
      const token = tokens[index]!;
      const from = Math.max(token.from, start);
      const to = Math.min(token.to, end);
      parts.push(node.data.slice(at - start, from - start));
      const span = document.createElement("span");
      span.className = token.name;
      span.textContent = node.data.slice(from - start, to - start);
      parts.push(span);
      at = to;
    }
    if (parts.length > 0) node.replaceWith(...parts, node.data.slice(at - start));
    start = end;
  }
}
