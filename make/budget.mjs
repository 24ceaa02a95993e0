// What the proposal page loads before the first edit, compressed, against its budget.
import fs from 'node:fs'
import path from 'node:path'

const pkg = 'target/site/pkg'
const named = (pattern) => fs.readdirSync(pkg).find((file) => pattern.test(file))
const manifest = { wasm: named(/^app\..*\.js$/).replace(/\.js$/, ''), frame: named(/^frame-.*\.js$/), style: named(/^style-.*\.css$/) }
const size = (file) => fs.statSync(path.join(pkg, `${file}.br`)).size

/** A script and all that it imports statically, or dynamically by the names given. */
function closure (entry, lazy, seen = new Set()) {
  if (seen.has(entry)) return seen
  seen.add(entry)
  const text = fs.readFileSync(path.join(pkg, entry), 'utf8')
  for (const [, file] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) closure(file, lazy, seen)
  for (const [, file] of text.matchAll(/import\(\s*["']\.\/([^"']+\.js)["']\s*\)/g)) if (lazy.test(file)) closure(file, lazy, seen)
  return seen
}

const scripts = [`${manifest.wasm}.js`, named(/^parts\..*\.js$/), ...closure(manifest.frame, /^editor-/)]
const sum = (names) => names.reduce((total, file) => total + size(file), 0)
const rows = [
  ['wasm', sum([`${manifest.wasm}_bg.wasm`, named(/^parts\..*\.proposal\.bin$/)]), 350],
  ['script', sum(scripts), 250],
  ['style', size(manifest.style), 40],
]
let over = false
for (const [name, bytes, limit] of rows) {
  const kilobytes = bytes / 1000
  over ||= kilobytes > limit
  console.log(`${name.padEnd(7)} ${kilobytes.toFixed(0).padStart(4)} KB of ${limit} KB (brotli)`)
}
if (over) {
  console.error('Over budget: see what the last change added, or load it lazily.')
  process.exit(1)
}
