/** The page that stands in for every other while there is no network: what this device has, or the proposal of the address. */
import { restoreTheme } from "../color-scheme.ts";
import { make, symbol } from "../dom.ts";
import { leadsTo } from "./address.ts";
import { listCopies, type Copy } from "./copies.ts";
import { HERE_KEY, lastHere } from "./last-here.ts";
import { copyList, emptyCard, noStorage, nothingHere } from "./list.ts";
import { openCopy } from "./offline-proposal.ts";
import { reloadOnce, sayOnline, whenReached } from "./reach.ts";

/** The address of the page itself. */
const OWN = "/offline";

/** Fills the page. */
export async function showOfflinePage(): Promise<void> {
  const main = document.getElementById("content")!;
  restoreTheme();
  // Somebody signs out or in, in another tab: nothing of the one before may stay in sight.
  addEventListener("storage", (event) => (event.key === HERE_KEY || event.key === null) && location.reload());
  const here = lastHere();
  if (!here) {
    show(main, "On this device", [nobody()]);
    return waitForServer(main);
  }
  let copies: Copy[];
  try {
    copies = await listCopies(here.account);
  } catch {
    show(main, "On this device", [noStorage()]);
    return waitForServer(main);
  }
  const wanted = copies.find(({ label, whole }) => whole && label && leadsTo(location.pathname, label));
  if (wanted?.label) return openCopy(main, here, wanted.label);
  show(main, ...listed(copies));
  waitForServer(main);
}

function listed(copies: readonly Copy[]): [string, HTMLElement[]] {
  const list = copies.length === 0 ? nothingHere() : copyList(copies);
  const known = location.pathname === OWN || location.pathname === "/";
  const lead = known
    ? "Proposals that you have opened on this device can be read and written without a network. What you change is sent when it is back."
    : "It needs the network. These proposals can be read and written without; what you change is sent when it is back.";
  const heading = known ? "On this device" : "This page is not on this device";
  return [heading, [make("p", "muted", lead), ...(known ? [] : [make("h2", "", "On this device")]), list]];
}

/** Whoever signs out leaves nothing here. */
function nobody(): HTMLElement {
  const words = "Once you have signed in online, proposals that you open in Write open without a network too.";
  return emptyCard("lock", "You are not signed in on this device", words);
}

function show(main: HTMLElement, heading: string, content: readonly HTMLElement[]): void {
  document.title = `${heading} · Quorum`;
  main.className = "page narrow stack";
  main.replaceChildren(make("h1", "", heading), ...content);
}

/** There is nothing here that could be lost: the address is loaded as soon as the server answers. */
function waitForServer(main: HTMLElement): void {
  whenReached(() => {
    if (location.pathname !== OWN && reloadOnce()) return;
    sayOnline();
    const back = make("div", "notice success");
    back.setAttribute("role", "status");
    const [text, link] = [make("div"), make("a", "", "Open Quorum")];
    link.href = location.pathname === OWN ? "/" : location.href;
    text.append("You are online. ", link);
    back.append(symbol("circle-check"), text);
    main.querySelector("h1")?.after(back);
  });
}
