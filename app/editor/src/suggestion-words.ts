/** Words in the text that are not in it: what a suggestion would add, or has taken out. How suggestions look. */
import { EditorView, WidgetType } from "@codemirror/view";

/** More is not read in a line; the card in the margin has all of it. In units. */
const MOST = 300;

/** As text in one line: line ends are shown, what is too long ends in an ellipsis. */
export function clipped(words: string): string {
  const whole = /[\ud800-\udbff]$/.test(words.slice(0, MOST)) ? MOST - 1 : MOST;
  return (words.length > MOST ? `${words.slice(0, whole)}…` : words).replace(/\n/g, "⏎");
}

/** Such words. Never markup: they are somebody's input. */
export class WordsWidget extends WidgetType {
  constructor(
    readonly tag: "ins" | "del",
    readonly words: string,
    readonly thread: string,
    readonly active: boolean,
  ) {
    super();
  }

  override eq(other: WordsWidget): boolean {
    return other.tag === this.tag && other.words === this.words && other.thread === this.thread && other.active === this.active;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement(this.tag);
    element.className = `cm-suggest-${this.tag}${this.active ? " cm-suggest-active" : ""}`;
    element.dataset["thread"] = this.thread;
    element.textContent = clipped(this.words);
    return element;
  }

  /** A click is one on the text beside it, and on the thread. */
  override ignoreEvent(): boolean {
    return false;
  }
}

/** Added is underlined, gone is struck through: the tints only say it again. */
export const suggestionTheme = EditorView.baseTheme({
  ".cm-suggest-added, .cm-suggest-ins": {
    backgroundColor: "var(--inserted, light-dark(oklch(0.93 0.06 155), oklch(0.34 0.06 155)))",
    textDecoration: "underline 2px var(--success, oklch(0.6 0.15 150))",
    textUnderlineOffset: "0.2em",
    cursor: "pointer",
  },
  ".cm-suggest-added": { cursor: "text" },
  ".cm-suggest-del": {
    backgroundColor: "var(--deleted, light-dark(oklch(0.93 0.045 27), oklch(0.34 0.07 25)))",
    textDecoration: "line-through 1px var(--danger, oklch(0.6 0.2 25))",
    cursor: "pointer",
  },
  ".cm-suggest-ins, .cm-suggest-del": { borderRadius: "2px", overflowWrap: "anywhere" },
  ".cm-suggest-outdated": { borderBlockEnd: "2px dotted var(--text-muted, currentColor)", cursor: "pointer" },
  ".cm-suggest-active": { outline: "2px solid var(--warning, oklch(0.75 0.15 75))", outlineOffset: "1px" },
});
