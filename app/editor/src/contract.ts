/** What the pages (Rust, `app/src/editor.rs`) and this package tell each other. Everything crosses the border as JSON strings. */

/** What `mountEditor` is told. */
export interface EditorOptions {
  /** The proposal's id; its document is at `/sync/{proposal}`. */
  proposal: string;
  /** Who writes; local copies are kept under this id. */
  account: string;
  /** Their name, as others see it at their caret. */
  name: string;
  /** What typing does at first. */
  mode: Mode;
  /** What this device's copy is called; none: the team wants no copies on devices. */
  copy: CopyLabel | null;
}

/** What the copy of a proposal is called where the copies of a device are listed. */
export interface CopyLabel {
  /** The team, by its name in links. */
  team: string;
  /** Its name. */
  teamName: string;
  /** D-12 of the team. */
  design: number;
  /** P-2 of the design. */
  number: number;
  /** The proposal's title. */
  title: string;
}

/** What typing does: nothing, an edit of the shared text, or a suggestion for it. */
export type Mode = "reading" | "writing" | "suggesting";

/** What `mountReader` is told. */
export interface ReaderOptions {
  /** The place in the log that the rendered text shows; none for a frozen revision. */
  seq: number | null;
}

/** What the status line says. Exact meaning: `status.ts`. */
export type Status =
  | "connecting"
  | "saving"
  | "saved"
  | "not-on-server"
  | "offline"
  | "read-only"
  | "too-large"
  | "refused";

/** Why the server does not take this person's changes. */
export type Refusal = "role" | "held" | "closed" | "signed-out" | "access" | "gone";

/** Somebody who is here. */
export interface Person {
  /** Their account's id. */
  account: string;
  /** Their name. */
  name: string;
  /** A CSS colour of their own, the same for everybody; white text on it is readable. */
  colour: string;
  /** Whether it is the person at this screen. */
  me: boolean;
  /** Nothing done for two minutes, or the page hidden. */
  idle: boolean;
}

/** A thread's passage as the live editor gets it. */
export interface LiveThread {
  /** The thread's id. */
  id: string;
  /** Encoded relative position in base64, assoc 0. */
  start: string;
  /** Encoded relative position in base64, assoc -1. */
  end: string;
  /** What it asks: `blocking`, `question`, … */
  kind: string;
  /** Whether it is resolved. */
  resolved: boolean;
  /** What it suggests to change; none: it is about the passage only. */
  suggestion?: LiveSuggestion;
}

/** A suggestion as the server has it. */
export interface LiveSuggestion {
  /** Whether it is of the person at this screen. */
  mine: boolean;
  /** What has become of it. */
  state: "open" | "accepted" | "rejected" | "withdrawn";
  /** The places that it would change, together. */
  edits: SuggestedEdit[];
}

/** One place of a suggestion. */
export interface SuggestedEdit {
  /** Encoded relative position in base64, assoc 0; empty: it has no place any more. */
  start: string;
  /** Encoded relative position in base64, assoc -1. */
  end: string;
  /** The words there that it is about; never empty, but in an empty text. */
  original: string;
  /** What would be there instead. */
  replacement: string;
}

/** A thread's passage as the reader gets it: UTF-16 offsets in the Markdown source. */
export interface ReadThread {
  /** The thread's id. */
  id: string;
  /** First unit. */
  from: number;
  /** Behind the last unit. */
  to: number;
  /** What it asks. */
  kind: string;
  /** Whether it is resolved. */
  resolved: boolean;
}

/** A selected passage. */
export interface Selected {
  /** First UTF-16 unit of the source. */
  from: number;
  /** Behind the last unit. */
  to: number;
  /** The selected words. */
  quote: string;
  /** Pixels from the top of the mounted element. */
  top: number;
  /** Editor only: encoded relative position in base64, assoc 0. */
  start?: string;
  /** Editor only: encoded relative position in base64, assoc -1. */
  end?: string;
}

/** What the editor and the reader tell the page. */
export type PageEvent =
  | {
      type: "status";
      status: Status;
      /** Changes of this device that the server has not acknowledged, suggestions included. */
      pending: number;
      /** Why they are refused, with `refused`. */
      reason?: Refusal;
      /** How many of them are on this device's disk and would survive the page; null: the browser has no storage. */
      kept: number | null;
    }
  | { type: "selection"; selection: Selected | null }
  | { type: "layout"; tops: Record<string, number> }
  | { type: "thread"; thread: string }
  | { type: "hover"; thread: string | null }
  | { type: "heading"; anchor: string }
  | { type: "first-edit" };

/** Takes an event, typed. */
export type Emit = (event: PageEvent) => void;

/** What a page holds of a mounted editor. */
export interface EditorHandle {
  /** Shows these threads' passages (JSON of `LiveThread[]`). */
  setThreads(json: string): void;
  /** Marks one thread's passage as the one being read; `""` for none. */
  setActiveThread(id: string): void;
  /** Brings a thread's passage into view. */
  scrollToThread(id: string): void;
  /** What typing does from now on: a `Mode`. */
  setMode(mode: string): void;
  /** Shows plain Markdown instead of the live preview. */
  setSource(source: boolean): void;
  /** Shows in an empty element of the page who else is here, and lets one go to their carets and follow them. */
  showPeople(place: Element): void;
  /** Puts the caret into the text. */
  focus(): void;
  /** Puts the caret at the end of the line that a UTF-16 offset is in, and brings that line to the top of the window. */
  goTo(offset: number): void;
  /** The text as this device has it, unsent changes included; in suggesting mode with this person's suggestions. */
  text(): string;
  /** What the server lacks of it, as one Yjs update in base64: the changes of this device, those of the account's other tabs included. */
  changes(): Promise<string>;
  /** Forgets those changes, here and in the copy. Only after the person chose so; mount anew afterwards. */
  discard(): Promise<void>;
  /** Leaves the document and takes the editor off the page. */
  destroy(): void;
}

/** What a page holds of a mounted reader. */
export interface ReaderHandle {
  /** Shows these threads' passages (JSON of `ReadThread[]`). */
  setThreads(json: string): void;
  /** Marks one thread's passage as the one being read; `""` for none. */
  setActiveThread(id: string): void;
  /** Brings a thread's passage into view. */
  scrollToThread(id: string): void;
  /** Takes the enhancements off. */
  destroy(): void;
}

/** What can be closed. */
export interface Closable {
  /** Ends it for good. */
  close(): void;
}
