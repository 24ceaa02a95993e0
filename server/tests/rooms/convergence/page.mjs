// Browsers' pages: Yjs documents with what the editor puts around them. Reads one JSON question a line, answers one a line; frames are base64.
import { readSync, writeSync } from 'node:fs'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

const SYNC = 0, AWARENESS = 1, QUERY = 3
const REMOTE = 'remote', UNTRACKED = 'untracked'

const frame = (kind, write) => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, kind)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

// What cannot be applied must not go unnoticed.
const fail = error => { throw error }

class Page {
  out = []

  constructor(client) {
    this.doc = new Y.Doc()
    this.doc.clientID = client
    this.text = this.doc.getText('content')
    this.awareness = new Awareness(this.doc)
    clearInterval(this.awareness._checkInterval)
    // Each edit by itself, whatever the time between them.
    this.history = new Y.UndoManager(this.text, { captureTimeout: 0 })
    this.doc.on('update', (update, origin) => {
      if (origin !== REMOTE) this.out.push(frame(SYNC, encoder => writeUpdate(encoder, update)))
    })
    this.awareness.on('update', (_, origin) => {
      if (origin !== REMOTE) this.tellCaret()
    })
  }

  tellCaret() {
    this.out.push(frame(AWARENESS, encoder =>
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, [this.doc.clientID]))))
  }

  begin() {
    this.out.push(frame(SYNC, encoder => writeSyncStep1(encoder, this.doc)))
    this.tellCaret()
  }

  hear({ frames }) {
    for (const bytes of frames) {
      const decoder = decoding.createDecoder(Buffer.from(bytes, 'base64'))
      const kind = decoding.readVarUint(decoder)
      if (kind === SYNC) {
        const answer = frame(SYNC, encoder => readSyncMessage(decoder, encoder, this.doc, REMOTE, fail))
        if (answer.length > 1) this.out.push(answer)
      } else if (kind === AWARENESS) {
        applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), REMOTE)
      } else if (kind === QUERY) {
        this.tellCaret()
      }
    }
  }

  /** By hand, to be taken back or not. */
  write(tracked, edit) {
    this.doc.transact(edit, tracked ? null : UNTRACKED)
  }

  insert({ at, text, tracked }) {
    const places = [0]
    for (const found of this.text.toString().matchAll(/>/g)) places.push(found.index + 1)
    this.write(tracked, () => this.text.insert(places[at % places.length], text))
  }

  remove({ text, tracked }) {
    const at = this.text.toString().indexOf(text)
    if (at < 0) return false
    this.write(tracked, () => this.text.delete(at, text.length))
  }

  cut({ text, part }) {
    const at = this.text.toString().indexOf(text)
    if (at < 0) return false
    const pair = at + text.indexOf('💡')
    this.write(true, () => {
      if (part === 'between') this.text.insert(pair + 1, '|')
      else this.text.delete(part === 'first' ? pair : pair + 1, 1)
    })
  }

  undo() { return this.history.undo() !== null }

  redo() { return this.history.redo() !== null }

  move() {
    this.awareness.setLocalStateField('cursor', this.out.length)
  }

  look() {
    const { pendingStructs, pendingDs } = this.doc.store
    return {
      text: this.text.toString(),
      clocks: [...Y.decodeStateVector(Y.encodeStateVector(this.doc))].sort((a, b) => a[0] - b[0]),
      pending: pendingStructs !== null || pendingDs !== null || this.doc.clientID !== this.awareness.clientID,
    }
  }
}

const pages = new Map()

const answer = ({ page: name, do: verb, ...rest }) => {
  if (verb === 'forget') return pages.clear()
  if (verb === 'open') return void pages.set(name, new Page(rest.client))
  const page = pages.get(name)
  const said = page[verb](rest)
  if (verb === 'look') return said
  return { done: said !== false, frames: page.out.splice(0).map(bytes => Buffer.from(bytes).toString('base64')) }
}

// A pipe that is full or empty for the moment is no fault.
const pause = new Int32Array(new SharedArrayBuffer(4))
function patiently(attempt) {
  for (;;) {
    try {
      return attempt()
    } catch (fault) {
      if (fault.code !== 'EAGAIN') throw fault
      Atomics.wait(pause, 0, 0, 1)
    }
  }
}

let rest = ''
const chunk = Buffer.alloc(1 << 16), decoder = new TextDecoder()
for (;;) {
  const count = patiently(() => readSync(0, chunk))
  if (count === 0) break
  rest += decoder.decode(chunk.subarray(0, count), { stream: true })
  const lines = rest.split('\n')
  rest = lines.pop()
  for (const line of lines) {
    let bytes = Buffer.from(JSON.stringify(answer(JSON.parse(line)) ?? null) + '\n')
    while (bytes.length > 0) bytes = bytes.subarray(patiently(() => writeSync(1, bytes)))
  }
}
