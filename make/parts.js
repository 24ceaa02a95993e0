// Loads parts of the Rust half when app/src/routes/parts.rs asks for them. Runs in the browser; make/wasm.mjs fills in which parts there are.
import { initSync } from './app.js'

/** Each part's file, and the names of the modules in it. */
const PARTS = {}

/** In a debug build, by what the splitter marks modules that fit together. */
const FINGERPRINT = {}

/** What has been instantiated, or is about to be, by its name. */
const modules = new Map()

async function load ({ file, modules: names }) {
  const response = await fetch(new URL(file, import.meta.url))
  if (!response.ok) throw new Error(`${file}: ${response.status}`)
  const bytes = await response.arrayBuffer()
  const lengths = new Uint32Array(bytes, 0, names.length)
  let start = lengths.byteLength
  const all = names.map((name, i) => {
    const module = new Uint8Array(bytes, start, lengths[i])
    start += lengths[i]
    return instantiated(name, module)
  })
  await Promise.all(all)
}

/** Once: a second time would put its constants and tables back to what they were at first. */
function instantiated (name, bytes) {
  if (!modules.has(name)) {
    // The exports of the module that is there from the beginning: its memory and the table of functions.
    const instance = WebAssembly.instantiate(bytes, { __wasm_split: { ...initSync(), ...FINGERPRINT } })
    modules.set(name, instance)
    instance.catch(() => modules.delete(name))
  }
  return modules.get(name)
}

const loading = new Map()

/** One attempt at a time; one that failed is made again when it is asked for again. */
function once (part) {
  if (!loading.has(part)) {
    const attempt = load(PARTS[part])
    loading.set(part, attempt)
    attempt.catch(() => loading.delete(part))
  }
  return loading.get(part)
}

/** As the Rust half calls it: the answer goes to a function in the table. */
function callback (part) {
  return async (place, data) => {
    const done = await once(part).then(() => true, (error) => {
      console.error(error)
      return false
    })
    initSync().__indirect_function_table.get(place)(data, done)
  }
}
