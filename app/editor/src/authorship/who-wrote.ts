/** Asks the server who wrote a passage: it knows whose the Yjs clients of a document are. */
import { ask } from "../ask.ts";
import type { Stretch } from "./stretches.ts";

/** The server gets so long to answer, in ms. */
const PATIENCE = 15_000;

/** Somebody. */
export interface Writer {
  /** Their account's id; null: it is gone. */
  id: string | null;
  name: string;
}

/** How words came into the text (`app/src/model/timeline.rs`). */
export type How = "wrote" | "brought" | "put_back" | "accepted" | "unknown" | { suggested: Writer };

/** Who wrote a part of the passage, most first. */
export interface Part {
  who: Writer | null;
  how: How;
  /** UTF-16 units. */
  units: number;
  /** Not before, as RFC 3339; null: not known. */
  since: string | null;
}

/** Throws when it cannot be found out at present. */
export async function whoWrote(proposal: string, passage: Stretch[]): Promise<Part[]> {
  const parts = await ask<unknown>("timeline/who_wrote", { proposal, passage }, AbortSignal.timeout(PATIENCE));
  if (!Array.isArray(parts)) throw new Error("the server answered something else");
  return parts as Part[];
}
