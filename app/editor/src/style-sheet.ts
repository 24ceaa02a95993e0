/** Style rules that belong to a lazily loaded part. Adopted sheets need no nonce. */

const adopted = new Set<string>();

/** Adds rules to the page, once per name, below everything unlayered: the page's own style sheet may overrule them. */
export function adopt(name: string, rules: string): void {
  if (adopted.has(name)) return;
  adopted.add(name);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer components{${rules}}`);
  document.adoptedStyleSheets.push(sheet);
}
