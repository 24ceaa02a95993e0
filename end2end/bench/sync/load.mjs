// What our own scenarios share: the load generator's parts, a Quorum under them, and people whose edits are acknowledged.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const lib = path.join(process.cwd(), 'lib')
const { peers, Server } = await import(path.join(lib, 'server.js'))
const { baseDoc, Typist, pct } = await import(path.join(lib, 'docs.js'))
const { openMany, RawClient, sleep } = await import(path.join(lib, 'client.js'))
const { frame } = await import(path.join(lib, 'wire.js'))
export { frame, RawClient, sleep }

const COMMITTED = 100

/** A number from the command line. */
export const option = (name, usual) => (process.argv.includes(`--${name}`) ? Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) : usual)

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

/** Does some work with a Quorum of its own. */
export async function served(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quorum-'))
  const server = await new Server(peers.quorum, folder).start()
  await work({ ...peers.quorum, port: server.port, path: (room) => `${peers.quorum.path(room)}&acks=1` })
  await server.stop('SIGKILL')
  fs.rmSync(folder, { recursive: true })
}

/** So many people, each in the room that `room` says, with something to write. */
export async function people(quorum, count, room) {
  const writers = await openMany(count, (nth) => new Writer(quorum, quorum.port, room(nth)))
  return writers.map((writer, nth) => ({ writer, typist: new Typist(1000 + nth, baseDoc('empty'), 0) }))
}

/** Has people write so many edits a second in all; answers how many ms it took until they were told that an edit is on disk. */
export async function write(crew, rate, seconds) {
  const start = performance.now()
  for (const { writer } of crew) writer.took = []
  for (let edit = 0; edit < rate * seconds; ) {
    for (const due = Math.floor(((performance.now() - start) * rate) / 1000); edit < due; edit++) {
      const { writer, typist } = crew[edit % crew.length]
      writer.edit(typist.next())
    }
    await sleep(1)
  }
  while (crew.some(({ writer }) => writer.sent.size > 0)) {
    if (crew.some(({ writer }) => writer.closed)) throw new Error('a connection was closed')
    await sleep(20)
  }
  const took = Float64Array.from(crew.flatMap(({ writer }) => writer.took)).sort()
  const figure = (share) => Math.round(pct(took, share) * 100) / 100
  return { acknowledged: took.length, p50: figure(0.5), p95: figure(0.95), p99: figure(0.99) }
}
