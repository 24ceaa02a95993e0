/** Formatted text as Markdown, by Turndown; here is what documents from elsewhere need beyond it. Loaded when some is pasted. */
import TurndownService from "turndown";

import { table } from "./cells.ts";

const service = new TurndownService({ headingStyle: "atx", bulletListMarker: "-", codeBlockStyle: "fenced", emDelimiter: "*", hr: "---" });

const WEIGHT = /font-weight:\s*(\w+)/;

service.remove(["script", "style", "title", "meta", "link", "noscript", "template"]);

service.addRule("struck", { filter: ["del", "s"], replacement: (words) => (words.trim() === "" ? words : `~~${words}~~`) });

// Google Docs wraps everything in a `b` that is not bold, and makes words bold by style.
service.addRule("weight", {
  filter: (node) => ["B", "STRONG", "SPAN"].includes(node.nodeName) && WEIGHT.test(styleOf(node)),
  replacement: (words, node) => (/^(bold|[6-9]00)/.test(WEIGHT.exec(styleOf(node))![1]!) ? around("**", words) : words),
});

service.addRule("slant", {
  filter: (node) => node.nodeName === "SPAN" && /font-style:\s*italic/.test(styleOf(node)),
  replacement: (words) => around("*", words),
});

service.addRule("task", {
  filter: (node) => node.nodeName === "INPUT" && node.getAttribute("type") === "checkbox",
  replacement: (_, node) => ((node as HTMLInputElement).hasAttribute("checked") ? "[x] " : "[ ] "),
});

// Pictures that are not on the web would be megabytes of letters.
service.addRule("picture", {
  filter: "img",
  replacement: (_, node) => {
    const [address, words] = [(node as Element).getAttribute("src") ?? "", (node as Element).getAttribute("alt") ?? ""];
    return /^https?:/.test(address) ? `![${words}](${address})` : words;
  },
});

service.addRule("link", {
  filter: (node) => node.nodeName === "A" && !/^(https?|mailto):/.test(node.getAttribute("href") ?? ""),
  replacement: (words) => words,
});

service.addRule("table", {
  filter: "table",
  replacement: (_, node) => {
    const rows = [...(node as HTMLTableElement).rows].map((row) => [...row.cells].map((cell) => service.turndown(cell.innerHTML).replace(/^#+ /gm, "")));
    return rows.length === 0 ? "" : `\n\n${table(rows)}\n\n`;
  },
});

/** The Markdown of some HTML. It is parsed apart from the page: nothing in it runs or loads. */
export function markdownOf(html: string): string {
  return service.turndown(html);
}

/** By its other name (`plainStyles`). */
function styleOf(node: Node): string {
  return (node as Element).getAttribute("data-style") ?? "";
}

/** Spaces stay outside the marks: inside, they would make them letters. */
function around(mark: string, words: string): string {
  const [, before = "", inside = "", after = ""] = /^(\s*)([^]*?)(\s*)$/.exec(words) ?? [];
  return inside === "" ? words : `${before}${mark}${inside}${mark}${after}`;
}
