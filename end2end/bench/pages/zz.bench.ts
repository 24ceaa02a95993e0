import fs from 'node:fs'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { test, type Stage } from '../../fixtures/quorum.ts'

function long (kilobytes: number): string {
  const section = (n: number): string => `## Section ${n}\n\nThe ledger writes every entry **twice** and reads it *once*; see [the reason](https://example.org/${n}), \`code\`, and note[^${n}].\n\n` +
    `- one\n- two\n  - [x] three\n\n> [!NOTE]\n> Nothing is lost.\n\n| a | b |\n|---|---|\n| ${n} | x |\n\n\`\`\`rust\nfn book(amount: u64) -> u64 { amount * ${n} }\n\`\`\`\n\n[^${n}]: Because.\n\n`
  let text = '# Ledger\n\n'
  for (let n = 1; text.length < kilobytes * 1000; n++) text += section(n)
  return text
}
async function run (program: string, stage: Stage, proposal: string, ...settings: string[]) {
  const { token, url } = stage.program(stage.join(`Program ${Math.random().toString(36).slice(2)}`))
  const child = spawn(process.execPath, [path.join(import.meta.dirname, program), url, proposal, token, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<Buffer>((resolve) => child.stdout!.once('data', resolve))
  return child
}
for (const place of ['start', 'middle', 'end'] as const) {
  for (const others of [0, 2]) {
    test(`${place} ${others}`, async ({ stage, browser }) => {
      const ann = await stage.enter('Ann')
      const design = await stage.program(ann.email).design('Long', long(1000))
      await ann.page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
      await ann.page.locator('.cm-content[contenteditable="true"]').waitFor()
      const writers = []
      for (let n = 0; n < others; n++) writers.push(await run('writer.mjs', stage, design.proposal.id, '2', '20'))
      const session = await ann.context.newCDPSession(ann.page)
      await ann.page.evaluate((place) => {
        const content = document.querySelector('.cm-content') as any
        const view = content.cmTile.root.view
        view.focus()
        const { length } = view.state.doc
        const at = place === 'start' ? 20 : place === 'end' ? length : Math.floor(length / 2)
        view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
        (window as any).at = at
      }, place)
      await ann.page.waitForTimeout(3000)
      const events: any[] = []
      session.on('Tracing.dataCollected', ({ value }: any) => events.push(...value))
      if (process.env['TRACE']) await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-v8.cpu_profiler', 'v8.execute', 'blink', 'cc', 'disabled-by-default-devtools.timeline'] } } as any)
      const result = await ann.page.evaluate(async () => {
        const content = document.querySelector('.cm-content') as any
        const view = content.cmTile.root.view
        let at = (window as any).at
        const paint = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(() => { const raf = performance.now(); const { port1, port2 } = new MessageChannel(); port1.onmessage = () => resolve(raf); port2.postMessage(0) }))
        const rows: number[][] = []
        const tops: number[] = []
        for (let key = 0; key < 60; key++) {
          const begin = performance.now()
          view.dispatch({ changes: { from: at, insert: 'x' }, selection: { anchor: at + 1 }, userEvent: 'input.type', scrollIntoView: true })
          const d = performance.now() - begin
          const raf = await paint()
          rows.push([d, raf - begin, performance.now() - begin])
          tops.push(Math.round(window.scrollY))
          at += 1
          await new Promise((resolve) => setTimeout(resolve, 70))
        }
        return { rows, tops: [...new Set(tops)].length }
      })
      const med = (i: number) => result.rows.map((r) => r[i]!).sort((a, b) => a - b)
      console.log(place, others, 'dispatch', med(0)[30]!.toFixed(1), 'to raf', med(1)[30]!.toFixed(1), 'painted', med(2)[30]!.toFixed(1), 'p95', med(2)[57]!.toFixed(1), 'scroll positions', result.tops)
      if (process.env['TRACE']) {
        const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
        await session.send('Tracing.end')
        await done
        fs.writeFileSync(`/tmp/trace-${place}-${others}.json`, JSON.stringify(events))
      }
      for (const w of writers) w.kill()
    })
  }
}
