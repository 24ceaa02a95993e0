/** Light or dark: what the person chose, else what the system says. The choice is in `data-theme` on <html>, in localStorage for other tabs, in a cookie for the server. */

/** What a person can choose. */
export type Theme = "light" | "dark" | "system";

const KEY = "theme";
/** A year, in seconds. */
const YEAR = 31_536_000;

/** Chooses. "system" forgets the choice. */
export function setTheme(theme: Theme): void {
  apply(theme);
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = theme === "system" ? 0 : YEAR;
  document.cookie = `${KEY}=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // No storage: the cookie carries it to the next page.
  }
}

/** Shows what was chosen, where the page came without it. */
export function restoreTheme(): void {
  try {
    apply(asTheme(localStorage.getItem(KEY)));
  } catch {
    // No storage: as the system is.
  }
}

/** Follows a choice made in another tab. */
export function followOtherTabs(): void {
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply(asTheme(event.newValue));
  });
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Tells when that changes. Returns what ends it. */
export function watchScheme(changed: (dark: boolean) => void): () => void {
  let last = isDark();
  const look = () => {
    const now = isDark();
    if (now !== last) changed((last = now));
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const attribute = new MutationObserver(look);
  system.addEventListener("change", look);
  attribute.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", look);
    attribute.disconnect();
  };
}

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

function asTheme(value: string | null): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
