/** The teams of the person, as the navigation has them; the one whose page this is comes first. */

/** One team. */
export interface Team {
  /** Its name in links. */
  slug: string;
  /** Its name. */
  name: string;
}

/** The teams. */
export function teamsOnPage(): Team[] {
  const teams = [...document.querySelectorAll<HTMLElement>(".navigation .places")].flatMap((group) => {
    const slug = /^\/teams\/([^/]+)$/.exec(group.querySelector("a")?.getAttribute("href") ?? "")?.[1];
    return slug === undefined ? [] : [{ slug, name: group.getAttribute("aria-label") ?? slug }];
  });
  const here = teamHere();
  return teams.sort((a, b) => Number(b.slug === here) - Number(a.slug === here));
}

/** The team whose page this is. */
export function teamHere(): string | null {
  return /^\/teams\/([^/]+)/.exec(location.pathname)?.[1] ?? null;
}
