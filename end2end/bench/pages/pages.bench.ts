// How fast the proposal's page is with long texts: until one can write, until one can read, from a key to its letter.
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { CDPSession, Page } from '@playwright/test'
import { test, type Person, type Stage } from '../../fixtures/quorum.ts'
import { hydrated } from '../../fixtures/proposal.ts'

const RUNS = Number(process.env['RUNS'] ?? 5)
const KEYS = 60

/** A text with a bit of everything, of so many KB. */
function long (kilobytes: number): string {
  const section = (n: number): string => `## Section ${n}\n\nThe ledger writes every entry **twice** and reads it *once*; see [the reason](https://example.org/${n}), \`code\`, and note[^${n}].\n\n` +
    `- one\n- two\n  - [x] three\n\n> [!NOTE]\n> Nothing is lost.\n\n| a | b |\n|---|---|\n| ${n} | x |\n\n\`\`\`rust\nfn book(amount: u64) -> u64 { amount * ${n} }\n\`\`\`\n\n[^${n}]: Because.\n\n`
  let text = '# Ledger\n\n'
  for (let n = 1; text.length < kilobytes * 1000; n++) text += section(n)
  return text
}

test('from a key to its letter', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const design = await stage.program(ann.email).design('Long', long(1000))
  await ann.page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await ann.page.locator('.cm-content[contenteditable="true"]').waitFor()
  const writers = [await writer(stage, design.proposal.id, 2, 20), await writer(stage, design.proposal.id, 2, 20)]
  for (const place of ['start', 'middle', 'end'] as const) {
    const { dispatched, painted } = await typing(ann.page, place)
    row(`a key, 1 MB, two others write, ${place}: to its letter`, painted)
    row('  of that the editor', dispatched)
  }
  for (const other of writers) other.kill()
})

test('from a key to its letter, in a text with a long history', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const design = await stage.program(ann.email).design('Long', long(1000))
  const [said, child] = await run('history.mjs', stage, design.proposal.id, '100000')
  child.kill()
  await ann.page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await ann.page.locator('.cm-content[contenteditable="true"]').waitFor()
  for (const place of ['start', 'middle', 'end'] as const) {
    const { dispatched, painted } = await typing(ann.page, place)
    row(`a key, 1 MB, ${said.replace('written', '').trim()} items of Yjs, ${place}: to its letter`, painted)
    row('  of that the editor', dispatched)
  }
})

test('from a key to its letter, while a hundred read', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const design = await stage.program(ann.email).design('Long', long(100))
  await ann.page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await ann.page.locator('.cm-content[contenteditable="true"]').waitFor()
  const alone = await typing(ann.page, 'middle')
  const readers = []
  for (let n = 0; n < 5; n++) readers.push((await run('readers.mjs', stage, design.proposal.id, '20'))[1])
  await ann.page.getByRole('list', { name: 'Here now' }).getByRole('listitem').nth(4).waitFor()
  const read = await typing(ann.page, 'middle')
  row('a key, 100 KB, alone: to its letter', alone.painted)
  row('  while a hundred read', read.painted)
  for (const reader of readers) reader.kill()
})

test('what another writes', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const design = await stage.program(ann.email).design('Long', long(1000))
  await ann.page.addInitScript(timeMessages)
  await ann.page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await ann.page.locator('.cm-content[contenteditable="true"]').waitFor()
  const other = await writer(stage, design.proposal.id, 5, 1000)
  await ann.page.waitForFunction(() => (window as unknown as { messages: number[] }).messages.length >= 50)
  other.kill()
  row('1 KB of another, 1 MB, until the editor has it', await ann.page.evaluate(() => (window as unknown as { messages: number[] }).messages))
  const session = await ann.context.newCDPSession(ann.page)
  await session.send('HeapProfiler.collectGarbage')
  row('heap with 1 MB, MB', [await heap(session)], 1)
})

test('until one can write, and read', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  for (const kilobytes of [100, 1000]) {
    const { number } = await program.design(`${kilobytes} KB`, long(kilobytes))
    const at = `/teams/${stage.slug}/designs/${number}/proposals/1`
    for (const slower of [1, 4]) {
      const opened = await several(() => until(stage, ann, `${at}/write`, slower, '.cm-content[contenteditable="true"]'))
      row(`until one can write, ${kilobytes} KB${slower > 1 ? `, processor ${slower} times slower` : ''}`, opened.map(({ time }) => time))
    }
    const read = await several(() => until(stage, ann, `${at}/read`, 1, '.prose > p'))
    row(`until one can read, ${kilobytes} KB`, read.map(({ time }) => time))
    row('  shift of the layout', read.map(({ shift }) => shift), 3)
  }
})

async function several<T> (measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let run = 0; run < RUNS; run++) results.push(await measure())
  return results
}

/** Types letters and times each, in the page, by CodeMirror's own transactions: `dispatch` to its return, and to the end of the next frame. */
async function typing (page: Page, place: 'start' | 'middle' | 'end'): Promise<{ dispatched: number[], painted: number[] }> {
  return await page.evaluate(async ([place, keys]) => {
    interface View { state: { doc: { length: number } }, dispatch: (spec: object) => void, focus: () => void }
    const content = document.querySelector('.cm-content') as unknown as { cmTile: { root: { view: View } } }
    const view = content.cmTile.root.view
    const paint = (): Promise<void> => new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve()
        port2.postMessage(0)
      })
    })
    view.focus()
    const { length } = view.state.doc
    let at = place === 'start' ? 20 : place === 'end' ? length : Math.floor(length / 2)
    view.dispatch({ selection: { anchor: at }, scrollIntoView: true })
    // The parser catches up with the place first, as it does for whoever begins to write there.
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const [dispatched, painted]: [number[], number[]] = [[], []]
    for (let key = 0; key < keys; key++) {
      const begin = performance.now()
      view.dispatch({ changes: { from: at, insert: 'x' }, selection: { anchor: at + 1 }, userEvent: 'input.type', scrollIntoView: true })
      dispatched.push(performance.now() - begin)
      await paint()
      painted.push(performance.now() - begin)
      at += 1
      await new Promise((resolve) => setTimeout(resolve, 70))
    }
    return { dispatched, painted }
  }, [place, KEYS] as const)
}

/** Opens a page anew in a browser that has nothing of it, and waits until something is there and painted. */
async function until (stage: Stage, person: Person, address: string, slower: number, selector: string): Promise<{ time: number, shift: number }> {
  const { page, context } = await stage.visit()
  await context.addCookies(await person.context.cookies())
  if (slower > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.addInitScript((selector) => {
    const found = window as unknown as { found?: number, shift: number }
    found.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) found.shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
    const look = (): void => {
      if (document.querySelector(selector) === null) {
        requestAnimationFrame(look)
        return
      }
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => { found.found = performance.now() }
      requestAnimationFrame(() => port2.postMessage(0))
    }
    look()
  }, selector)
  await page.goto(address)
  await hydrated(page)
  await page.waitForFunction(() => (window as unknown as { found?: number }).found !== undefined)
  const { found, shift } = await page.evaluate(() => {
    const { found, shift } = window as unknown as { found: number, shift: number }
    return { found, shift }
  })
  await context.close()
  return { time: found, shift }
}

/** Times what the page does with each larger message of a socket. Runs in the page, before anything of it. */
function timeMessages (): void {
  const messages: number[] = []
  Object.assign(window, { messages })
  const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage')!
  const timed = (listener: (event: MessageEvent) => void) => function (this: WebSocket, event: MessageEvent) {
    const begin = performance.now()
    listener.call(this, event)
    const { byteLength } = event.data as ArrayBuffer
    if (byteLength > 900 && byteLength < 5_000) messages.push(performance.now() - begin)
  }
  Object.defineProperty(WebSocket.prototype, 'onmessage', { set (listener) { set!.call(this, timed(listener)) } })
  const { addEventListener } = WebSocket.prototype
  WebSocket.prototype.addEventListener = function (this: WebSocket, type: string, listener: never, options?: never) {
    addEventListener.call(this, type, type === 'message' ? timed(listener) as never : listener, options)
  } as never
}

async function writer (stage: Stage, proposal: string, rate: number, size: number): Promise<ChildProcess> {
  return (await run('writer.mjs', stage, proposal, String(rate), String(size)))[1]
}

/** Runs a program beside this file, as somebody of their own, until it says that it is there; answers what it said. */
async function run (program: string, stage: Stage, proposal: string, ...settings: string[]): Promise<[string, ChildProcess]> {
  const { token, url } = stage.program(stage.join(`Program ${Math.random().toString(36).slice(2)}`))
  const child = spawn(process.execPath, [path.join(import.meta.dirname, program), url, proposal, token, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = await new Promise<Buffer>((resolve, reject) => {
    child.stdout!.once('data', resolve)
    child.once('exit', () => reject(new Error(`${program} ended before it said anything`)))
  })
  return [said.toString(), child]
}

async function heap (session: CDPSession): Promise<number> {
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value / 1e6
}

function row (what: string, values: number[], digits = 1): void {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): string => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(digits).padStart(8)
  console.log(`${what.padEnd(58)} median ${at(0.5)}   p95 ${at(0.95)}   (${values.length})`)
}
