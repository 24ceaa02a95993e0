/** Hands a picture to the server. */
import { isPicture } from "../picture.ts";

/** Larger files are not taken, in bytes; the server has the same limit. */
const LARGEST = 5 * 1024 * 1024;

const TOO_LARGE = "This picture is larger than 5 MB. Make it smaller, or save it as a JPEG, and try again.";
const AWAY = "Pictures need the server, which cannot be reached now. The text can be written on; try the picture again once you are connected.";
const UNKNOWN = "The server did not take this picture. Try again in a moment.";

/** Why a picture was not taken, in words for whoever brought it. */
export class NotTaken extends Error {
  constructor(
    why: string,
    /** Trying again may help. */
    readonly again: boolean,
  ) {
    super(why);
  }
}

/** Sends a file for the team whose page this is; answers the picture's address. `sent` hears which share of it has left. */
export function send(file: Blob, sent: (share: number) => void, stop: AbortSignal): Promise<string> {
  if (file.size > LARGEST) return Promise.reject(new NotTaken(TOO_LARGE, false));
  return new Promise((resolve, reject) => {
    // Unlike `fetch` it tells how much has left.
    const request = new XMLHttpRequest();
    const team = /^\/teams\/[^/]+/.exec(location.pathname)?.[0] ?? "";
    request.open("POST", `${team}/pictures`);
    request.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const address = request.status === 201 ? addressIn(request.responseText) : null;
      if (address !== null) resolve(address);
      else reject(refusalOf(request.status, request.getResponseHeader("content-type") ?? "", request.responseText));
    };
    request.onerror = () => reject(new NotTaken(AWAY, true));
    stop.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function addressIn(answer: string): string | null {
  const address: unknown = (JSON.parse(answer) as { address?: unknown }).address;
  return typeof address === "string" && isPicture(address) ? address : null;
}

/** What an answer other than an address means. */
export function refusalOf(status: number, type: string, answer: string): NotTaken {
  const again = status === 401 || status === 429 || status >= 500;
  if (status === 401) return new NotTaken("You are signed out. Sign in in another tab, then try again.", again);
  if (status === 413 && !type.startsWith("application/problem+json")) return new NotTaken(TOO_LARGE, again);
  if (!type.startsWith("application/problem+json")) return new NotTaken(UNKNOWN, true);
  return new NotTaken((JSON.parse(answer) as { detail?: string }).detail ?? UNKNOWN, again);
}
