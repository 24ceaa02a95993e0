// Three stock providers type into one document at the same time while their connections break; prints the text that they agree on, as JSON.
// node typing.mjs ws://host:port/sync <proposal>
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const [url, room] = process.argv.slice(2)
const WORDS = ['ledger ', '💡', 'first\n', 'é', '👩‍👩‍👧', 'x']
let seed = 7
const random = below => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below }
const until = async (what, holds) => {
  for (const start = Date.now(); !holds();) {
    if (Date.now() - start > 90000) throw new Error('waited too long for ' + what)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

const people = ['Ada', 'Ben', 'Ada'].map(who => {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(url, room, doc, { WebSocketPolyfill: WebSocket, params: { who }, disableBc: true, maxBackoffTime: 100 })
  provider.awareness.setLocalStateField('cursor', who)
  return { doc, provider, text: doc.getText('content') }
})
await until('the first sync', () => people.every(one => one.provider.synced))

for (let step = 0; step < 600; step++) {
  const { text, provider } = people[random(people.length)]
  const at = random(text.length + 1)
  if (text.length > 40 && random(3) === 0) text.delete(Math.min(at, text.length - 3), 3)
  else text.insert(at, WORDS[random(WORDS.length)])
  if (step % 50 === 25) provider.ws?.terminate() // what is typed until it is back was typed offline
  if (step % 10 === 0) await new Promise(resolve => setTimeout(resolve, 1))
}

await until('the last connection', () => people.every(one => one.provider.synced))
// A provider that was away shows people again when they move, not before: it remembers their old clocks.
people.forEach(one => one.provider.awareness.setLocalStateField('cursor', 'at the end'))
await until('presence of all', () => people.every(one => one.provider.awareness.getStates().size === people.length))
const name = [...people[0].provider.awareness.getStates().values()].map(state => state.user?.name).filter(Boolean).sort().join()
if (!name.includes('Ben')) throw new Error('presence without names: ' + name)
await until('one text', () => people.every(one => one.provider.synced && one.text.toString() === people[0].text.toString()))
// A late reader agrees too, so the server holds what the writers hold.
const late = new Y.Doc()
const reader = new WebsocketProvider(url, room, late, { WebSocketPolyfill: WebSocket, params: { who: 'Dot' }, disableBc: true })
await until('a late reader', () => reader.synced && late.getText('content').toString() === people[0].text.toString())
if (people.some(one => one.doc.store.pendingStructs || one.doc.store.pendingDs)) throw new Error('something is pending')

process.stdout.write(JSON.stringify(people[0].text.toString()))
for (const one of [...people.map(one => one.provider), reader]) one.destroy()
process.exit(0)
