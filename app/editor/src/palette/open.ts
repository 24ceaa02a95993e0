/** The palette's window. It is there at once, so that what is typed while the rest is being loaded goes into its field and nowhere else. */
import type { EditorHandle } from "../contract.ts";

/** What the rest is made in. */
export interface Shell {
  /** The window; open. */
  dialog: HTMLDialogElement;
  /** Its field; focused. */
  input: HTMLInputElement;
  /** The editor on the page, if any. */
  editor: EditorHandle | null;
}

/** Opens the palette, or closes it. Not over another dialog, which is to be answered first. */
export function togglePalette(editor: EditorHandle | null): void {
  const open = document.querySelector<HTMLDialogElement>("dialog:modal");
  if (open?.classList.contains("palette")) open.close();
  if (open) return;
  const shell = { ...build(), editor };
  void import("./index.ts").then(
    ({ fill }) => shell.dialog.open && fill(shell),
    () => fail(shell),
  );
}

function build(): Pick<Shell, "dialog" | "input"> {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog palette";
  dialog.setAttribute("aria-label", "Search or do");
  const field = dialog.appendChild(document.createElement("div"));
  field.className = "palette-field";
  const input = field.appendChild(document.createElement("input"));
  input.placeholder = "Search or do…";
  input.setAttribute("aria-label", "Search designs, headings and people, or say what to do");
  for (const [name, value] of Object.entries({ autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go", maxlength: "200" })) input.setAttribute(name, value);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, input };
}

function fail({ dialog }: Shell): void {
  const words = dialog.appendChild(document.createElement("p"));
  words.className = "palette-said";
  words.setAttribute("role", "alert");
  words.textContent = "This part of Quorum could not be loaded. Check your connection and try again.";
}
