/** Copies the link to a passage. */
import { say } from "../say.ts";
import { fragmentOf, type Passage } from "./link.ts";

/** Copies it, and says so. Where the browser does not allow that, the link goes to where one can take it from. */
export async function copyLink(page: URL, passage: Passage): Promise<void> {
  const link = new URL(page);
  link.hash = fragmentOf(passage);
  try {
    // Without a secure origin there is no clipboard at all.
    await navigator.clipboard.writeText(link.href);
    say("Link copied. It leads whoever may read here to this passage.");
  } catch {
    prompt("The browser did not allow copying. This is the link:", link.href);
  }
}
