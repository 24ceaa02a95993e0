/** Colours of code tokens, one table for the editor and the reader; the classes are those of @lezer/highlight's `classHighlighter`. */

/** Style rules by selector. */
export const tokenRules: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ".tok-keyword, .tok-operatorKeyword, .tok-modifier": { color: "var(--hl-keyword, light-dark(oklch(0.48 0.19 295), oklch(0.8 0.12 295)))" },
  ".tok-string, .tok-string2, .tok-regexp": { color: "var(--hl-string, light-dark(oklch(0.48 0.12 150), oklch(0.82 0.12 150)))" },
  ".tok-comment": { color: "var(--hl-comment, light-dark(oklch(0.52 0.02 260), oklch(0.7 0.02 260)))", fontStyle: "italic" },
  ".tok-number, .tok-bool, .tok-atom, .tok-literal": { color: "var(--hl-number, light-dark(oklch(0.5 0.15 45), oklch(0.82 0.11 60)))" },
  ".tok-typeName, .tok-className, .tok-namespace": { color: "var(--hl-type, light-dark(oklch(0.48 0.1 200), oklch(0.82 0.1 200)))" },
  ".tok-propertyName, .tok-macroName, .tok-labelName, .tok-definition": { color: "var(--hl-name, light-dark(oklch(0.45 0.14 255), oklch(0.82 0.1 255)))" },
  ".tok-inserted": { color: "var(--success, light-dark(oklch(0.48 0.13 150), oklch(0.8 0.14 150)))" },
  ".tok-deleted, .tok-invalid": { color: "var(--danger, light-dark(oklch(0.52 0.19 25), oklch(0.75 0.14 25)))" },
};

/** The same rules as a style sheet. */
export function tokenStyleSheet(): string {
  return Object.entries(tokenRules)
    .map(([selector, rule]) => `${selector}{${Object.entries(rule).map(([name, value]) => `${kebab(name)}:${value}`).join(";")}}`)
    .join("\n");
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
