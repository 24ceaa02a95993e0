// People who read along: `node readers.mjs <origin> <proposal> <token> <how many>`. Sockets that ask for the text, show a caret and take what comes; what a
// page would do with it is not done, because they share the processor with the page that is measured.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../server/tests/sync/package.json', import.meta.url))
const { WebSocket } = require('ws')

const [origin, proposal, token, count] = process.argv.slice(2)

/** "I have nothing": the first step of y-protocols' handshake with an empty state vector. */
const QUESTION = Buffer.from([0, 0, 1, 0])

/** One awareness state, its name and colour left to the server. */
function presence (client) {
  const state = Buffer.from('{}')
  const states = Buffer.from([1, ...varint(client), 1, state.length, ...state])
  return Buffer.from([1, ...varint(states.length), ...states])
}

function varint (number) {
  const bytes = []
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push(rest % 128 + 128)
  }
}

let open = 0
for (let n = 0; n < Number(count); n++) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/sync/${proposal}?token=${token}`)
  socket.on('open', () => {
    socket.send(QUESTION)
    socket.send(presence(Math.floor(Math.random() * 2 ** 31)))
    if (++open === Number(count)) console.log('reading')
  })
  socket.on('close', (code) => { throw new Error(`closed with ${code}`) })
}
