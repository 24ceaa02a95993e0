/** Runs inside the sandboxed frame: draws what it is asked to and answers with the picture. A file of its own, with Mermaid in it. */
import mermaid, { type MermaidConfig } from "mermaid";

import type { DrawRequest } from "./mermaid.ts";

const FONT = "system-ui, sans-serif";

const LIGHT = {
  background: "#ffffff",
  primaryColor: "#eef1fb",
  primaryBorderColor: "#8794c7",
  primaryTextColor: "#1d2230",
  secondaryColor: "#e9f4ee",
  tertiaryColor: "#fbf4e6",
  lineColor: "#5b6478",
  textColor: "#1d2230",
  noteBkgColor: "#fff6d8",
  noteTextColor: "#3a3320",
  edgeLabelBackground: "#ffffff",
};

const DARK = {
  darkMode: true,
  background: "#15181f",
  primaryColor: "#262d42",
  primaryBorderColor: "#6f7db3",
  primaryTextColor: "#e8eaf1",
  secondaryColor: "#22352c",
  tertiaryColor: "#3a3222",
  lineColor: "#9aa3b8",
  textColor: "#e8eaf1",
  noteBkgColor: "#3d3620",
  noteTextColor: "#f2e9cc",
  edgeLabelBackground: "#15181f",
};

function configuration(dark: boolean): MermaidConfig {
  return {
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    // Labels as SVG text: HTML inside a picture is not drawn by <img>.
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    fontFamily: FONT,
    theme: "base",
    themeVariables: { ...(dark ? DARK : LIGHT), fontFamily: FONT },
  };
}

async function draw({ id, source, dark }: DrawRequest): Promise<object> {
  try {
    mermaid.initialize(configuration(dark));
    const { svg } = await mermaid.render(`diagram-${id}`, source);
    return { id, ...measured(svg) };
  } catch (error) {
    return { id, error: firstLine(error) };
  }
}

/** A picture in <img> needs a size of its own; Mermaid's says only "100 %". */
function measured(svg: string): object {
  const root = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  const box = root?.getAttribute("viewBox")?.split(/[\s,]+/).map(Number) ?? [];
  const [, , width = 600, height = 400] = box;
  if (!root) return { error: "This diagram could not be drawn." };
  root.setAttribute("width", String(Math.ceil(width)));
  root.setAttribute("height", String(Math.ceil(height)));
  root.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const title = root.querySelector("title")?.textContent ?? "";
  const description = root.querySelector("desc")?.textContent ?? "";
  return {
    svg: new XMLSerializer().serializeToString(root),
    width: Math.ceil(width),
    height: Math.ceil(height),
    title: [title, description].filter((words) => words !== "").join(". "),
  };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? message;
}

addEventListener("message", (event: MessageEvent<DrawRequest>) => {
  if (event.source !== parent) return;
  void draw(event.data).then((answer) => parent.postMessage(answer, "*"));
});
parent.postMessage("ready", "*");
