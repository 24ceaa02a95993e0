// What the server's memory holds with many proposals open: `node --experimental-websocket end2end/bench/memory.mjs`, part of `make bench`.
//
// Starts the release binary over a database of its own beside DATABASE_URL, imports the proposals through REST, opens each with a Yjs client's
// first message, waits until all have got their text, and reads the resident memory from /proc. Linux only.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const PROPOSALS = 100
const BYTES = 50_000

const binary = path.resolve(import.meta.dirname, '../../target/release/quorum')
const base = new URL(process.env.DATABASE_URL ?? (() => { throw new Error('DATABASE_URL must name a PostgreSQL where databases can be created: run `make bench`') })())
const name = `bench_memory_${randomBytes(4).toString('hex')}`
const psql = (sql) => execFileSync('psql', ['-X', '-q', base.href, '-c', sql])
psql(`create database ${name}`)
const database = new URL(base)
database.pathname = `/${name}`
const port = 20_000 + Math.floor(Math.random() * 10_000)
const env = { ...process.env, DATABASE_URL: database.href, QUORUM_LISTEN: `127.0.0.1:${port}`, QUORUM_SOCKETS_PER_ACCOUNT: String(PROPOSALS), QUORUM_LOG: 'warn' }
const quorum = (...args) => execFileSync(binary, args, { env, encoding: 'utf8' }).trim()

const password = path.join(os.tmpdir(), name)
fs.writeFileSync(password, 'four unrelated words here\n')
quorum('account', 'create', '--email', 'ada@example.org', '--name', 'Ada', '--password-file', password)
fs.rmSync(password)
quorum('team', 'create', '--slug', 'bench', '--name', 'Bench', '--admin', 'ada@example.org')
const token = quorum('token', 'create', '--account', 'ada@example.org', '--team', 'bench', '--scope', 'write')

const server = spawn(binary, ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
try {
  while (!await fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.ok, () => false)) await new Promise((resolve) => setTimeout(resolve, 50))
  report('started')
  const ids = []
  for (let i = 0; i < PROPOSALS; i++) ids.push(await imported(i))
  report(`${PROPOSALS} proposals of ${BYTES / 1000} KB imported`)
  await Promise.all(ids.map(open))
  report(`${PROPOSALS} proposals open, one client each`)
} finally {
  server.kill('SIGKILL')
  psql(`drop database ${name} with (force)`)
}
process.exit(0)

/** Imports one; answers its proposal's id. */
async function imported (i) {
  const paragraph = (n) => `## Section ${n}\n\nThe ledger of service ${i} writes every entry **twice** and reads it once; see [the reason](https://example.org/${n}).\n\n- one\n- two\n\n`
  let markdown = `# Service ${i}\n\n`
  for (let n = 0; markdown.length < BYTES; n++) markdown += paragraph(n)
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/teams/bench/designs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: `Service ${i}`, markdown: markdown.slice(0, BYTES) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()).proposal.id
}

/** Opens one and keeps it open; done when a message as large as its text has come. */
function open (id) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${id}?token=${token}`)
    socket.binaryType = 'arraybuffer'
    // Yjs' sync protocol: "this is what I have", and it is nothing.
    socket.onopen = () => socket.send(new Uint8Array([0, 0, 1, 0]))
    socket.onmessage = ({ data }) => { if (data.byteLength >= BYTES) resolve(socket) }
    socket.onclose = ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`))
  })
}

function report (when) {
  const status = fs.readFileSync(`/proc/${server.pid}/status`, 'utf8')
  const megabytes = (key) => (Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)[1]) / 1000).toFixed(0)
  console.log(`${when.padEnd(44)} ${megabytes('VmRSS').padStart(4)} MB resident, ${megabytes('VmHWM').padStart(4)} MB at most`)
}
