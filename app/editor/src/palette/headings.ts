/** Headings of a Markdown text, found line by line: the editor's own parser has seen only what was on the screen. */

/** One heading. */
export interface Heading {
  /** 1 to 6. */
  level: number;
  /** Its words, without the marks of Markdown. */
  words: string;
  /** Where its line begins, in UTF-16 units. */
  at: number;
}

/** What stands before a fence that is in a list or a quotation. */
const FENCE = /^((?:[ \t]*(?:>|[-*+]|\d{1,9}[.)]))*[ \t]*)(`{3,}|~{3,})(.*)$/;
const ATX = /^ {0,3}(#{1,6})(?:[ \t](.*))?$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
/** Lines that are no paragraph, so that what follows them underlines nothing. */
const NO_PARAGRAPH = /^(?: {4}|\t| {0,3}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\||<))/;
/** What HTML goes on until its own end, blank lines included. */
const RAW_HTML = /^ {0,3}<(?:(!--)|(pre|script|style|textarea)\b)/i;
const FRONT_MATTER = /^---[ \t]*\n(?:(?:---|\.\.\.)[ \t]*(?:\n|$)|(?:[\w.-]+[ \t]*:|#)[^]*?\n(?:---|\.\.\.)[ \t]*(?:\n|$))/;

/** Of a heading's source more is not looked at. */
const LONGEST = 300;

/** The headings of a text, in its order. */
export function headingsOf(text: string): Heading[] {
  return new Scan(text).headings;
}

/** Reads the lines one after another. What is open, a fence or HTML, hides what looks like a heading. */
class Scan {
  readonly headings: Heading[] = [];
  /** Where the open paragraph began, and its words. */
  #paragraph: { at: number; words: string } | null = null;
  #fence: { end: RegExp; indent: number; quoted: boolean } | null = null;
  #html: RegExp | null = null;

  constructor(text: string) {
    let at = FRONT_MATTER.exec(text)?.[0].length ?? 0;
    for (const line of text.slice(at).split("\n")) {
      this.#line(line, at);
      at += line.length + 1;
    }
  }

  #line(line: string, at: number): void {
    if (this.#stillOpen(line)) return;
    const paragraph = this.#paragraph;
    this.#paragraph = null;
    const atx = ATX.exec(line);
    if (atx) this.#add(atx[1]!.length, withoutEnd(atx[2] ?? ""), at);
    else if (this.#opens(line) || line.trim() === "") return;
    else if (paragraph && UNDERLINE.test(line)) this.#add(line.includes("=") ? 1 : 2, paragraph.words, paragraph.at);
    else if (paragraph) this.#paragraph = { at: paragraph.at, words: `${paragraph.words} ${line.trim()}`.slice(0, LONGEST) };
    else if (!NO_PARAGRAPH.test(line) && !UNDERLINE.test(line)) this.#paragraph = { at, words: line.trim() };
  }

  /** Whether a line belongs to a fence or to HTML that was opened before; closes what ends with it. */
  #stillOpen(line: string): boolean {
    if (this.#fence) {
      const { end, indent, quoted } = this.#fence;
      // A list or a quotation that ends takes its fence along.
      const left = line.trim() !== "" && (quoted ? !/^ {0,3}>/.test(line) : line.search(/\S/) < indent);
      if (!left) {
        if (end.test(line)) this.#fence = null;
        return true;
      }
      this.#fence = null;
    }
    if (!this.#html) return false;
    if (this.#html.test(line)) this.#html = null;
    return true;
  }

  /** Whether a line opens a fence or HTML. */
  #opens(line: string): boolean {
    const [, before = "", marks, info = ""] = FENCE.exec(line) ?? [];
    if (marks && !(marks[0] === "`" && info.includes("`"))) {
      const quoted = before.includes(">");
      this.#fence = { end: new RegExp(`^[ \\t>]*${marks[0]}{${marks.length},}[ \\t]*$`), indent: before.trim() === "" ? 0 : before.length, quoted };
      return true;
    }
    const html = RAW_HTML.exec(line);
    if (!html) return false;
    const end = html[1] ? /-->/ : new RegExp(`</${html[2]}>`, "i");
    if (!end.test(line)) this.#html = end;
    return true;
  }

  #add(level: number, source: string, at: number): void {
    const words = plain(source.slice(0, LONGEST));
    if (words !== "") this.headings.push({ level, words, at });
  }
}

/** Without the number signs that may close a heading. */
function withoutEnd(source: string): string {
  const words = source.trim();
  let end = words.length;
  while (words[end - 1] === "#") end--;
  return end === 0 || /\s/.test(words[end - 1]!) ? words.slice(0, end) : words;
}

/** Markdown as its words. */
function plain(source: string): string {
  return source
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replace(/\[\^[^\]]*\]/g, "")
    .replace(/<[^>\s][^>]*>/g, "")
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, "$2")
    .replace(/(^|\W)[*_](\S(?:.*?\S)?)[*_](?=\W|$)/g, "$1$2")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}
