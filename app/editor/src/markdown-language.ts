/** The Markdown that Quorum reads: CommonMark, GitHub's additions, footnotes, maths, front matter. The server's renderer reads the same (`server/src/render`). */
import { markdown } from "@codemirror/lang-markdown";
import { Language, LanguageSupport } from "@codemirror/language";
import { GFM, type MarkdownConfig, type MarkdownParser } from "@lezer/markdown";

import { codeLanguage } from "./code-languages.ts";
import { footnotes } from "./footnote-syntax.ts";
import { frontMatter } from "./front-matter.ts";
import { maths } from "./maths-syntax.ts";
import { designNames } from "./naming/syntax.ts";
import { ResumedParser } from "./resumed-parser.ts";

/** Quotations and lists nested deeper than this are plain text, as the server's renderer has it: each level is an element within an element. */
const DEEPEST = 40;

const shallow: MarkdownConfig = {
  parseBlock: [{
    name: "TooDeep",
    before: "LinkReference",
    parse(context, line) {
      if (context.depth < DEEPEST) return false;
      const from = context.lineStart + line.pos;
      context.nextLine();
      context.addElement(context.elt("Paragraph", from, context.prevLineEnd()));
      return true;
    },
  }],
};

/** Parser, nested code grammars, and Enter and Backspace that continue and end lists and quotes. */
export function markdownLanguage(): LanguageSupport {
  const { language, support } = markdown({
    extensions: [GFM, footnotes, maths, frontMatter, shallow, designNames],
    codeLanguages: codeLanguage,
    completeHTMLTags: false,
  });
  const resumed = new ResumedParser(language.parser as MarkdownParser);
  return new LanguageSupport(new Language(language.data, resumed, [], language.name), support);
}
