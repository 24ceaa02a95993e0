// Runs the tests: bundles each file of test/ for node (TypeScript, one copy of every package) and hands them to node's own runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
// Inside the package, so that what is not bundled resolves.
const out = await mkdtemp(join(here, "node_modules/.test-"));
try {
  const files = (await readdir(join(here, "test"))).filter((file) => file.endsWith(".test.ts"));
  await build({
    entryPoints: files.map((file) => join(here, "test", file)),
    outdir: out,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    loader: { ".md": "text" },
    sourcemap: "inline",
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
  const compiled = files.map((file) => join(out, file.replace(/\.ts$/, ".mjs")));
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...compiled], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
