// What is typed without a server survives the page, and what may no longer be written leaves the device only as the person chooses.
import type { Locator, Page } from '@playwright/test'
import { audit, expect, test, type Person, type Stage } from '../fixtures/quorum.ts'
import type { Design } from '../fixtures/program.ts'
import { createDesign, editor, exported, hydrated, saved, status, typeAtEnd } from '../fixtures/proposal.ts'

const KEPT = /Offline, \d+ changes? kept on this device/
const TEXT = '# Ledger\n\nEvery payment is written twice.\n'

test('what is typed offline survives that the page cannot be loaded again, and arrives on return', async ({ stage }) => {
  const { page, context } = await stage.enter('Ann')
  await written(page, stage, 'Online.\n')
  await context.setOffline(true)
  await typeAtEnd(page, 'In the train.\n')
  // All of them: what is not kept yet is lost with the page, and not said to be kept.
  await expect(status(page)).toContainText('Offline, 14 changes kept on this device')
  const address = page.url()
  await expect(page.reload()).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/)
  await context.setOffline(false)
  await page.goto(address)
  await saved(page)
  await expect(editor(page)).toContainText('In the train.')
  expect(await exported(page)).toBe('Online.\nIn the train.\n')
})

test('what is typed is on the device when its tab crashes, and is sent by the next one', async ({ stage }) => {
  const { page, context } = await stage.enter('Ann')
  let away = false
  await context.routeWebSocket(/\/sync\//, (socket) => {
    if (away) void socket.close({ code: 4509 })
    else socket.connectToServer()
  })
  await written(page, stage, 'Before.\n')
  await context.setOffline(true)
  await typeAtEnd(page, 'Lost with the tab?\n')
  await expect(status(page)).toContainText('Offline, 19 changes kept on this device')
  const address = page.url()
  await crash(page)
  await page.close()

  // The page can be loaded again, its document's line cannot be had yet: what it shows comes from the device.
  away = true
  await context.setOffline(false)
  const next = await context.newPage()
  await next.goto(address)
  await expect(editor(next)).toContainText('Lost with the tab?')
  await expect(status(next)).toContainText(KEPT)
  away = false
  await saved(next)
  expect(await exported(next)).toBe('Before.\nLost with the tab?\n')
})

test('where the browser stores nothing, what is typed offline is not said to be kept', async ({ stage }) => {
  const { page, context } = await stage.enter('Ann')
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined })
  })
  await written(page, stage, 'Online.\n')
  await page.reload()
  await saved(page)
  await context.setOffline(true)
  await typeAtEnd(page, 'In the train.\n')
  await expect(status(page)).toContainText('Offline, 14 changes only in this page')
  await context.setOffline(false)
  await saved(page)
  expect(await exported(page)).toBe('Online.\nIn the train.\n')
})

test('two tabs of one document are both offline, and what both kept arrives', async ({ stage }) => {
  const { page: one, context } = await stage.enter('Ann')
  await written(one, stage, 'Middle.\n')
  const two = await context.newPage()
  await two.goto(one.url())
  await expect(editor(two)).toContainText('Middle.')
  await saved(two)
  await context.setOffline(true)
  await typeAtEnd(one, 'End.\n')
  await typeAtStart(two, 'Start.\n')
  for (const tab of [one, two]) await expect(status(tab)).toContainText(KEPT)
  await context.setOffline(false)
  for (const tab of [one, two]) {
    await saved(tab)
    await expect(editor(tab)).toContainText(/Start\..*Middle\..*End\./)
  }
  expect(await exported(one)).toBe('Start.\nMiddle.\nEnd.\n')
  expect(await unsent(one)).toBe(0)
})

test('changes to a text that was merged meanwhile become a new proposal', async ({ stage }) => {
  const [ann, rita] = [await stage.enter('Ann'), stage.join('Rita', 'commenter')]
  const { page, context } = ann
  const design = await stage.program(ann.email).design('Ledger', TEXT)
  await openOffline(ann, stage, design, 1, 'Mine.\n')
  await merge(stage, ann, rita, design)
  await context.setOffline(false)

  const panel = kept(page)
  await expect(panel).toContainText('This proposal was merged before they reached the server.')
  await expect(panel.locator('tr.ins')).toContainText('Mine.')
  await expect(panel.locator('tr.del')).toHaveCount(0)
  await audit(page)
  // It is all there again in another page, and nothing has left the device.
  await page.reload()
  await hydrated(page)
  await expect(panel.locator('tr.ins')).toContainText('Mine.')
  expect(await unsent(page)).toBeGreaterThan(0)

  await panel.getByRole('button', { name: 'Make a new proposal of them' }).click()
  await page.waitForURL(/\/proposals\/2\/write$/)
  await expect(editor(page)).toContainText('Mine.')
  await saved(page)
  expect(await unsent(page)).toBe(0)
  expect(await exported(page)).toBe(`${TEXT}Mine.\n`)
  await typeAtEnd(page, 'And on.\n')
  await saved(page)
  await page.goto(writing(stage, design, 1))
  await expect(editor(page)).toContainText('written twice')
  await expect(editor(page)).not.toContainText('Mine.')
  await expect(panel).toHaveCount(0)
})

test('changes to a proposal that was closed meanwhile become a new one without it, or are sent when it is reopened', async ({ stage }) => {
  const [ann, rita] = [await stage.enter('Ann'), stage.join('Rita', 'commenter')]
  const { page, context } = ann
  const program = stage.program(ann.email)
  const design = await program.design('Ledger', TEXT)
  await merge(stage, ann, rita, design)
  const second = await program.propose(design.number, 'Width')
  await openOffline(ann, stage, design, second.number, 'Mine.\n')
  await program.close(second, 'Overtaken.')
  await context.setOffline(false)
  const panel = kept(page)
  await expect(panel).toContainText('This proposal was closed before they reached the server. If it is reopened, they are sent.')
  await page.getByRole('button', { name: 'Reopen' }).click()
  await saved(page)
  await expect(panel).toHaveCount(0)
  expect(await exported(page)).toBe(`${TEXT}Mine.\n`)

  await context.setOffline(true)
  await typeAtStart(page, 'Later.\n')
  await expect(status(page)).toContainText(KEPT)
  await program.close(second, 'For good.')
  await context.setOffline(false)
  await panel.getByRole('button', { name: 'Make a new proposal of them' }).click()
  await page.waitForURL(/\/proposals\/3\/write$/)
  await saved(page)
  // "Mine." was given up with the proposal that it is in.
  expect(await exported(page)).toBe(`Later.\n${TEXT}`)
  expect(await unsent(page)).toBe(0)
})

test('changes of somebody who may no longer write become suggestions', async ({ stage }) => {
  const admin = await stage.enter('Ada Admin', 'admin')
  const ann = await stage.enter('Ann')
  const { page, context } = ann
  const design = await stage.program(ann.email).design('Ledger', TEXT)
  await openOffline(ann, stage, design, 1, 'Mine.\n')
  await setRole(admin.page, stage, 'Ann', 'Commenter')
  await context.setOffline(false)

  const panel = kept(page)
  await expect(panel).toContainText('You are a commenter in this team now, so you may no longer write here.')
  await expect(panel.getByRole('button', { name: 'Make a new proposal of them' })).toHaveCount(0)
  await expect(panel.locator('tr.ins')).toContainText('Mine.')
  await panel.getByRole('button', { name: 'Make suggestions of them' }).click()
  await expect(panel).toHaveCount(0)
  const thread = page.locator('.thread')
  await expect(thread).toContainText('Suggestion')
  await expect(thread).toContainText('Mine.')
  await expect(editor(page)).toContainText('written twice')
  await expect(editor(page).locator('.cm-suggest-added, .cm-suggest-ins')).toContainText('Mine.')
  await saved(page)
  expect(await unsent(page)).toBe(0)
  expect(await exported(page)).toBe(TEXT)
})

test('refused changes can be taken along as a file, and are discarded only after asking', async ({ stage }) => {
  const admin = await stage.enter('Ada Admin', 'admin')
  const ann = await stage.enter('Ann')
  const { page, context } = ann
  const design = await stage.program(ann.email).design('Ledger', TEXT)
  await openOffline(ann, stage, design, 1, 'Mine.\n')
  await setRole(admin.page, stage, 'Ann', 'Viewer')
  await context.setOffline(false)

  const panel = kept(page)
  await expect(panel).toContainText('You are a viewer in this team now')
  await expect(panel.getByRole('button', { name: /Make/ })).toHaveCount(0)
  const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Download the text' }).click()])
  expect(file.suggestedFilename()).toBe('D-1-P-1.md')
  expect(await read(file.createReadStream())).toBe(`${TEXT}Mine.\n`)

  const ask = panel.getByRole('button', { name: 'Discard them…' })
  const dialog = page.getByRole('dialog', { name: 'Discard your last changes?' })
  await ask.click()
  await dialog.getByRole('button', { name: 'Keep them' }).click()
  await expect(dialog).toBeHidden()
  expect(await unsent(page)).toBeGreaterThan(0)
  await ask.click()
  await dialog.getByRole('button', { name: 'Discard them' }).click()
  await expect(panel).toHaveCount(0)
  await expect(editor(page)).not.toContainText('Mine.')
  await expect(editor(page)).toContainText('written twice')
  expect(await unsent(page)).toBe(0)
})

test('whoever signs out is told first what is only on this device', async ({ stage }) => {
  // Pages that are still open find out by what they ask.
  stage.expectComplaints(/status of 401/)
  const { page, context } = await stage.enter('Ann')
  await written(page, stage, 'Online.\n')
  await context.setOffline(true)
  await typeAtEnd(page, 'Kept.\n')
  await expect(status(page)).toContainText(KEPT)
  const [signOut, dialog] = [page.getByRole('button', { name: 'Sign out', exact: true }), page.getByRole('dialog', { name: 'Sign out and lose changes?' })]
  await signOut.click()
  await expect(dialog).toContainText(/\d+ changes are only on this device/)
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download the texts' }).click()])
  expect(await read(file.createReadStream())).toBe('Online.\nKept.\n')
  await dialog.getByRole('button', { name: 'Stay signed in' }).click()
  await context.setOffline(false)
  await saved(page)
  expect(await exported(page)).toBe('Online.\nKept.\n')
  await signOut.click()
  await page.waitForURL(/\/sign-in$/)
})

/** The panel of changes that are not saved. */
const kept = (page: Page): Locator => page.getByRole('region', { name: 'Changes that are not saved' })

/** Makes a blank design and writes a first line. */
async function written (page: Page, stage: Stage, line: string): Promise<void> {
  await createDesign(page, stage.slug, 'Kept')
  await page.locator('.cm-content[contenteditable="true"]').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(line)
  // Between two keys it is saved too.
  await expect.poll(() => exported(page)).toBe(line)
  await saved(page)
}

async function typeAtStart (page: Page, text: string): Promise<void> {
  await page.locator('.cm-content[contenteditable="true"]').click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type(text)
}

const writing = (stage: Stage, design: Design, proposal: number): string => `/teams/${stage.slug}/designs/${design.number}/proposals/${proposal}/write`

/** Opens a proposal, goes offline and types. */
async function openOffline ({ page, context }: Person, stage: Stage, design: Design, proposal: number, text: string): Promise<void> {
  await page.goto(writing(stage, design, proposal))
  await expect(editor(page)).toContainText('written twice')
  await saved(page)
  await context.setOffline(true)
  await typeAtEnd(page, text)
  await expect(status(page)).toContainText(KEPT)
}

/** Merges a design's first proposal as the server has it. */
async function merge (stage: Stage, ann: Person, rita: string, { proposal }: Design): Promise<void> {
  const program = stage.program(ann.email)
  const revision = await program.send(proposal, rita)
  await stage.program(rita).review(proposal, revision, 'approve')
  await program.merge(proposal, revision)
}

async function setRole (page: Page, stage: Stage, name: string, role: string): Promise<void> {
  await page.goto(`/teams/${stage.slug}/people`)
  await hydrated(page)
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByLabel(`Role of ${name}`).selectOption(role)
  expect((await answered).ok()).toBe(true)
}

/** How many changes are only on this device, whoever they are of. */
async function unsent (page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const { quorum } = window as unknown as { quorum: { unsent: (account: string) => Promise<number> } }
    let count = 0
    for (const { name = '' } of await indexedDB.databases()) count += await quorum.unsent(name.replace(/^quorum /, ''))
    return count
  })
}

/** Ends a tab's process, without any of its scripts hearing of it. */
async function crash (page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const session = await page.context().newCDPSession(page)
  // It has nobody left to answer.
  void session.send('Page.crash').catch(() => undefined)
  await crashed
}

async function read (stream: Promise<NodeJS.ReadableStream>): Promise<string> {
  let text = ''
  for await (const piece of await stream) text += String(piece)
  return text
}
