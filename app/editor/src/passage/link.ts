/** Links to a passage of a text: its words and what stands around them, in the address's fragment, which no server is told. */

/** A passage as it was when the link was made. */
export interface Passage {
  /** Its words; of a long one those at its beginning. */
  quote: string;
  /** Of a long one the words at its end; otherwise empty. */
  until: string;
  /** The words before it; fewer only at the start of the text. */
  before: string;
  /** The words behind it; fewer only at the end of the text. */
  after: string;
}

/** UTF-16 units of context on each side, as threads keep them. */
export const CONTEXT = 32;

/** A longer passage is told by its edges, in UTF-16 units: addresses are sent around in mails and chats. */
const LONGEST = 240;

/** A passage of words, with what is around it. */
export function passageOf(quote: string, before: string, after: string): Passage {
  const isLong = quote.length > LONGEST;
  return {
    quote: wellFormed(isLong ? quote.slice(0, LONGEST / 2) : quote),
    until: wellFormed(isLong ? quote.slice(-LONGEST / 2) : ""),
    before: wellFormed(before.slice(-CONTEXT)),
    after: wellFormed(after.slice(0, CONTEXT)),
  };
}

/** The fragment of a link to it. */
export function fragmentOf({ quote, until, before, after }: Passage): string {
  const parts = Object.entries({ passage: quote, until, before, after }).filter(([, words]) => words !== "");
  // Spaces as %20: not everything that finds links in messages knows the plus sign.
  return `#${new URLSearchParams(parts).toString().replaceAll("+", "%20")}`;
}

/** The passage that a fragment leads to; none: it leads elsewhere. */
export function passageIn(fragment: string): Passage | null {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const quote = parts.get("passage") ?? "";
  if (quote === "") return null;
  const part = (name: string) => parts.get(name) ?? "";
  return { quote, until: part("until"), before: part("before"), after: part("after") };
}

/** Markdown as its reader sees it, near enough to be found: the search looks at letters only, so marks may stay, but addresses of links may not. */
export function asRead(markdown: string): string {
  return markdown.replace(/!?\[([^\]]*)\](?:\([^)\s]*(?:\s+"[^"]*")?\)|\[[^\]]*\])/g, "$1");
}

/** A cut may have left half a pair, which no address can hold. */
function wellFormed(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
}
