/** One proposal of this device, in the ordinary editor; it goes over to the server's page when that can be had again. */
import type { EditorHandle, Mode, PageEvent } from "../contract.ts";
import { make, symbol } from "../dom.ts";
import { openEditor } from "../editor.ts";
import type { LabelRow } from "../offline-store.ts";
import type { Here } from "./last-here.ts";
import { moment } from "./list.ts";
import { reloadOnce, sayOnline } from "./reach.ts";
import { statusTone, statusWords } from "./words.ts";

type StatusEvent = Extract<PageEvent, { type: "status" }>;

/** What typing does, said where it is not what one expects. */
const MODES: Readonly<Record<Mode, string>> = {
  writing: "",
  suggesting: "What you type is suggested, not written.",
  reading: "You can read it here. When it was last on the server, you could not change it.",
};

/** Opens it. */
export function openCopy(main: HTMLElement, { account, name }: Here, label: LabelRow): void {
  document.title = `${label.title} · Quorum`;
  main.className = "page proposal";
  const place = make("div", "editor-place");
  const [line, said, returning] = [make("span", "status-line"), make("span"), make("div")];
  const aloud = make("span", "aside");
  said.setAttribute("aria-hidden", "true");
  aloud.setAttribute("role", "status");
  returning.setAttribute("role", "status");
  line.append(said, aloud);
  const source = make("button", "chip", "Source");
  main.replaceChildren(head(label), returning, bar(label.mode, source, line), desk(place));

  let last = "";
  const back = comeBack(returning, () => editor);
  const heard = (event: StatusEvent): void => {
    line.dataset["tone"] = statusTone(event);
    said.textContent = statusWords(event);
    if (event.status === last) return;
    last = event.status;
    // With every word one saves and has saved: only what is news is read aloud.
    if (event.status !== "saving") aloud.textContent = statusWords(event);
    back(event);
  };
  // The first status comes while the editor is being made.
  const emit = (event: PageEvent): void => void (event.type === "status" && queueMicrotask(() => heard(event)));
  const editor = openEditor(place, { proposal: label.proposal, account, name, mode: label.mode, copy: label }, emit);
  editor.setThreads(label.threads);
  source.type = "button";
  source.setAttribute("aria-pressed", "false");
  source.addEventListener("click", () => {
    const pressed = source.getAttribute("aria-pressed") !== "true";
    source.setAttribute("aria-pressed", String(pressed));
    editor.setSource(pressed);
  });
}

function head({ title, team, teamName, design, number, synced }: LabelRow): HTMLElement {
  const head = make("header", "proposal-head");
  const crumbs = make("nav", "crumbs");
  crumbs.setAttribute("aria-label", "Where this is");
  const all = make("a", "", "On this device");
  all.href = "/offline";
  crumbs.append(all, make("span", "", teamName || team), make("span", "", `D-${design} P-${number}`));
  const about = make("p", "small muted");
  if (synced) about.append("As it was on the server ", moment(synced), ", with your changes. ");
  about.append("Discussion, reviews and history need the network.");
  head.append(crumbs, make("h1", "", title || "Untitled"), about);
  return head;
}

function bar(mode: Mode, source: HTMLElement, line: HTMLElement): HTMLElement {
  const [bar, state] = [make("div", "desk-bar staying"), make("div", "desk-state")];
  state.append(line);
  if (MODES[mode] !== "") bar.append(make("span", "muted small", MODES[mode]));
  bar.append(state, source);
  return bar;
}

function desk(place: HTMLElement): HTMLElement {
  const [desk, text] = [make("div", "desk writing"), make("article", "desk-text")];
  text.setAttribute("aria-label", "Text");
  text.append(place);
  desk.append(text);
  return desk;
}

/**
 * The line to the server is the ordinary one, so that what was typed is sent as soon as it is there. Only then the page goes over to the server's, by
 * itself where nobody is writing, else when it is asked to. Returns what is told of each status, and says in `place` what it means.
 */
function comeBack(place: HTMLElement, editor: () => EditorHandle): (event: StatusEvent) => void {
  const over = (): void => {
    // What is unsent is on the disk; an editor that is there would ask whether it may go.
    editor().destroy();
    location.reload();
  };
  let shown = "";
  const show = (tone: string, words: string, label: string): void => {
    // It is saved again at each pause in typing: the same would be read aloud again, and the button lose its focus.
    if (words === shown) return;
    shown = words;
    place.replaceChildren(...(words === "" ? [] : [notice(tone, words, label, over)]));
  };
  return ({ status, reason }) => {
    const isSaved = status === "saved" || status === "read-only";
    const isRefused = status === "refused" || status === "too-large";
    if (isSaved) sayOnline();
    if (isSaved && !document.activeElement?.closest(".cm-editor") && reloadOnce()) return;
    if (isSaved) show("success", "You are online again, and the server has everything.", "Go on online");
    else if (isRefused) show("danger", refusal(reason), "See what can be done");
    else if (status === "offline") show("", "", "");
  };
}

function refusal(reason: StatusEvent["reason"]): string {
  if (reason === "signed-out") return "You are signed out. What you changed stays on this device, and is sent when you have signed in again.";
  return "The server does not take what you changed here. It stays on this device until you decide about it.";
}

function notice(tone: string, words: string, label: string, act: () => void): HTMLElement {
  const [notice, text, button] = [make("div", `notice ${tone}`), make("div", "", words), make("button", "button", label)];
  button.type = "button";
  button.addEventListener("click", act);
  notice.append(symbol(tone === "success" ? "circle-check" : "circle-alert"), text, button);
  return notice;
}
