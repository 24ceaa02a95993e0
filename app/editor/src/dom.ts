/** Elements made by script. */

/** An element with a class and a text, each where given. */
export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className = "", text = ""): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== "") element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}

/** Sets attributes. */
export function set(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** A symbol of the page's sprite. Decoration: what it means is said in words beside it or in an `aria-label`. */
export function symbol(name: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  set(svg, { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" });
  const use = svg.appendChild(document.createElementNS(space, "use"));
  use.setAttribute("href", `/icons.svg#${name}`);
  return svg;
}
