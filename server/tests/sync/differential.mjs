// Real Yjs for differential.rs, line by line: a history when it gives a seed, a person's answer when it asks for what it lacks, and a judgement of
// what it made of it. Bytes are base64. node differential.mjs
import { createInterface } from 'node:readline'
import { history, Y } from './histories.mjs'

const base64 = bytes => Buffer.from(bytes).toString('base64')
const bytes = text => new Uint8Array(Buffer.from(text, 'base64'))

/** The history at hand. */
let people = []

/** What is wrong with a document that should read `text`; nothing: an empty list. */
function faults(name, doc, text) {
  const found = []
  if (doc.getText('content').toString() !== text) found.push(`${name} reads ${JSON.stringify(doc.getText('content').toString())}`)
  if (doc.store.pendingStructs !== null) found.push(`${name} waits for structs`)
  if (doc.store.pendingDs !== null) found.push(`${name} waits to delete`)
  return found
}

/** A document of some updates. */
function documentOf(updates) {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, bytes(update))
  return doc
}

const answers = {
  /** Begins a history. */
  make(seed) {
    const { people: those, frames, whole } = history(seed)
    people = those
    return {
      frames: frames.map(({ by, update }) => ({ by, update: base64(update) })),
      text: whole.getText('content').toString(),
      clocks: base64(Y.encodeStateVector(whole)),
      pending: faults('Yjs itself', whole, whole.getText('content').toString()),
      have: people.map(({ doc }) => base64(Y.encodeStateVector(doc))),
    }
  },
  /** The answer to a sync step 1. */
  ask({ by, have }) {
    return base64(Y.encodeStateAsUpdate(people[by].doc, bytes(have)))
  },
  /** Reads what the server has: whole documents, frames in the order in which it showed them, what each person lacks. */
  judge({ text, wholes, frames, lacks }) {
    return [
      ...wholes.flatMap((whole, n) => faults(`state ${n}`, documentOf([whole]), text)),
      ...faults('who saw every frame', documentOf(frames), text),
      ...lacks.flatMap((lack, by) => {
        Y.applyUpdate(people[by].doc, bytes(lack))
        return faults(`person ${by}`, people[by].doc, text)
      }),
    ]
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const [[what, about]] = Object.entries(JSON.parse(line))
  process.stdout.write(`${JSON.stringify(answers[what](about))}\n`)
}
