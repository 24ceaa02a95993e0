// Gives a proposal's text a long history: `node history.mjs <origin> <proposal> <token> <edits>`. Three pages' edits at random places, then all of it sent
// as one page that was offline would send it. Says "written" once the server has it.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../server/tests/sync/package.json', import.meta.url))
const Y = require('yjs')
const { WebsocketProvider } = require('y-websocket')

const [origin, proposal, token, edits] = process.argv.slice(2)
const doc = new Y.Doc()
const text = doc.getText('content')
const settings = { WebSocketPolyfill: require('ws'), params: { token }, disableBc: true }
const provider = new WebsocketProvider(`${origin.replace(/^http/, 'ws')}/sync`, proposal, doc, settings)
provider.once('sync', () => {
  provider.disconnect()
  const own = doc.clientID
  const writers = [1, 2, 3].map(() => Math.floor(Math.random() * 2 ** 32))
  for (let n = 0; n < Number(edits); n++) {
    doc.clientID = writers[n % 3]
    const at = Math.floor(Math.random() * (text.length - 8))
    if (n % 3 === 0) text.delete(at, 4)
    else text.insert(at, 'word ')
  }
  doc.clientID = own
  provider.connect()
  provider.once('sync', async () => {
    // Somebody who comes now gets what the server has.
    for (;;) {
      const copy = new Y.Doc()
      const other = new WebsocketProvider(`${origin.replace(/^http/, 'ws')}/sync`, proposal, copy, settings)
      await new Promise((resolve) => other.once('sync', resolve))
      const same = copy.getText('content').toString() === text.toString()
      other.destroy()
      if (same) break
    }
    let items = 0
    doc.store.clients.forEach((structs) => { items += structs.length })
    console.log(`written ${items}`)
    provider.destroy()
    process.exit(0)
  })
})
