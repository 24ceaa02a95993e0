// The application opens without a network: what this device has can be read and written there, and none of it is anybody else's.
import type { Locator, Page } from '@playwright/test'
import { audit, expect, signIn, test, type Stage } from '../fixtures/quorum.ts'
import { Gateway } from '../fixtures/gateway.ts'
import type { Design } from '../fixtures/program.ts'
import { editor, exported, hydrated, saved, status, typeAtEnd } from '../fixtures/proposal.ts'
import { QuorumServer } from '../fixtures/server.ts'

test.use({ serviceWorkers: 'allow' })

const TEXT = '# Ledger\n\nEvery payment is written twice.\n'

test('a proposal that was opened before opens without a network, and what is written there arrives once', async ({ stage }) => {
  const { page, context, email } = await stage.enter('Ann')
  const design = await stage.program(email).design('Ledger', TEXT)
  await seen(page, stage, design)
  await page.close()

  await context.setOffline(true)
  const train = await context.newPage()
  await train.goto(writing(stage, design))
  await expect(train.getByRole('heading', { name: 'Ledger', level: 1 })).toBeVisible()
  await expect(editor(train)).toContainText('written twice')
  await expect(status(train)).toContainText('Offline')
  await typeAtEnd(train, 'In the train.\n')
  await expect(status(train)).toContainText('Offline, 14 changes kept on this device')
  await audit(train)
  await train.close()

  // Of another page there is nothing here; the list says what is not on the server, and leads to it.
  const tunnel = await context.newPage()
  await tunnel.goto(`/teams/${stage.slug}`)
  await expect(tunnel.getByRole('heading', { name: 'This page is not on this device' })).toBeVisible()
  await expect(copies(tunnel)).toHaveCount(1)
  await expect(copies(tunnel)).toContainText(`D-${design.number} P-1 · Team ${stage.slug}`)
  await expect(copies(tunnel)).toContainText('14 changes not on the server')
  await audit(tunnel)
  await copies(tunnel).getByRole('link', { name: 'Ledger' }).click()
  await expect(editor(tunnel)).toContainText('In the train.')
  await expect(status(tunnel)).toContainText('Offline, 14 changes kept on this device')

  // Nobody is writing when the network is back: the page goes over to the server's.
  await context.setOffline(false)
  await hydratedByTheServer(tunnel)
  await saved(tunnel)
  await expect(editor(tunnel)).toContainText('In the train.')
  expect(await exported(tunnel)).toBe(`${TEXT}In the train.\n`)
  expect(await listedIn(tunnel)).toEqual(['Ledger: 0'])
})

test('whoever writes when the network comes back is not interrupted, and goes over when they want', async ({ stage }) => {
  const { page, context, email } = await stage.enter('Ann')
  const design = await stage.program(email).design('Ledger', TEXT)
  await seen(page, stage, design)
  await context.setOffline(true)
  await page.reload()
  await typeAtEnd(page, 'Away, ')
  await expect(status(page)).toContainText('6 changes kept on this device')
  await context.setOffline(false)
  const over = page.getByRole('button', { name: 'Go on online' })
  await over.waitFor()
  await page.keyboard.type('and back.')
  await saved(page)
  expect(await exported(page)).toBe(`${TEXT}Away, and back.`)
  await over.click()
  await hydratedByTheServer(page)
  await saved(page)
  expect(await exported(page)).toBe(`${TEXT}Away, and back.`)
})

test('a commenter suggests without a network, a viewer only reads, each as it was when they were last there', async ({ stage }) => {
  const [ann, bo, vera] = [await stage.enter('Ann'), await stage.enter('Bo', 'commenter'), await stage.enter('Vera', 'viewer')]
  const design = await stage.program(ann.email).design('Ledger', TEXT)
  for (const { page, context } of [bo, vera]) {
    await page.goto(writing(stage, design))
    await expect(editor(page)).toContainText('written twice')
    await kept(page)
    await context.setOffline(true)
    await page.reload()
    await expect(editor(page)).toContainText('written twice')
  }
  await expect(vera.page.getByText('When it was last on the server, you could not change it.')).toBeVisible()
  await expect(editor(vera.page)).toHaveAttribute('contenteditable', 'false')

  await expect(bo.page.getByText('What you type is suggested, not written.')).toBeVisible()
  await typeAtEnd(bo.page, 'And read once.')
  await expect(status(bo.page)).toContainText('Offline, 1 change kept on this device')
  await bo.page.reload()
  await expect(editor(bo.page)).toContainText('And read once.')
  await expect(status(bo.page)).toContainText('Offline, 1 change kept on this device')
  await bo.context.setOffline(false)
  await hydratedByTheServer(bo.page)
  await saved(bo.page)
  await ann.page.goto(writing(stage, design))
  await expect(ann.page.getByRole('article', { name: 'Suggestion by Bo' })).toHaveCount(1)
  await expect(ann.page.getByRole('article', { name: 'Suggestion by Bo' }).locator('ins')).toContainText('And read once.')
  expect(await exported(ann.page)).toBe(TEXT)
})

test('signing out leaves nothing here, and nobody else is shown anything', async ({ stage }) => {
  // Pages that are still open find out by what they ask.
  stage.expectComplaints(/status of 401/)
  const { page, context, email } = await stage.enter('Ann')
  const bo = stage.join('Bo')
  const design = await stage.program(email).design('Ledger', TEXT)
  await seen(page, stage, design)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.waitForURL(/\/sign-in$/)
  await context.setOffline(true)
  await page.goto(writing(stage, design))
  await expect(page.getByRole('heading', { name: 'You are not signed in on this device' })).toBeVisible()
  await expect(copies(page)).toHaveCount(0)
  await audit(page)
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
  // What the worker keeps are files of the application, the same for everybody.
  expect((await stored(page)).filter((path) => !/^\/(pkg\/|offline$|favicon\.svg$|icons\.svg$)/.test(path))).toEqual([])

  // Every other page would go over to the server's by itself.
  await page.goto('/offline')
  await context.setOffline(false)
  await expect(page.getByText('You are online.')).toBeVisible()
  await page.goto('/sign-in')
  await signIn(page, bo)
  await hydrated(page)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('here'))).toContain('Bo')
  await context.setOffline(true)
  await page.goto(writing(stage, design))
  await expect(page.getByText('Nothing on this device yet')).toBeVisible()
  await expect(page.getByText('Ledger')).toHaveCount(0)
})

test('somebody whose session ended meanwhile signs in again, and what they wrote is sent', async ({ stage }) => {
  stage.expectComplaints(/status of 401/)
  const { page, context, email } = await stage.enter('Ann')
  const design = await stage.program(email).design('Ledger', TEXT)
  await seen(page, stage, design)
  await context.setOffline(true)
  await page.reload()
  await typeAtEnd(page, 'Kept.\n')
  await expect(status(page)).toContainText('6 changes kept on this device')
  await context.clearCookies()
  await context.setOffline(false)
  const notice = page.locator('.notice', { hasText: 'You are signed out.' })
  await expect(notice).toContainText('is sent when you have signed in again')
  await notice.getByRole('button').click()
  await page.waitForURL(/\/sign-in\?next=/)
  await signIn(page, email)
  await saved(page)
  expect(await exported(page)).toBe(`${TEXT}Kept.\n`)
})

test('the settings say what this device has, and take it away, but nothing that is nowhere else without asking', async ({ stage }) => {
  const { page, context, email } = await stage.enter('Ann')
  const program = stage.program(email)
  const [ledger, widths] = [await program.design('Ledger', TEXT), await program.design('Widths', '# Widths\n')]
  await seen(page, stage, ledger)
  await page.goto(writing(stage, widths))
  await saved(page)
  await kept(page, 'Widths')
  await context.setOffline(true)
  await typeAtEnd(page, 'x')
  await expect(status(page)).toContainText('1 change kept on this device')
  // Its line stays away, so that it is not sent.
  await context.routeWebSocket(/\/sync\//, (socket) => void socket.close({ code: 4509 }))
  page.on('dialog', (dialog) => void dialog.accept())
  await context.setOffline(false)
  await page.goto('/settings')
  const device = page.getByRole('region', { name: 'This device' })
  await expect(device).toContainText('2 proposals, less than 1 KB. 1 change is not on the server.')
  await expect(copies(page)).toContainText(['Widths', 'Ledger'])
  await audit(page)

  const [remove, dialog] = [device.getByRole('button', { name: 'Remove copies from this device' }), page.getByRole('dialog')]
  await remove.click()
  await expect(dialog).toContainText('One change is only on this device.')
  await audit(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(copies(page)).toHaveCount(2)
  await remove.click()
  await dialog.getByRole('button', { name: 'Remove what the server has' }).click()
  await expect(device).toContainText('What is not on the server is still here.')
  await expect(copies(page)).toContainText(['Widths'])
  await remove.click()
  await dialog.getByRole('button', { name: 'Remove all' }).click()
  await expect(device).toContainText('Nothing on this device yet')
})

test('where the browser stores nothing, the page that stands in says so', async ({ stage }) => {
  const { page, context } = await stage.enter('Ann')
  await hydrated(page)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('here'))).toContain('Ann')
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined })
  })
  await page.goto('/offline')
  await expect(page.getByRole('alert')).toContainText('This browser lets Quorum store nothing on this device')
  await audit(page)
})

test('a team may want nothing on devices: copies go, nothing is kept, and nothing that was typed is lost', async ({ stage }) => {
  const admin = await stage.enter('Ada Admin', 'admin')
  const { page, context, email } = await stage.enter('Ann')
  const design = await stage.program(email).design('Ledger', TEXT)
  await seen(page, stage, design)

  await admin.page.goto(`/teams/${stage.slug}/people`)
  await hydrated(admin.page)
  const devices = admin.page.getByRole('region', { name: 'Copies on devices' })
  await expect(devices).toContainText('Browsers keep a copy of each proposal')
  await audit(admin.page)
  await devices.getByRole('button', { name: 'Stop keeping copies' }).click()
  await expect(devices).toContainText('Browsers keep no copies of this team’s texts.')

  // The next page, whichever it is.
  await page.goto('/settings')
  await expect(page.getByRole('region', { name: 'This device' })).toContainText('Nothing on this device yet')
  await page.goto(writing(stage, design))
  await saved(page)
  await context.setOffline(true)
  await typeAtEnd(page, 'In the page only.\n')
  await expect(status(page)).toContainText('Offline, 18 changes only in this page')
  await expect(page.getByText('This team keeps nothing on devices.')).toBeVisible()
  await audit(page)
  // Left for another page of the application, they are still there until the server has them.
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(editor(page)).toHaveCount(0)
  const address = new URL(writing(stage, design), stage.url).href
  const text = async (): Promise<string> => await (await admin.page.request.get(address.replace(/write$/, 'export'))).text()
  expect(await text()).toBe(TEXT)
  await context.setOffline(false)
  await expect.poll(text).toBe(`${TEXT}In the page only.\n`)

  await page.goto(address)
  await saved(page)
  expect(await listedIn(page)).toEqual([])
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'This page is not on this device' })).toBeVisible()
  await expect(page.getByText('Nothing on this device yet')).toBeVisible()
})

test('a new release is seen at once, pages of the one before go on, and their files go when they are closed', async ({ browser }) => {
  const gateway = await Gateway.open()
  const server = await QuorumServer.fresh({ QUORUM_PUBLIC_URL: gateway.url })
  await gateway.lead(server)
  const context = await browser.newContext({ baseURL: gateway.url, serviceWorkers: 'allow' })
  try {
    server.account('ann@example.org', 'Ann')
    const before = await context.newPage()
    await before.goto('/sign-in')
    await signIn(before, 'ann@example.org')
    await ready(before)
    const [old] = await releases(before)

    gateway.script = 'frame-22222222.js'
    const after = await context.newPage()
    await after.goto('/')
    await hydrated(after)
    expect(await after.locator('script[src*="frame-22222222"]').count()).toBe(1)
    await expect.poll(() => releases(after)).toEqual([old, 'quorum another'])
    // Its files are not on the server any more.
    expect(await before.evaluate(async (path) => (await fetch(path)).status, await scriptOf(before))).toBe(200)
    await before.close()
    // The browser may take a moment to let go of a page; each new one looks again.
    const reloaded = async (): Promise<string[]> => {
      await after.reload()
      await ready(after)
      return await releases(after)
    }
    await expect.poll(reloaded).toEqual(['quorum another'])

    // What a gateway says in the server's place is no page of ours.
    gateway.away = true
    await after.reload()
    await expect(after.getByText('Nothing on this device yet')).toBeVisible()
    expect(await scriptOf(after)).toContain('frame-22222222')
    gateway.away = false
    await hydratedByTheServer(after)
  } finally {
    await context.close()
    gateway.close()
    await server.drop()
  }
})

const writing = (stage: Stage, design: Design): string => `/teams/${stage.slug}/designs/${design.number}/proposals/1/write`

/** The lines of the list of what this device has. */
const copies = (page: Page): Locator => page.locator('.copies > li')

/** Opens a proposal with a network, until this device could do without. */
async function seen (page: Page, stage: Stage, design: Design): Promise<void> {
  await page.goto(writing(stage, design))
  await expect(editor(page)).toContainText('written twice')
  await saved(page)
  await kept(page)
}

/** The worker is there with all its files, and the device has the whole text. */
async function kept (page: Page, title = 'Ledger'): Promise<void> {
  await ready(page)
  await expect.poll(() => listedIn(page)).toContain(`${title}: 0`)
}

async function ready (page: Page): Promise<void> {
  await hydrated(page)
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
}

/** What is in the device's storage, whoever it is of: titles of whole texts, with how many changes the server has not. */
async function listedIn (page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const found: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const opening = indexedDB.open(name)
      const db = await new Promise<IDBDatabase>((resolve) => { opening.onsuccess = () => { resolve(opening.result) } })
      const all = async <T>(store: string): Promise<T[]> => {
        const asking = db.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>
        return await new Promise((resolve) => { asking.onsuccess = () => { resolve(asking.result) } })
      }
      const unsent = [...await all<{ proposal: string }>('unsent'), ...await all<{ proposal: string }>('suggestions')]
      for (const { title, proposal, synced } of await all<{ title: string, proposal: string, synced: number | null }>('labels')) {
        if (synced !== null) found.push(`${title}: ${unsent.filter((row) => row.proposal === proposal).length}`)
      }
      db.close()
    }
    return found
  })
}

/** The page is the server's, and not what stood in for it. */
async function hydratedByTheServer (page: Page): Promise<void> {
  await page.locator('html[data-hydrated]:not([data-offline])').waitFor({ state: 'attached' })
}

/** The paths of everything that the worker keeps. */
async function stored (page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const files: string[] = []
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) files.push(new URL(url).pathname)
    }
    return files
  })
}

async function releases (page: Page): Promise<string[]> {
  return await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('quorum ')))
}

async function scriptOf (page: Page): Promise<string> {
  return await page.locator('script[src*="/pkg/frame-"]').getAttribute('src') ?? ''
}

