// Where the fuzz targets begin, a folder each: real histories, presence as Yjs clients tell it, Markdown. node seeds.mjs <folder>
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { history, Y } from '../server/tests/sync/histories.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** Inputs longer than this are cut off by libFuzzer, too: short ones are tried more often. */
const LONGEST = 4096

/** A number as lib0 writes it. */
const number = n => (n < 128 ? [n] : [(n % 128) + 128, ...number(Math.floor(n / 128))])
/** Bytes with their length before them. */
const sized = bytes => [...number(bytes.length), ...bytes]
const utf8 = text => [...new TextEncoder().encode(text)]

/** Writes one input. */
function seed(target, name, bytes) {
  const folder = join(process.argv[2], target)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `seed-${name}`), new Uint8Array(bytes).subarray(0, LONGEST))
}

/** A frame of a client's websocket. */
const masked = (kind, body, last = true) => {
  const mask = [7, 0, 255, 1]
  const length = body.length < 126 ? [128 + body.length] : [254, body.length >> 8, body.length & 255]
  return [kind + (last ? 128 : 0), ...length, ...mask, ...body.map((byte, n) => byte ^ mask[n % 4])]
}

for (let n = 0; n < 60; n++) {
  const { frames, people, whole } = history(n)
  const updates = frames.map(({ update }) => [...update])
  const [first, ...more] = updates.map(update => [0, 2, ...sized(update)]).slice(0, 5)
  const half = first.length >> 1
  seed('sockets', n, [200, ...masked(2, first.slice(0, half), false), ...masked(9, [1]), ...masked(0, first.slice(half)), ...more.flatMap(body => masked(2, body))])
  seed('updates', n, updates.flatMap(sized))
  seed('frames', `step1-${n}`, [0, 0, ...sized([...Y.encodeStateVector(people[0].doc)])])
  seed('frames', `step2-${n}`, [0, 1, ...sized([...Y.encodeStateAsUpdate(whole)])])
  seed('frames', `update-${n}`, [0, 2, ...sized(updates[0])])
}

/** An awareness message. */
const states = all => {
  const each = all.map(([client, clock, state]) => [...number(client), ...number(clock), ...sized(utf8(JSON.stringify(state)))])
  return [...number(all.length), ...each.flat()]
}
const caret = {
  user: { name: 'Eve', account: '018f0000-0000-7000-8000-000000000033' },
  cursor: { anchor: { type: null, tname: 'content', item: { client: 5, clock: 2 }, assoc: 0 } },
}
seed('frames', 'awareness', [1, ...sized(states([[5, 1, caret]]))])
seed('frames', 'query', [3])
seed('sockets', 'goodbye', [9, ...masked(2, [3]), ...masked(10, []), ...masked(8, [3, 232, 98, 121, 101]), ...masked(2, [3])])
seed('sockets', 'large', [0, 130, 255, 0, 0, 0, 0, 0, 1, 134, 160, 7, 0, 255, 1, 1])
const said = [
  [[5, 1, caret]],
  [[5, 2, caret], [6, 1, {}]],
  [[5, 3, null]],
  [[4294967295, 7, { user: 1, deep: [[[[]]]] }]],
  [[6, 4294967295, null]],
  [],
]
for (const [n, all] of said.entries()) seed('presence', n, [0x80, 0x81, 0x40, 0x80].flatMap(what => [what, ...sized(states(all))]).concat(0, 0))

const MARKDOWN = [
  '---\ntitle: A ledger\n---\n# One\ntext',
  '# Über 🦀\n\ntext **bold *and* `code`**\n\n## Two\n- a\n  1. b\n- [x] c',
  '| a | b |\n|---|:-:|\n| 1 | `x|y` |',
  '> quoted\n> > twice\n\n```rust\nfn main() {}\n```\n~~~\n',
  '<b>raw</b> <script>alert(1)</script> <kbd>K</kbd> <!-- c --> &amp; &#0; &nbsp;',
  '[a](javascript:alert(1)) ![i](x.png "t") <https://example.org> www.example.org',
  'a[^1]\n\n[^1]: note\n\n[ref]: https://example.org "x"\n[ref]',
  'Title\n===\nOther\n---\n***\n\\*escaped\\* ~~gone~~ a\\\nb  \nc',
  '<details open><summary>More</summary>\n\n*inside*\n\n</details>',
  'one two three\0one 2 three\n\n- four\0',
]
for (const [n, text] of MARKDOWN.entries()) seed('markdown', n, utf8(`${text}\0${MARKDOWN[(n + 1) % MARKDOWN.length]}`))
const designs = join(root, '../shared/data/designs')
let names = []
try { names = readdirSync(designs).filter(name => name.endsWith('.md')) } catch { /* A checkout without them begins with the rest. */ }
for (const name of names) {
  const parts = readFileSync(join(designs, name), 'utf8').split(/\n(?=#)/)
  for (let n = 0; n < parts.length; n += 10) {
    seed('markdown', `${name}-${n}`, utf8(`${parts[n].slice(0, 1000)}\0${(parts[n + 1] ?? '').slice(0, 1000)}`))
  }
}
