// What malformed frames cost honest people: `run.sh hostile [--rate 100] [--frames 1000] [--sec 20] [--reps 1]`. Twenty people write in four texts, first in
// quiet, then while others, who may write there too, send so many malformed frames a second from a process of their own. Prints how long acknowledgements took.
import { fork } from 'node:child_process'
import { frame, option, people, RawClient, served, sleep, write } from './load.mjs'

const [WRITERS, TEXTS, ATTACKERS] = [20, 4, 8]
const [TEXT, BINARY] = [1, 2]

/** Each ends its sender: an unknown kind of sync, an update cut off, one without a document, presence that is no JSON, text. */
const SHOTS = [
  [[0, 9, 1, 0], BINARY],
  [[0, 2, 90, 1, 1, 5], BINARY],
  [[0, 2, 5, 1, 1, 5, 0, 0], BINARY],
  [[1, 5, 1, 5, 1, 1, 123], BINARY],
  [[104, 105], TEXT],
]

/** Throws until it is told to stop; then tells how often it was sent away. */
async function attack(port, paths, perSecond) {
  let [thrown, sentAway, stop] = [0, 0, false]
  const start = performance.now()
  process.once('message', () => (stop = true))
  const one = async (nth) => {
    while (!stop) {
      await new Promise((gone) => {
        const socket = new RawClient({ proto: 'y', path: (path) => path }, port, paths[nth % paths.length], { close: gone })
        socket.ready.then(async () => {
          while (!stop && thrown > ((performance.now() - start) * perSecond) / 1000) await sleep(1)
          const [bytes, kind] = SHOTS[thrown++ % SHOTS.length]
          socket.s.write(frame(Buffer.from(bytes), kind))
        }, gone)
      })
      sentAway++
    }
  }
  await Promise.all(Array.from({ length: ATTACKERS }, (_, nth) => one(nth)))
  process.send({ thrown, sentAway })
  process.disconnect()
}

/** Runs something beside an attack; answers both. */
async function beside(quorum, work) {
  const paths = Array.from({ length: TEXTS }, (_, nth) => quorum.path(`room${nth}`))
  const attacker = fork(import.meta.filename, ['attack', quorum.port, JSON.stringify(paths), option('frames', 1000)])
  const told = new Promise((resolve) => attacker.once('message', resolve))
  await sleep(500)
  const figures = await work()
  attacker.send('stop')
  return { figures, attack: await told }
}

async function compare(quorum) {
  const [rate, seconds] = [option('rate', 100), option('sec', 20)]
  const crew = await people(quorum, WRITERS, (nth) => `room${nth % TEXTS}`)
  await write(crew, rate, 1)
  const quiet = await write(crew, rate, seconds)
  const { figures, attack } = await beside(quorum, () => write(crew, rate, seconds))
  console.error('quorum hostile', JSON.stringify({ rate, ...attack, quiet, attacked: figures, p99Ratio: Math.round((figures.p99 / quiet.p99) * 100) / 100 }))
}

if (process.argv[2] === 'attack') {
  await attack(Number(process.argv[3]), JSON.parse(process.argv[4]), Number(process.argv[5]))
} else {
  for (let nth = 0; nth < option('reps', 1); nth++) await served(compare)
  process.exit(0)
}
