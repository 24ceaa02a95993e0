// `make dev`: serves a debug build, and builds and restarts it when a source changes. Open pages reload when the server is back.
import { spawn, spawnSync, execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
const port = process.env.PORT || '3000'
spawnSync('bash', ['make/tools.sh'], { stdio: 'inherit' })
const own = !process.env.DATABASE_URL
const url = process.env.DATABASE_URL ?? execFileSync('bash', ['make/database.sh', 'start', 'postgres'], { encoding: 'utf8' }).trim()
console.error(`· DATABASE_URL=${url}`)
const env = { ...process.env, DATABASE_URL: url, QUORUM_LISTEN: `127.0.0.1:${port}`, QUORUM_DEV: 'true' }

let server
let building = false
let again = false

/** The site and the server; answers whether both built. */
const build = () => spawnSync('node', ['make/site.mjs', '--dev'], { stdio: 'inherit' }).status === 0 &&
  spawnSync('cargo', ['build', '-p', 'server'], { stdio: 'inherit', env }).status === 0

async function stop () {
  if (!server || server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

async function rebuild () {
  if (building) { again = true; return }
  building = true
  do {
    again = false
    if (build()) {
      await stop()
      server = spawn('target/debug/quorum', ['serve'], { stdio: 'inherit', env })
    }
  } while (again)
  building = false
}

for (const folder of ['app', 'server', 'migrations', 'style', 'public']) {
  let timer
  fs.watch(folder, { recursive: true }, (_, name) => {
    if (!name || /node_modules|(^|\/)(dist|target)\//.test(name)) return
    // Editors write a file in several steps; one build is enough for all of them.
    clearTimeout(timer)
    timer = setTimeout(rebuild, 100)
  })
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await stop()
    if (own) spawnSync('bash', ['make/database.sh', 'stop', 'postgres'])
    process.exit(0)
  })
}
await rebuild()
