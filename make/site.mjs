// Builds what the browser gets into target/site: `node make/site.mjs [--dev]`.
//
//   target/site/pkg/app.<hash>.js, app.<hash>_bg.wasm   the Rust half: what every page needs
//   target/site/pkg/parts.<hash>.js, parts.<hash>.<part>….wasm   what only the pages of these parts need (app/src/routes/lazy.rs)
//   target/site/pkg/frame-<hash>.js, …                  the TypeScript half (app/editor)
//   target/site/pkg/style-<hash>.css, fonts/, icons.svg  style/ and public/
//   target/site.stamp                                   changes whenever anything above does: the server embeds it all again
//
// Every file has a brotli twin. Names carry the hash of the content, so they can be cached for ever.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
const dev = process.argv.includes('--dev')
const site = 'target/site'
const pkg = path.join(site, 'pkg')
const stamps = 'target/site-stamps.json'
const seen = fs.existsSync(stamps) ? JSON.parse(fs.readFileSync(stamps, 'utf8')) : {}

const say = (text) => process.stderr.write(`\x1b[1m· ${text}\x1b[0m\n`)
const run = (command, args, env = {}) => {
  const done = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
  if (done.status !== 0) process.exit(done.status ?? 1)
}
const digest = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex').slice(0, 16)

/** Every file below a folder. */
const files = (folder) => fs.readdirSync(folder, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort()

/** One part of the site: built again only when what it is made of has changed. Answers the files it made. */
function part (name, sources, build) {
  const key = digest(...sources.flatMap((file) => [file, fs.readFileSync(file)]), String(dev))
  if (seen[name]?.key === key && seen[name].made.every((file) => fs.existsSync(file))) return seen[name].made
  for (const old of seen[name]?.made ?? []) for (const file of [old, `${old}.br`]) fs.rmSync(file, { force: true })
  say(`building ${name}`)
  const made = build()
  for (const file of made) compress(file)
  seen[name] = { key, made }
  fs.writeFileSync(stamps, JSON.stringify(seen))
  return made
}

/** The brotli twin, for what gets smaller by it. */
function compress (file) {
  if (!/\.(js|css|wasm|svg|html|json)$/.test(file)) return
  const bytes = fs.readFileSync(file)
  const quality = dev ? 4 : 11
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, { params: {
    [zlib.constants.BROTLI_PARAM_QUALITY]: quality, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
}

/** Compiles `app` to wasm with rustup's target, or with Debian's compiler where rustup has none. */
function compile () {
  const profile = dev ? 'dev' : 'wasm-release'
  const args = ['rustc', '-p', 'app', '--lib', '--crate-type', 'cdylib', '--features', 'hydrate', '--target', 'wasm32-unknown-unknown', '--profile', profile, '--target-dir', 'target/wasm']
  // The splitter moves functions and constants: it must know all references to them, and constants must not have been joined together.
  const link = ['--', '-Clink-arg=--emit-relocs', '-Clink-arg=--no-merge-data-segments']
  const installed = spawnSync('rustup', ['target', 'list', '--installed'], { encoding: 'utf8' }).stdout ?? ''
  if (installed.includes('wasm32-unknown-unknown')) run('cargo', [...args, ...link])
  else {
    // Debian's compiler brings the library's source instead of its build; -Zbuild-std compiles it.
    run('/usr/bin/cargo', [...args, '-Zbuild-std=std,panic_abort', '-Zbuild-std-features=', ...link],
      { RUSTC_BOOTSTRAP: '1', RUSTC: '/usr/bin/rustc', RUSTDOC: '/usr/bin/rustdoc', RUSTUP_TOOLCHAIN: '' })
  }
  return `target/wasm/wasm32-unknown-unknown/${dev ? 'debug' : profile}/app.wasm`
}

/** The splitter, wasm-bindgen, wasm-opt, and names with the hash in them. */
function pack (wasm) {
  const out = 'target/wasm/packed'
  fs.rmSync(out, { recursive: true, force: true })
  run('.data/tools/bin/wasm-split-cli', [wasm, out, '--target', 'web', '--out-name', 'app'])
  run('.data/tools/bin/wasm-bindgen', [`${out}/app.wasm`, '--target', 'web', '--no-typescript', '--keep-lld-exports', '--out-dir', out, '--out-name', 'app'])
  fs.rmSync(`${out}/app.wasm`)
  if (fs.existsSync(`${out}/snippets`)) throw new Error('a crate brought JavaScript snippets: give them hashed names here first')
  const modules = files(out).filter((file) => file.endsWith('.wasm'))
  if (!dev) modules.forEach(shrink)
  const scripts = { app: fs.readFileSync(`${out}/app.js`, 'utf8'), parts: fs.readFileSync(`${out}/__wasm_split.js`, 'utf8') }
  // One hash for all: the parts call each other by their places in one table, so they only ever fit together.
  const hash = digest(...Object.values(scripts), ...modules.map((file) => fs.readFileSync(file)))
  // Only where a script is imported: the same word names the module's imports, in the wasm too.
  const names = new Map([['from "./app.js"', `from "./app.${hash}.js"`], ['from "./__wasm_split.js"', `from "./parts.${hash}.js"`], ['app_bg.wasm', `app.${hash}_bg.wasm`]])
  for (const [, file, parts] of partsOf(scripts.parts)) names.set(`${file}.wasm`, `parts.${hash}.${parts.join('.')}.wasm`)
  const rename = (script) => [...names].reduce((text, [from, to]) => text.replaceAll(from, to), script)
  for (const [name, script] of Object.entries(scripts)) fs.writeFileSync(`${pkg}/${name}.${hash}.js`, minify(rename(script)))
  for (const file of modules) fs.copyFileSync(file, `${pkg}/${names.get(path.basename(file))}`)
  return [...Object.keys(scripts).map((name) => `${pkg}/${name}.${hash}.js`), ...modules.map((file) => `${pkg}/${names.get(path.basename(file))}`)]
}

/** Which parts need which module, as the splitter's script says it: `split_x` is x's own, a `chunk_n` belongs to those named above it. */
function partsOf (script) {
  const own = [...script.matchAll(/"\.\/split_(\w+)\.wasm"/g)].map(([, part]) => [part, `split_${part}`, [part]])
  const shared = [...script.matchAll(/\/\* ([\w, ]+) \*\/\nconst (__chunk_\d+) = [^]*?"\.\/(chunk_\d+)\.wasm"/g)]
    .map(([, parts, name, file]) => [name, file, parts.split(', ').sort()])
  return [...own, ...shared]
}

/** wasm-opt, in place. */
function shrink (file) {
  // What the compiler's baseline uses and every supported browser knows; with --all-features browsers refuse the module.
  const features = ['bulk-memory', 'bulk-memory-opt', 'mutable-globals', 'multivalue', 'nontrapping-float-to-int', 'reference-types', 'sign-ext']
  run('app/editor/node_modules/.bin/wasm-opt', ['-Oz', ...features.map((name) => `--enable-${name}`), file, '-o', file])
}

function minify (script) {
  return execFileSync('app/editor/node_modules/.bin/esbuild', ['--minify', '--format=esm', '--target=es2022', '--log-level=error'], { input: script, encoding: 'utf8' })
}

fs.mkdirSync(pkg, { recursive: true })
const rust = [...files('app/src'), 'app/Cargo.toml', 'Cargo.toml', 'Cargo.lock']
const wasm = part('the browser half (wasm)', rust, () => pack(compile()))
const script = part('the editor (TypeScript)', [...files('app/editor/src'), 'app/editor/build.mjs', 'app/editor/package-lock.json'], () => {
  // What an earlier build left, under whatever names.
  for (const file of files(pkg)) if (/\.(js|js\.map|html)(\.br)?$/.test(file) && !/^(app|parts)\./.test(path.basename(file))) fs.rmSync(file)
  const before = new Set(files(pkg))
  run('node', ['app/editor/build.mjs', pkg, ...(dev ? ['--dev'] : [])])
  return files(pkg).filter((file) => !before.has(file) && !/\.(br|map)$/.test(file))
})
const style = part('the style sheet', [...files('style'), ...files('public')], () => {
  const out = 'target/site-style'
  fs.rmSync(out, { recursive: true, force: true })
  run('app/editor/node_modules/.bin/esbuild', ['style/index.css', '--bundle', '--minify', `--outdir=${out}`, '--entry-names=style-[hash]', '--asset-names=[name]-[hash]', '--loader:.woff2=file', '--loader:.svg=file', '--log-level=warning', '--target=chrome120,firefox121,safari17.5'])
  return files(out).map((file) => {
    const to = path.join(pkg, path.relative(out, file))
    fs.copyFileSync(file, to)
    return to
  })
})
// Fonts are not among them: the style sheet brings them along under hashed names.
const fixed = part('public files', files('public'), () => files('public').filter((file) => /^public\/[^/]+\.svg$/.test(file)).map((file) => {
  const to = path.join(site, path.relative('public', file))
  fs.mkdirSync(path.dirname(to), { recursive: true })
  fs.copyFileSync(file, to)
  return to
}))

// Only when it differs: the server's build watches it.
const stamp = JSON.stringify([wasm, script, style, fixed], null, 2)
const at = 'target/site.stamp'
if (!fs.existsSync(at) || fs.readFileSync(at, 'utf8') !== stamp) fs.writeFileSync(at, stamp)
