// From an edit to its acknowledgement "on disk": `run.sh ack [--rooms 100] [--rate 500] [--sec 10] [--reps 3]`, through the load generator's own client.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const lib = path.join(process.cwd(), 'lib')
const { peers, Server } = await import(path.join(lib, 'server.js'))
const { RawClient, openMany, sleep } = await import(path.join(lib, 'client.js'))
const { baseDoc, Typist, pct } = await import(path.join(lib, 'docs.js'))

const given = process.argv.slice(2)
const option = (name, usual) => (given.includes(`--${name}`) ? Number(given[given.indexOf(`--${name}`) + 1]) : usual)
const [rooms, rate, seconds] = [option('rooms', 100), option('rate', 500), option('sec', 10)]
const COMMITTED = 100

/** Numbers its frames as the server does and notes how long each took to be acknowledged. */
class Writer extends RawClient {
  sent = new Map()
  took = []
  count = 0

  handle(buffer, at, end) {
    if (buffer[at] === 0 && buffer[at + 1] === 0) this.count++ // the answer to the server's question is a frame too
    if (buffer[at] !== COMMITTED) return super.handle(buffer, at, end)
    let upto = 0
    for (let place = 1, next = at + 1; ; place *= 128, next++) {
      upto += (buffer[next] & 127) * place
      if (buffer[next] < 128) break
    }
    for (const [frame, when] of this.sent) {
      if (frame > upto) break
      this.took.push(performance.now() - when)
      this.sent.delete(frame)
    }
  }

  edit(update) {
    this.sent.set(++this.count, performance.now())
    this.sendUpdate(update)
  }
}

async function once() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ack-'))
  const server = await new Server(peers.quorum, folder).start()
  const asking = { ...peers.quorum, path: (room) => `${peers.quorum.path(room)}&acks=1` }
  const base = baseDoc('empty')
  const writers = await openMany(rooms, (n) => new Writer(asking, server.port, `room${n}`))
  const typists = writers.map((_, n) => new Typist(1000 + n, base, 0))
  const start = performance.now()
  for (let edit = 0; edit < rate * seconds; ) {
    for (const due = Math.floor(((performance.now() - start) * rate) / 1000); edit < due; edit++) writers[edit % rooms].edit(typists[edit % rooms].next())
    await sleep(1)
  }
  while (writers.some((writer) => writer.sent.size > 0)) await sleep(20)
  const took = Float64Array.from(writers.flatMap((writer) => writer.took)).sort()
  const figure = (share) => Math.round(pct(took, share) * 100) / 100
  console.error('quorum ack', JSON.stringify({ rooms, rate, acknowledged: took.length, p50: figure(0.5), p95: figure(0.95), p99: figure(0.99) }))
  for (const writer of writers) writer.close()
  await server.stop('SIGKILL')
  fs.rmSync(folder, { recursive: true })
}

for (let nth = 0; nth < option('reps', 1); nth++) await once()
process.exit(0)
