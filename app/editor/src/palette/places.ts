/** Where one can go from every page, and what one can do on each: read off the navigation. */
import { setTheme, type Theme } from "../color-scheme.ts";
import { SHORTCUTS } from "../shortcuts/registry.ts";
import { ask } from "../ask.ts";
import { go } from "./go.ts";
import type { Item } from "./item.ts";
import { teamHere, type Team } from "./teams.ts";

/** Of `Me` in `app/src/model/account.rs`, what is needed. */
interface Me {
  teams: { slug: string; name: string; role: string }[];
}

/** The teams in which the person may begin a design. */
export async function teamsToWriteIn(signal: AbortSignal): Promise<Team[]> {
  const me = await ask<Me | null>("accounts/me", new URLSearchParams(), signal);
  return (me?.teams ?? []).filter(({ role }) => role === "editor" || role === "admin");
}

/** Inbox, teams, people, settings. */
export function places(teams: readonly Team[]): Item[] {
  const of = (team: Team) => (teams.length > 1 ? { detail: team.name } : { also: team.name });
  return [
    place({ label: "Inbox", href: "/", icon: "inbox", also: "your turn waiting home", keys: SHORTCUTS.inbox.keys[0] }),
    ...teams.flatMap((team, index) => [
      place({ label: "Designs", href: `/teams/${team.slug}`, icon: "layers", ...of(team), ...(index === 0 ? { keys: SHORTCUTS.designs.keys[0] } : {}) }),
      place({ label: "People", href: `/teams/${team.slug}/people`, icon: "users", ...of(team) }),
    ]),
    place({ label: "Settings", href: "/settings", icon: "settings", also: "profile password tokens sessions account" }),
  ];
}

/** Beginning a design, where the person may. */
export function newDesigns(teams: readonly Team[], several: boolean): Item[] {
  const here = teamHere();
  const first = [...teams].sort((a, b) => Number(b.slug === here) - Number(a.slug === here));
  return first.map((team) => ({ ...place({ label: "New design", href: `/teams/${team.slug}/designs/new`, icon: "plus", also: "create write import", ...(several ? { detail: team.name } : {}) }), group: "Here" }));
}

/** What can be done everywhere: the look, the shortcuts, leaving. `list` opens the list of shortcuts. */
export function everywhere(list: () => void): Item[] {
  const act = (label: string, icon: string, also: string, run: () => void, keys?: string): Item => ({ id: `do ${label}`, group: "Here", label, icon, also, run, ...(keys ? { keys } : {}) });
  const leave = document.querySelector<HTMLButtonElement>(".navigation .self button.place");
  return [
    act("Keyboard shortcuts", "circle-help", "help keys", list, SHORTCUTS.list.keys[0]),
    act("Dark look", "moon", "theme mode night", () => look("dark", 2)),
    act("Light look", "sun", "theme mode day", () => look("light", 1)),
    act("Look as the system", "monitor", "theme mode auto", () => look("system", 0)),
    ...(leave ? [act("Sign out", "log-out", "log out leave", () => signOut(leave))] : []),
  ];
}

function place(what: { label: string; href: string; icon: string; also?: string; detail?: string; keys?: string }): Item {
  return { id: what.href, group: "Go to", ...what, run: () => go(what.href) };
}

/** By the buttons of the settings where they are on the page, so that they show it too. */
function look(theme: Theme, button: number): void {
  const buttons = document.querySelectorAll<HTMLButtonElement>("[role=group][aria-labelledby=look] button");
  if (buttons[button]) buttons[button].click();
  else setTheme(theme);
}

/** The navigation says what would be lost; where it is folded away it must be open for that. */
function signOut(button: HTMLButtonElement): void {
  if (!button.checkVisibility()) button.closest<HTMLElement>("[popover]")?.showPopover();
  button.click();
}
