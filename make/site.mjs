// Builds what the browser gets into target/site: `node make/site.mjs [--dev]`.
//
//   target/site/pkg/app.<hash>.js, app.<hash>_bg.wasm   the Rust half: what every page needs
//   target/site/pkg/parts.<hash>.js, parts.<hash>.<part>.bin   what only some pages need (app/src/routes/parts.rs)
//   target/site/pkg/frame-<hash>.js, …                  the TypeScript half (app/editor)
//   target/site/pkg/style-<hash>.css, fonts/, icons.svg  style/ and public/
//   target/site/service-worker.js, pkg/offline.html     what opens pages without a network
//   target/site.stamp                                   changes whenever anything above does: the server embeds it all again
//
// Every file has a brotli twin. Names carry the hash of the content, so they can be cached for ever; the last two name the others.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { digest, files, run, say } from './lib.mjs'
import { offline } from './offline.mjs'
import { compile, pack } from './wasm.mjs'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
const dev = process.argv.includes('--dev')
const site = 'target/site'
const pkg = path.join(site, 'pkg')
const stamps = 'target/site-stamps.json'
const seen = fs.existsSync(stamps) ? JSON.parse(fs.readFileSync(stamps, 'utf8')) : {}

/** One part of the site: built again only when what it is made of has changed. Answers the files it made. */
function part (name, sources, build) {
  const key = digest(...[...sources, 'make/site.mjs'].flatMap((file) => [file, fs.readFileSync(file)]), String(dev))
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
  if (!/\.(js|css|wasm|bin|svg|html|json)$/.test(file)) return
  const bytes = fs.readFileSync(file)
  const quality = dev ? 4 : 11
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, { params: {
    [zlib.constants.BROTLI_PARAM_QUALITY]: quality, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
}

fs.mkdirSync(pkg, { recursive: true })
const rust = [...files('app/src'), 'app/Cargo.toml', 'Cargo.toml', 'Cargo.lock', 'make/wasm.mjs', 'make/parts.js']
const wasm = part('the browser half (wasm)', rust, () => pack(compile(dev), pkg, dev))
const script = part('the editor (TypeScript)', [...files('app/editor/src'), ...files('server/templates'), 'app/editor/build.mjs', 'app/editor/package-lock.json'], () => {
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

// Last, because it names all the others.
const away = offline(site, pkg, dev)
for (const file of away) compress(file)

// Only when it differs: the server's build watches it.
const stamp = JSON.stringify([wasm, script, style, fixed, away.map((file) => [file, digest(fs.readFileSync(file))])], null, 2)
const at = 'target/site.stamp'
if (!fs.existsSync(at) || fs.readFileSync(at, 'utf8') !== stamp) fs.writeFileSync(at, stamp)
