// Bundles the browser's scripts: `node build.mjs [folder] [--dev]`. Writes hashed modules and Mermaid's sandbox page into the folder
// (default ../../target/site/pkg), and `editor.json`, which names those of the editor.
import { build as esbuild } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dev = process.argv.includes("--dev");
const out = resolve(process.argv[2] && !process.argv[2].startsWith("--") ? process.argv[2] : join(here, "../../target/site/pkg"));

// Two copies of one of these in a page and they no longer recognise each other's objects.
const SINGLE = ["@codemirror/state", "@codemirror/view", "yjs"];

// @codemirror/lang-markdown imports the HTML grammar (with JavaScript's and CSS's) for raw HTML, 53 KB that documents hardly use, and for its
// tags' names the completion that we load later.
const STUBS = {
  "@codemirror/lang-html": `
    import { Language, LanguageSupport, defineLanguageFacet } from "@codemirror/language";
    import { parser } from "@lezer/markdown";
    const language = new Language(defineLanguageFacet(), parser, [], "html");
    export const html = () => new LanguageSupport(language);
    export const htmlCompletionSource = () => null;`,
  "@codemirror/autocomplete": "export class CompletionContext {}",
};
const withoutHtml = {
  name: "without-html",
  setup(build) {
    build.onResolve({ filter: /^@codemirror\/(lang-html|autocomplete)$/ }, ({ path, importer }) =>
      path.endsWith("lang-html") || importer.includes("lang-markdown") ? { path, namespace: "stub" } : null,
    );
    build.onLoad({ filter: /.*/, namespace: "stub" }, ({ path }) => ({ contents: STUBS[path], resolveDir: here }));
  },
};

// A style sheet that a module imports is text to it; fonts it names come along, each in the one format that every browser here reads.
const styleAsText = {
  name: "style-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const woff2 = (await readFile(path, "utf8")).replace(/,\s*url\([^)]*\.(woff|ttf)\) format\("\w+"\)/g, "");
      const { outputFiles } = await esbuild({
        stdin: { contents: woff2, loader: "css", resolveDir: dirname(path) },
        bundle: true,
        minify: true,
        write: false,
        outdir: out,
        publicPath: "/pkg/",
        loader: { ".woff2": "file" },
        assetNames: "[name]-[hash]",
      });
      await Promise.all(outputFiles.filter((file) => file.path.endsWith(".woff2")).map((file) => writeFile(file.path, file.contents)));
      return { contents: outputFiles.find((file) => file.path.endsWith(".css")).text, loader: "text" };
    });
  },
};

const shared = { bundle: true, minify: !dev, sourcemap: dev && "linked", target: "es2022", metafile: true, legalComments: "none", logLevel: "warning" };

async function modules() {
  const { metafile } = await esbuild({
    ...shared,
    entryPoints: [join(here, "src/frame.ts")],
    outdir: out,
    format: "esm",
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    loader: { ".md": "text" },
    plugins: [withoutHtml, styleAsText],
  });
  return metafile;
}

// Without an origin the sandboxed page cannot load modules, so this is one classic script with all of Mermaid in it.
async function sandbox() {
  const { metafile, outputFiles } = await esbuild({
    ...shared,
    entryPoints: [join(here, "src/mermaid-frame.ts")],
    format: "iife",
    write: false,
    sourcemap: false,
    outdir: out,
  });
  const code = outputFiles[0].contents;
  const name = `mermaid-frame-${createHash("sha256").update(code).digest("hex").slice(0, 8).toUpperCase()}.js`;
  await writeFile(join(out, name), code);
  const page = await readFile(join(here, "src/mermaid-frame.html"), "utf8");
  await writeFile(join(out, "mermaid-frame.html"), page.replace("{{script}}", name));
  return metafile;
}

function assertSingle(metafile) {
  for (const name of SINGLE) {
    const copies = new Set(
      Object.keys(metafile.inputs)
        .filter((path) => path.includes(`node_modules/${name}/`))
        .map((path) => path.slice(0, path.lastIndexOf(`node_modules/${name}/`))),
    );
    const files = Object.keys(metafile.inputs).filter((path) => path.includes(`node_modules/${name}/dist/`));
    if (copies.size !== 1 || files.length !== 1) throw new Error(`${name} must be in the bundle once, found: ${files.join(", ") || "none"}`);
  }
}

async function removeOld() {
  await mkdir(out, { recursive: true });
  const ours = /-[A-Z0-9]{8}\.js(\.map)?(\.br)?$/;
  for (const file of await readdir(out)) if (ours.test(file)) await rm(join(out, file));
}

/** All that the editor's module imports: found out one after the other, it would take as many ways to the server as there are steps. */
async function listEditor({ outputs }) {
  const wanted = new Set();
  const add = (file) => {
    if (wanted.has(file)) return;
    wanted.add(file);
    for (const { path, kind } of outputs[file].imports) if (kind === "import-statement") add(path);
  };
  add(Object.keys(outputs).find((file) => outputs[file].entryPoint?.endsWith("src/frame.ts")));
  add(Object.keys(outputs).find((file) => outputs[file].entryPoint?.endsWith("src/editor.ts")));
  await writeFile(join(out, "editor.json"), JSON.stringify([...wanted].map((file) => basename(file))));
}

await removeOld();
const [metafile] = await Promise.all([modules(), sandbox()]);
assertSingle(metafile);
await listEditor(metafile);
const entry = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint?.endsWith("src/frame.ts"));
console.log(`${Object.keys(metafile.outputs).length} scripts, entry ${basename(entry[0])}`);
