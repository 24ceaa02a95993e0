// The Rust half: compiled, taken apart, bound to JavaScript, made small, and named by its content.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { digest, files, run } from './lib.mjs'

const tools = 'app/editor/node_modules/.bin'

/**
 * Compiles `app` to wasm, and the standard library with it, from rustup's source of it or with Debian's compiler where rustup has none.
 *
 * Built anew it is a tenth smaller: for size, and without the words of panics. A panic in the browser's half ends in "unreachable" with its place
 * in the stack; its words are seen under `make dev`. The flags are not stable yet, which is what RUSTC_BOOTSTRAP is for.
 */
export function compile (dev) {
  const profile = dev ? 'dev' : 'wasm-release'
  const small = ['-Zunstable-options', '-Cpanic=immediate-abort', '-Zlocation-detail=none', '-Zfmt-debug=none']
  const args = ['rustc', '-p', 'app', '--lib', '--crate-type', 'cdylib', '--features', 'hydrate', '--target', 'wasm32-unknown-unknown',
    '--profile', profile, '--target-dir', 'target/wasm', '-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size',
    // Added to those of .cargo/config.toml.
    ...(dev ? [] : ['--config', `build.rustflags=${JSON.stringify(small)}`]),
    // The splitter moves functions and constants: it must know all references to them, and constants must not have been joined together.
    '--', '-Clink-arg=--emit-relocs', '-Clink-arg=--no-merge-data-segments']
  const sysroot = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout.trim()
  if (fs.existsSync(`${sysroot}/lib/rustlib/src/rust/library/std`)) run('cargo', args, { RUSTC_BOOTSTRAP: '1' })
  else run('/usr/bin/cargo', args, { RUSTC_BOOTSTRAP: '1', RUSTC: '/usr/bin/rustc', RUSTDOC: '/usr/bin/rustdoc', RUSTUP_TOOLCHAIN: '' })
  return `target/wasm/wasm32-unknown-unknown/${dev ? 'debug' : profile}/app.wasm`
}

/** Writes app.<hash>.js, app.<hash>_bg.wasm, parts.<hash>.js and parts.<hash>.<part>.bin; answers their paths. */
export function pack (wasm, pkg, dev) {
  const out = 'target/wasm/packed'
  fs.rmSync(out, { recursive: true, force: true })
  run('.data/tools/bin/wasm-split-cli', [wasm, out, '--target', 'web', '--out-name', 'app'])
  run('.data/tools/bin/wasm-bindgen', [`${out}/app.wasm`, '--target', 'web', '--no-typescript', '--keep-lld-exports', '--out-dir', out, '--out-name', 'app'])
  fs.rmSync(`${out}/app.wasm`)
  if (fs.existsSync(`${out}/snippets`)) throw new Error('a crate brought JavaScript snippets: give them hashed names here first')
  if (!dev) files(out).filter((file) => file.endsWith('.wasm')).forEach(shrink)

  const splitter = fs.readFileSync(`${out}/__wasm_split.js`, 'utf8')
  const bundles = Object.entries(partsOf(splitter))
    .map(([part, modules]) => ({ part, modules, bytes: bundle(modules.map((name) => fs.readFileSync(`${out}/${name}.wasm`))) }))
  const main = fs.readFileSync(`${out}/app_bg.wasm`)
  const script = fs.readFileSync(`${out}/app.js`, 'utf8')
  const loader = fs.readFileSync('make/parts.js', 'utf8').replace('const FINGERPRINT = {}', `const FINGERPRINT = {${/__wasm_split: \{([^}]*)\}/.exec(splitter)[1]}}`)
  // One hash for all: the parts call each other by their places in one table, so they only ever fit together.
  const hash = digest(script, loader, main, ...bundles.map(({ bytes }) => bytes))

  const made = {
    [`app.${hash}.js`]: minify(script.replaceAll('from "./__wasm_split.js"', `from "./parts.${hash}.js"`).replaceAll('app_bg.wasm', `app.${hash}_bg.wasm`)),
    [`app.${hash}_bg.wasm`]: main,
    [`parts.${hash}.js`]: minify(withParts(loader.replace('./app.js', `./app.${hash}.js`), hash, bundles)),
    ...Object.fromEntries(bundles.map(({ part, bytes }) => [`parts.${hash}.${part}.bin`, bytes])),
  }
  return Object.entries(made).map(([name, content]) => {
    fs.writeFileSync(`${pkg}/${name}`, content)
    return `${pkg}/${name}`
  })
}

/** wasm-opt, in place. */
function shrink (file) {
  // What the compiler's baseline uses and every supported browser knows; with --all-features browsers refuse the module.
  const features = ['bulk-memory', 'bulk-memory-opt', 'mutable-globals', 'multivalue', 'nontrapping-float-to-int', 'reference-types', 'sign-ext']
  run(`${tools}/wasm-opt`, ['-Oz', ...features.map((name) => `--enable-${name}`), file, '-o', file])
}

/** The modules that each part needs, its own last, as the splitter's script says it. */
function partsOf (script) {
  const loads = script.matchAll(/__wasm_split_load_(\w+) = [^]*?"\.\/(\w+)\.wasm"[^]*?\[([\w, ]*)\]\)\);/g)
  const parts = Object.fromEntries([...loads].map(([, part, own, shared]) => [part, [...shared.split(', ').map((name) => name.replace(/^__/, '')), own]]))
  // Its tabs and dialogs: there is never one without the page around it.
  for (const tab of ['read', 'review', 'history']) parts[tab] = parts[tab].filter((name) => !parts.proposal.includes(name))
  return parts
}

/**
 * Modules in one file: how long each is, 32 bits each, then one after the other.
 *
 * Apart they would be an eighth larger, because a compressor learns from what it has seen. What two parts share is in both files; a browser that
 * has it from one takes only the rest of the other.
 */
function bundle (modules) {
  return Buffer.concat([new Uint8Array(Uint32Array.from(modules, (module) => module.length).buffer), ...modules])
}

/** The loader, with what it has to know of these parts. */
function withParts (loader, hash, bundles) {
  const known = Object.fromEntries(bundles.map(({ part, modules }) => [part, { file: `parts.${hash}.${part}.bin`, modules }]))
  const names = bundles.map(({ part }) => `export const __wasm_split_load_${part} = callback('${part}')`)
  return [loader.replace('const PARTS = {}', `const PARTS = ${JSON.stringify(known)}`), ...names].join('\n')
}

function minify (script) {
  return execFileSync(`${tools}/esbuild`, ['--minify', '--format=esm', '--target=es2022', '--log-level=error'], { input: script, encoding: 'utf8' })
}
