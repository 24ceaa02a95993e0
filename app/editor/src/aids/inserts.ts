/** What the menu behind `/` inserts. */
import { startCompletion } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

import template from "../../../../server/templates/design.md";
import { choosePictures } from "./pictures.ts";

/** The headings of the menu, in order. */
export const GROUPS = ["Basic", "Blocks", "Alerts", "In a line", "Sections of a design"] as const;

/** One entry. */
export interface Insert {
  /** What it is called. */
  name: string;
  /** Its Markdown, or what else tells it from others. */
  hint?: string;
  /** Other words by which somebody may look for it. */
  also?: string;
  /** The heading in the menu that it stands under. */
  group: (typeof GROUPS)[number];
  /** What is inserted: `«…»` around what is selected afterwards, `«»` where the caret goes. */
  text: string;
  /** What happens then. */
  then?: (view: EditorView) => void;
}

/** The example that the design template has for a language. */
function example(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)\\n\`\`\`$`, "m").exec(template)?.[1] ?? "";
}

const blocks: Insert[] = [
  { name: "Heading 1", hint: "#", also: "title h1", group: "Basic", text: "# «»" },
  { name: "Heading 2", hint: "##", also: "section h2", group: "Basic", text: "## «»" },
  { name: "Heading 3", hint: "###", also: "subsection h3", group: "Basic", text: "### «»" },
  { name: "Bulleted list", hint: "-", also: "unordered points", group: "Basic", text: "- «»" },
  { name: "Numbered list", hint: "1.", also: "ordered steps", group: "Basic", text: "1. «»" },
  { name: "Task list", hint: "- [ ]", also: "todo checkbox", group: "Basic", text: "- [ ] «»" },
  { name: "Quotation", hint: ">", also: "blockquote", group: "Basic", text: "> «»" },
  { name: "Table", also: "grid columns rows", group: "Blocks", text: "| «Column» | Column |\n| ------ | ------ |\n|        |        |\n" },
  { name: "Code", hint: "```", also: "block fence source", group: "Blocks", text: "```\n«»\n```\n" },
  { name: "Mermaid diagram", also: "picture flowchart sequence", group: "Blocks", text: `\`\`\`mermaid\n«${example("mermaid")}»\n\`\`\`\n` },
  { name: "Architecture", also: "components dependencies model", group: "Blocks", text: `\`\`\`architecture\n«${example("architecture")}»\n\`\`\`\n` },
  { name: "Maths", hint: "$$", also: "formula equation tex latex math", group: "Blocks", text: "$$\n«»\n$$\n" },
  { name: "Details that fold", hint: "<details>", also: "collapse toggle spoiler", group: "Blocks", text: "<details>\n<summary>«Summary»</summary>\n\n\n\n</details>\n" },
  { name: "Divider", hint: "---", also: "rule line separator", group: "Blocks", text: "---\n\n«»" },
  ...["Note", "Tip", "Important", "Warning", "Caution"].map(
    (kind): Insert => ({ name: kind, hint: `[!${kind.toUpperCase()}]`, also: "alert callout admonition", group: "Alerts", text: `> [!${kind.toUpperCase()}]\n> «»` }),
  ),
];

const inLine: Insert[] = [
  { name: "Link", hint: "[](…)", also: "url address", group: "In a line", text: "[«words»](https://)" },
  { name: "Person", hint: "@", also: "mention member name", group: "In a line", text: "@«»", then: startCompletion },
  { name: "Design", hint: "D-", also: "reference number related", group: "In a line", text: "D-«»", then: startCompletion },
  { name: "Formula", hint: "$", also: "maths inline tex math", group: "In a line", text: "$«x»$" },
  { name: "Picture…", hint: "![](…)", also: "image photo screenshot upload file", group: "In a line", text: "«»", then: choosePictures },
];

/** The template's sections, each with what it asks for. */
const sections: Insert[] = template
  .split(/^(?=## )/m)
  .slice(1)
  .map((text) => ({ name: text.slice(3, text.indexOf("\n")), also: "section template", group: "Sections of a design" as const, text: `${text.trim()}\n«»` }));

/** What may begin a line. */
export const atLineStart: readonly Insert[] = [...blocks, ...inLine, ...sections];
/** What may stand in a line. */
export const withinLine: readonly Insert[] = inLine;

/** The text of an entry without its marks, and what of it is selected. */
export function laidOut(insert: Insert): { text: string; from: number; to: number } {
  const from = insert.text.indexOf("«");
  const to = insert.text.indexOf("»") - 1;
  return { text: insert.text.replace(/[«»]/g, ""), from, to };
}
