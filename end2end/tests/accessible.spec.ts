// Every page and dialog, in light and dark, on a screen and on a phone: axe finds nothing, nothing sticks out sideways; and the keyboard is enough.
import type { Page } from '@playwright/test'
import { audit, expect, PASSWORD, watch } from '../fixtures/quorum.ts'
import { editor, hydrated } from '../fixtures/proposal.ts'
import { setUp, test } from '../fixtures/sample.ts'
import { QuorumServer } from '../fixtures/server.ts'

// The two workers share the visits; each has a sample team of its own.
test.describe.configure({ mode: 'parallel' })

test.afterEach(({ sample }) => {
  const complaints = sample.complaints.splice(0)
  expect(complaints.filter((text) => !/status of (404|422|503)/.test(text))).toEqual([])
})

/** A screen, and a phone. */
const WIDTHS = [1280, 390]

/** Where to go, and what to do there before looking. */
type Place = [path: string, prepare?: (page: Page) => Promise<void>]

const D = '/teams/sample/designs'
const opens = (button: string | RegExp, dialog: string) => async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: button, exact: typeof button === 'string' }).first().click()
  await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
}
const chooses = (menu: string, item: string) => async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('group', { name: menu }).getByRole('button', { name: item }).click()
}
const sends = (button: string) => async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: button }).click()
  await expect(page.locator('[aria-invalid=true], [role=alert], main [role=status]').first()).toBeVisible()
}

const DOORS: Place[] = [
  ['/sign-in', async (page) => {
    await page.getByLabel('E-mail').fill('nobody@example.org')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await sends('Sign in')(page)
  }],
  ['/forgotten', async (page) => {
    await page.getByLabel('E-mail').fill('nobody@example.org')
    await sends('Send me a link')(page)
  }],
  ['/reset/a-link-that-was-used', async (page) => {
    await page.getByLabel('New password').fill(PASSWORD)
    await sends('Set the password')(page)
  }],
  ['/invitations/a-link-that-was-used'],
  ['/nothing-here'],
]

const TEAM: Place[] = [
  ['/'],
  ['/teams/sample'],
  ['/teams/sample?q=ledger&proposal=in_review'],
  ['/teams/sample?q=nothing+like+it'],
  ['/teams/sample?archived=1'],
  ['/teams/platform'],
  ['/teams/nobody'],
  [`${D}/new`],
  [`${D}/new?from=file`, async (page) => {
    await page.locator('input[type=file]').setInputFiles({ name: 'a-file.md', mimeType: 'text/markdown', buffer: Buffer.from('# A file\n') })
    await expect(page.getByText('a-file.md')).toBeVisible()
  }],
  ['/teams/sample/people', async (page) => {
    await page.getByRole('button', { name: 'Make an invitation link' }).click()
    await expect(page.getByLabel('Invitation link')).toBeVisible()
    await page.getByText('What each role may do').click()
  }],
  ['/teams/sample/people', chooses('More about Fay First', 'Leave the team')],
  ['/settings', async (page) => {
    await page.getByLabel('What is it for?').fill('Trying it')
    await page.getByRole('button', { name: 'Make a token' }).click()
    await expect(page.getByLabel('Token', { exact: true })).toBeVisible()
  }],
]

const DESIGNS: Place[] = [
  [`${D}/1`],
  [`${D}/1`, opens('Propose a change', 'Propose a change')],
  [`${D}/1`, async (page) => { await page.getByRole('button', { name: 'More about this design' }).click() }],
  [`${D}/3`, chooses('More about this design', 'Delete…')],
  [`${D}/3`, async (page) => { await page.getByRole('button', { name: 'Rename' }).click() }],
  [`${D}/5`],
  [`${D}/6`],
  [`${D}/5/history`],
  [`${D}/1/decisions/1`],
  [`${D}/99`],
]

const PHONE: Place[] = [
  ['/', async (page) => { await page.getByRole('button', { name: 'Menu' }).click() }],
  [`${D}/2/proposals/1/read`, discussed],
  [`${D}/2/proposals/1/read`, async (page) => {
    await page.getByRole('button', { name: /^Threads/ }).click()
    await page.getByRole('button', { name: 'Comment on the whole proposal' }).click()
    await expect(page.getByLabel('Your comment')).toBeFocused()
  }],
]

const OPEN: Place[] = [
  // A draft that was never sent, beside an accepted text.
  [`${D}/5/proposals/2/write`, written],
  [`${D}/5/proposals/2/read`, discussed],
  [`${D}/5/proposals/2/review`],
  [`${D}/5/proposals/2/write`, opens('Send for review', 'Send for review')],
  [`${D}/3/proposals/1/review`],
  // In review, with two revisions and open threads of all kinds.
  [`${D}/2/proposals/1/write`, written],
  [`${D}/2/proposals/1/read`, discussed],
  [`${D}/2/proposals/1/read?text=1`],
  [`${D}/2/proposals/1/review?from=1&to=2`],
  [`${D}/2/proposals/1/history`],
  [`${D}/2/proposals/1/history?at=1`],
  [`${D}/2/proposals/1/history?from=at-1&to=live`],
  [`${D}/2/proposals/1/review?from=accepted&to=2&view=source`],
  [`${D}/2/proposals/1/read`, opens('Merge', 'Merge')],
  [`${D}/2/proposals/1/read`, chooses('More about this proposal', 'Close…')],
  // Approved.
  [`${D}/4/proposals/1/review`, opens('Merge', 'Merge')],
]

/** Merged, and closed. */
const DONE: Place[] = [1, 6].flatMap((design) => ['write', 'read', 'review', 'history'].map((tab): Place => [`${D}/${design}/proposals/1/${tab}`]))

test('whoever is not signed in meets no barrier', async ({ sample, browser }) => {
  const context = await browser.newContext({ baseURL: sample.server.url })
  const page = await context.newPage()
  watch(page, sample.complaints)
  await visit(page, DOORS)
  await context.close()
})

test('the pages of a team and of oneself have no barrier', async ({ sample }) => {
  await visit(sample.page, TEAM)
})

test('the pages and dialogs of designs have no barrier', async ({ sample }) => {
  await visit(sample.page, DESIGNS)
})

test('the tabs and dialogs of an open proposal have no barrier', async ({ sample }) => {
  test.setTimeout(240_000)
  await visit(sample.page, OPEN)
})

test('the tabs of a proposal that is merged or closed have no barrier', async ({ sample }) => {
  await visit(sample.page, DONE)
})

test('what opens only on a phone has no barrier', async ({ sample }) => {
  await visit(sample.page, PHONE, [390])
})

test('the first run has no barrier, nor has an invitation, nor an empty inbox', async ({ sample, browser }) => {
  test.setTimeout(120_000)
  const server = await QuorumServer.fresh()
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  watch(page, sample.complaints)
  await visit(page, [['/set-up']])
  await setUp(page, server.setUpCode(), 'Olga', 'olga@example.org')
  await expect(page.getByRole('button', { name: 'Load the sample team' })).toBeVisible()
  await audit(page)
  await page.goto('/teams/platform/people')
  await hydrated(page)
  await page.getByRole('button', { name: 'Make an invitation link' }).click()
  const link = new URL(await page.getByLabel('Invitation link').inputValue()).pathname
  await visit(page, [['/'], [link]])
  await context.clearCookies()
  await visit(page, [[link]])
  await context.close()
  await server.drop()
})

test('the tab Review of a draft that was never sent comes alive', async ({ sample: { page } }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${D}/3/proposals/1/review`)
  await hydrated(page)
  await expect(page.getByRole('region', { name: 'Comparison' })).toBeVisible()
  // It does what its buttons say: everything on the page is one tree again.
  await page.getByRole('button', { name: 'Send for review' }).click()
  await expect(page.getByRole('dialog', { name: 'Send for review' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Source' }).click()
  await expect(page.locator('.source-diff')).toBeVisible()
})

test('the keyboard is enough to send for review and to give a verdict', async ({ sample: { page } }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${D}/3/proposals/1/write`)
  await hydrated(page)
  await editor(page).waitFor()
  await tabTo(page, 'button', 'Send for review')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Send for review' })
  await expect(dialog).toBeVisible()
  await tabTo(page, 'searchbox', 'Reviewers')
  await page.keyboard.type('Jonas')
  await expect(dialog.getByRole('list', { name: 'People who can review' }).getByRole('listitem')).toHaveCount(1)
  await tabTo(page, 'button', /Jonas Weber/)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Do not ask Jonas Weber' })).toBeVisible()
  await tabTo(page, 'button', 'Send for review')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('In review').first()).toBeVisible()

  await page.goto(`${D}/2/proposals/1/review`)
  await hydrated(page)
  await tabTo(page, 'radio', /^Approve/)
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: /^Request changes/ })).toBeChecked()
  await tabTo(page, 'textbox', /^Summary/)
  await page.keyboard.type('Who owns the sweeper?')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('main').getByText('Who owns the sweeper?')).toBeVisible()
  await expect(page.getByLabel(/^Summary/)).toHaveValue('')
})

/** Goes to each place, prepares it, and looks at it at every width: turning a phone or narrowing a window loads nothing anew. */
async function visit (page: Page, places: Place[], widths = WIDTHS): Promise<void> {
  for (const [path, prepare] of places) {
    await test.step(path, async () => {
      await page.setViewportSize({ width: widths[0] ?? 1280, height: 800 })
      await page.goto(path)
      await hydrated(page)
      await prepare?.(page)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect.soft(wide, `${path} sticks out sideways at ${width} px`).toBeLessThanOrEqual(0)
        await audit(page)
      }
    })
  }
}

/** The editor is there, with its text. */
async function written (page: Page): Promise<void> {
  await editor(page).waitFor()
}

/** The threads can be seen, where there is no room beside the text in their drawer. */
async function discussed (page: Page): Promise<void> {
  const drawer = page.getByRole('button', { name: /^Threads/ })
  if (await drawer.isVisible()) await drawer.click()
  await page.locator('.thread').first().getByText('Reply', { exact: true }).first().click()
  await expect(page.getByLabel('Your reply').first()).toBeFocused()
}

/** Presses Tab until something has the focus, as somebody without a mouse does. */
async function tabTo (page: Page, role: 'button' | 'radio' | 'searchbox' | 'textbox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: typeof name === 'string' })
  for (let presses = 0; presses < 120; presses++) {
    const there = await wanted.evaluateAll((elements) => elements.some((element) => element === document.activeElement))
    if (there) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to “${String(name)}”`)
}
