// A stock Yjs client that writes into one proposal until it is ended: `node writer.mjs <origin> <proposal> <token> <times a second> <characters>`.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../server/tests/sync/package.json', import.meta.url))
const Y = require('yjs')
const { WebsocketProvider } = require('y-websocket')

const [origin, proposal, token, rate, size] = process.argv.slice(2)
const doc = new Y.Doc()
const text = doc.getText('content')
const provider = new WebsocketProvider(`${origin.replace(/^http/, 'ws')}/sync`, proposal, doc, { WebSocketPolyfill: require('ws'), params: { token }, disableBc: true })
provider.once('sync', () => {
  console.log('writing')
  setInterval(() => text.insert(Math.floor(Math.random() * text.length), 'word '.repeat(Number(size) / 5)), 1000 / Number(rate))
})
