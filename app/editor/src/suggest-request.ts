/** Brings suggestions to the server. */
import type { Refusal, SuggestedEdit } from "./contract.ts";

/** The server gets so long to answer, in ms. */
const PATIENCE = 30_000;

/** What is suggested now under one id; no edits: it is withdrawn. */
export interface Suggestion {
  /** The suggestion's id, and its thread's. */
  thread: string;
  /** Its changes. */
  edits: SuggestedEdit[];
}

/** What the server says to one: it has it; somebody has decided meanwhile; it knows no such place. */
export type Answer = "kept" | "decided" | "outdated";

/** The server does not take them, and would say so again. */
export class Refused extends Error {
  /** `unfit`: because of what one of them is, not of who suggests it, or where. */
  constructor(
    readonly reason: Refusal,
    readonly unfit = false,
  ) {
    super(`suggestions are refused: ${reason}`);
  }
}

/** By status (`AppError`). */
const REASONS: Readonly<Record<number, Refusal>> = { 401: "signed-out", 403: "role", 404: "gone", 409: "closed", 413: "role", 422: "role" };
const UNFIT: ReadonlySet<number> = new Set([413, 422]);

/** Sends them; an answer each, in their order. Throws `Refused`, or anything else where one may try again. */
export async function suggest(proposal: string, suggested: Suggestion[], send: typeof fetch = fetch): Promise<Answer[]> {
  const response = await send("/rpc/suggestions/suggest", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ proposal, suggested }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const reason = REASONS[response.status];
  if (reason) throw new Refused(reason, UNFIT.has(response.status));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const answers: unknown = await response.json();
  if (!isAnswers(answers, suggested.length)) throw new Error("the server answered something else");
  return answers;
}

function isAnswers(value: unknown, length: number): value is Answer[] {
  return Array.isArray(value) && value.length === length && value.every((one) => one === "kept" || one === "decided" || one === "outdated");
}
