// Makes empty documents on a running Quorum and prints the address of each one's socket: PORT, DATA (the folder of serve.sh), ROOMS.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const { PORT, DATA, ROOMS, BENCH_DATABASE_URL, QUORUM } = process.env
const database = new URL(BENCH_DATABASE_URL)
database.pathname = `/${fs.readFileSync(path.join(DATA, 'database'), 'utf8').trim()}`
const env = { ...process.env, DATABASE_URL: database.href }
const quorum = (...args) => execFileSync(QUORUM, args, { env, encoding: 'utf8' }).trim()
const password = path.join(DATA, 'password')
fs.writeFileSync(password, 'four unrelated words here\n')
quorum('account', 'create', '--email', 'ada@example.org', '--name', 'Ada', '--password-file', password)
quorum('team', 'create', '--slug', 'bench', '--name', 'Bench', '--admin', 'ada@example.org')
const token = quorum('token', 'create', '--account', 'ada@example.org', '--team', 'bench', '--scope', 'write')
for (let n = 0; n < Number(ROOMS); n++) {
  const answer = await fetch(`http://127.0.0.1:${PORT}/api/v1/teams/bench/designs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: `Room ${n}`, markdown: '' }),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  console.log(`/sync/${(await answer.json()).proposal.id}?token=${token}`)
}
