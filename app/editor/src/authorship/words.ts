/** Who wrote a passage, in words. */
import type { Part } from "./who-wrote.ts";

/** How somebody's words came into the text. */
export function detailOf({ how }: Part): string {
  if (typeof how === "object") return `accepted it as ${how.suggested.name} had suggested it`;
  switch (how) {
    case "wrote":
      return "wrote it";
    case "brought":
      return "brought it, with the file or the template that this text began with";
    case "put_back":
      return "put it back from an older text, in which anybody may have written it";
    case "accepted":
      return "it was there before this proposal, or was merged since";
    default:
      return "it is not on the server yet, or the account of whoever wrote it is gone";
  }
}

/** Whose they are. */
export function nameOf({ who, how }: Part): string {
  return who?.name ?? (how === "accepted" ? "The accepted text" : "Not known");
}

/** Shares in whole percent, of each part its own: what is there is never said to be nothing. */
export function sharesOf(parts: readonly Part[]): string[] {
  const all = parts.reduce((sum, { units }) => sum + units, 0);
  return parts.map(({ units }) => {
    const share = (100 * units) / Math.max(all, 1);
    if (parts.length === 1) return "all of it";
    return share < 1 ? "less than 1 %" : share > 99 ? "more than 99 %" : `${Math.round(share)} %`;
  });
}
