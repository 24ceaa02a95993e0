/** "This device" in the settings: the copies, what of them is not on the server, and the way to be rid of them. */
import { make, symbol } from "../dom.ts";
import { download } from "../rescue.ts";
import { wipe } from "../offline-store.ts";
import { listCopies, removeSent, type Copy } from "./copies.ts";
import { copyList, noStorage } from "./list.ts";
import { counted, sizeWords } from "./words.ts";

/** Fills an empty element, and again after every change. */
export async function showDevice(place: HTMLElement, account: string, said = ""): Promise<void> {
  let copies: Copy[];
  try {
    copies = await listCopies(account);
  } catch {
    place.replaceChildren(noStorage());
    return;
  }
  const news = make("p", "small muted", said);
  news.setAttribute("role", "status");
  if (copies.length === 0) {
    place.replaceChildren(make("p", "muted", "Nothing on this device yet."), news);
    return;
  }
  const remove = button("button danger", "Remove copies from this device");
  remove.prepend(symbol("trash-2"));
  remove.addEventListener("click", () => void take(place, account, copies));
  const actions = make("div", "line");
  actions.append(remove, news);
  place.replaceChildren(make("p", "", summary(copies)), copyList(copies), actions);
}

/** "3 proposals, 120 KB. 2 changes are not on the server." */
function summary(copies: readonly Copy[]): string {
  const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  const unsent = unsentOf(copies);
  const rest = unsent === 0 ? "Everything is on the server too." : `${counted(unsent, "change")} ${unsent === 1 ? "is" : "are"} not on the server.`;
  return `${counted(copies.length, "proposal")}, ${sizeWords(bytes)}. ${rest}`;
}

function unsentOf(copies: readonly Copy[]): number {
  return copies.reduce((sum, copy) => sum + copy.unsent, 0);
}

/** What the server has is taken away at once; what it has not, only after asking. */
async function take(place: HTMLElement, account: string, copies: readonly Copy[]): Promise<void> {
  const unsent = unsentOf(copies);
  const choice = unsent === 0 ? "sent" : await ask(account, unsent);
  if (choice === "") return;
  await (choice === "all" ? wipe(account) : removeSent(account));
  const left = choice === "sent" && unsent > 0;
  await showDevice(place, account, left ? "Removed. What is not on the server is still here." : "The copies are removed.");
}

/** "": nothing is removed; "sent": what the server has; "all": the changes too. */
function ask(account: string, unsent: number): Promise<string> {
  const title = "Remove changes that are nowhere else?";
  const dialog = make("dialog", "dialog wide");
  dialog.setAttribute("aria-label", title);
  const [head, body, actions] = [make("header"), make("div", "body stack"), make("div", "actions")];
  head.append(make("h2", "", title));
  const many = unsent === 1 ? "One change is only on this device. If you remove all, it is lost." : `${unsent} changes are only on this device. If you remove all, they are lost.`;
  body.append(make("p", "", `${many} To keep what you changed, open its proposal while you are online and wait there for “Saved”.`), actions);
  const files = button("button", "Download the texts");
  files.addEventListener("click", () => void download(account));
  actions.append(closing(dialog, "button", "Cancel", ""), files, closing(dialog, "button danger", "Remove all", "all"));
  actions.append(closing(dialog, "button primary", "Remove what the server has", "sent"));
  dialog.append(head, body);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

function closing(dialog: HTMLDialogElement, className: string, words: string, choice: string): HTMLButtonElement {
  const made = button(className, words);
  made.addEventListener("click", () => dialog.close(choice));
  return made;
}

function button(className: string, words: string): HTMLButtonElement {
  const made = make("button", className, words);
  made.type = "button";
  return made;
}
