// Random histories of one text: several people with real Yjs, the version that the editor ships, write at the same time and hear of each other late.
import { createRequire } from 'node:module'

export const Y = createRequire(new URL('../../../app/editor/package.json', import.meta.url))('yjs')

const WORDS = ['a', 'ledger ', '\n', 'é', '💡', '👩‍👩‍👧', '💡x💡', '𝒳', '# ']

/** Numbers that a seed decides: `random(n)` is a whole number below n. */
export function randomOf(seed) {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** The same things in a random order. */
export function shuffled(things, random) {
  const left = [...things]
  return things.map(() => left.splice(random(left.length), 1)[0])
}

/** Somebody who writes: their document, and what of the others' updates has not come to them. */
function person(by, client, random, sent) {
  const doc = new Y.Doc({ gc: random(4) > 0 })
  doc.clientID = client
  const text = doc.getText('content')
  // 0: what can be undone does not depend on the clock.
  const undo = new Y.UndoManager(text, { captureTimeout: 0 })
  doc.on('update', (update, _origin, _doc, transaction) => {
    if (transaction.local) sent.push({ by, update })
  })
  return { by, doc, text, undo, heard: new Set() }
}

/** Writes or deletes somewhere; places and lengths are UTF-16 units, so that pairs are cut, too. */
function edit({ text }, random) {
  if (text.length > 0 && random(5) < 2) {
    const at = random(text.length)
    text.delete(at, 1 + random(Math.min(6, text.length - at)))
  } else {
    text.insert(random(text.length + 1), WORDS[random(WORDS.length)])
  }
}

/** Types a few characters, one after the other. */
function type({ text }, random) {
  const at = random(text.length + 1)
  for (let typed = 0; typed < 5; typed++) text.insert(at + typed, String.fromCharCode(97 + random(26)))
}

/** Hears of some of what others have sent, in any order, some of it once more. */
function hear(one, random, sent) {
  const all = sent.map((_, n) => n).filter(n => sent[n].by !== one.by)
  for (const n of shuffled(all, random)) {
    if (random(3) === 0 || (one.heard.has(n) && random(8) === 0)) {
      Y.applyUpdate(one.doc, sent[n].update)
      one.heard.add(n)
    }
  }
}

/** One step of a history. */
function step(people, random, sent) {
  const one = people[random(people.length)]
  const what = random(20)
  if (what < 10) edit(one, random)
  else if (what < 11) type(one, random)
  else if (what < 12) one.doc.transact(() => { edit(one, random); edit(one, random) })
  else if (what < 14) one.undo.undo()
  else if (what < 15) one.undo.redo()
  else if (what < 19) hear(one, random, sent)
  else Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(people[random(people.length)].doc, Y.encodeStateVector(one.doc)))
}

/** What goes to the server: all that was sent, some of it joined, some of it again, some whole documents, in an order of its own. */
function delivery(people, random, sent) {
  const frames = [...sent]
  for (let joined = random(4); joined > 0; joined--) {
    const some = sent.filter(() => random(3) === 0)
    if (some.length > 0) frames.push({ by: some[0].by, update: Y.mergeUpdates(some.map(({ update }) => update)) })
  }
  for (const { by, doc } of people) if (random(4) === 0) frames.push({ by, update: Y.encodeStateAsUpdate(doc) })
  frames.push(...frames.filter(() => random(5) === 0))
  // Mostly in order, or in none at all.
  const reach = random(2) ? frames.length : 5
  for (let n = 0; n < frames.length; n++) {
    const other = Math.min(frames.length - 1, n + random(reach))
    ;[frames[n], frames[other]] = [frames[other], frames[n]]
  }
  return frames
}

/** The history of a seed: its people, the frames as they come to the server, and a document with all of it. */
export function history(seed) {
  const random = randomOf(seed)
  const sent = []
  const clients = new Set()
  while (clients.size < 2 + seed % 3) clients.add(random(2) ? 1 + random(200) : random(2 ** 32))
  const people = [...clients].map((client, by) => person(by, client, random, sent))
  for (let steps = 5 + random(40); steps > 0; steps--) step(people, random, sent)
  const whole = new Y.Doc()
  for (const { update } of sent) Y.applyUpdate(whole, update)
  return { people, frames: delivery(people, random, sent), whole }
}
