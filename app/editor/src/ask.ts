/** Asks the server's functions for pages (`app/src/api`), with the session of the browser. */

/** Why there is no answer, as far as it makes a difference to the person. */
export type Trouble = "offline" | "signed-out" | "failed";

/** There is no answer. */
export class Unanswered extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** A page of a list. */
export interface Page<T> {
  /** The rows. */
  items: T[];
  /** Given back as `after` it answers the next page; null: this was the last. */
  next: string | null;
}

/** Calls a function. A form's fields go as a form, an object as JSON: each function reads one of the two. */
export async function ask<T>(name: string, what: URLSearchParams | object, signal?: AbortSignal): Promise<T> {
  const form = what instanceof URLSearchParams;
  const headers = { accept: "application/json", "content-type": form ? "application/x-www-form-urlencoded" : "application/json" };
  let answer: Response;
  try {
    answer = await fetch(`/rpc/${name}`, { method: "POST", headers, body: form ? what : JSON.stringify(what), signal: signal ?? null });
    if (answer.ok) return (await answer.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unanswered("offline");
  }
  throw new Unanswered(answer.status === 401 ? "signed-out" : "failed");
}
