/** The Markdown that Quorum reads: CommonMark, GitHub's additions, front matter. The server's renderer reads the same (`server/src/render`). */
import { markdown } from "@codemirror/lang-markdown";
import type { Extension } from "@codemirror/state";
import { GFM } from "@lezer/markdown";

import { codeLanguage } from "./code-languages.ts";
import { frontMatter } from "./front-matter.ts";

/** Parser, nested code grammars, and Enter and Backspace that continue and end lists and quotes. */
export function markdownLanguage(): Extension {
  return markdown({
    extensions: [GFM, frontMatter],
    codeLanguages: codeLanguage,
    completeHTMLTags: false,
  });
}
