// How every page looks: on a phone, a tablet and a screen, light and dark, beside what it looked like when somebody last looked at all of them.
// `make looks` compares with end2end/screenshots; `make looks UPDATE=1` takes them anew, to be looked at before they are committed.
import type { Page } from '@playwright/test'
import { expect } from '../fixtures/quorum.ts'
import { editor, hydrated, saved } from '../fixtures/proposal.ts'
import { test } from '../fixtures/sample.ts'

const WIDTHS = { phone: { width: 390, height: 844 }, tablet: { width: 768, height: 1024 }, screen: { width: 1440, height: 900 } }

/** What a page is called, where it is, and what to wait for or do before looking. */
type Look = [name: string, path: string, prepare?: (page: Page) => Promise<void>]

const D = '/teams/sample/designs'

const VISITOR: Look[] = [
  ['sign-in', '/sign-in'],
  ['forgotten', '/forgotten'],
  ['reset', '/reset/a-link-that-was-used'],
  ['invitation', '/invitations/a-link-that-was-used'],
  ['offline', '/offline'],
]

const MEMBER: Look[] = [
  ['inbox', '/'],
  ['team', '/teams/sample'],
  ['team-empty', '/teams/platform'],
  ['team-nothing-found', '/teams/sample?q=nothing+like+it'],
  ['new-design', `${D}/new`],
  ['people', '/teams/sample/people'],
  ['settings', '/settings'],
  ['design', `${D}/1`],
  ['design-proposed', `${D}/3`],
  ['history', `${D}/5/history`],
  ['decision', `${D}/1/decisions/1`],
  ['write', `${D}/2/proposals/1/write`, written],
  ['read', `${D}/2/proposals/1/read`],
  ['timeline', `${D}/2/proposals/1/history`],
  ['review', `${D}/2/proposals/1/review?from=1&to=2`],
  ['review-source', `${D}/2/proposals/1/review?from=1&to=2&view=source`],
  ['merged', `${D}/1/proposals/1/read`],
  ['closed', `${D}/6/proposals/1/read`],
  ['send-for-review', `${D}/3/proposals/1/read`, async (page) => {
    await page.getByRole('button', { name: 'Send for review' }).first().click()
    await expect(page.getByRole('dialog', { name: 'Send for review' })).toBeVisible()
  }],
  ['merge', `${D}/4/proposals/1/review`, async (page) => {
    await page.getByRole('button', { name: 'Merge' }).first().click()
    await expect(page.getByRole('dialog', { name: 'Merge' })).toBeVisible()
  }],
  ['not-found', '/nothing-here'],
]

test('the pages of whoever is not signed in look as they did', async ({ sample, browser }) => {
  const context = await browser.newContext({ baseURL: sample.server.url, reducedMotion: 'reduce' })
  await look(await context.newPage(), VISITOR)
  await context.close()
})

for (const place of MEMBER) {
  test(`the page “${place[0]}” looks as it did`, async ({ sample }) => {
    await look(sample.page, [place])
  })
}

/** Takes each in six: three widths, two themes. */
async function look (page: Page, places: Look[]): Promise<void> {
  for (const [name, path, prepare] of places) {
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      await page.setViewportSize(viewport)
      await page.goto(path)
      await hydrated(page)
      await prepare?.(page)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.evaluate(async () => { await document.fonts.ready })
        await steady(page)
        await expect.soft(page).toHaveScreenshot(`${name}-${width}-${colorScheme}.png`)
      }
    }
  }
}

/** What differs from one sample team to the next, and says nothing about the page: when it was loaded, and colours drawn by ids. */
async function steady (page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const time of document.querySelectorAll('time')) {
      if (time.dateTime.includes('T')) time.dateTime = new Date(Date.now() - 2 * 3600_000).toISOString()
      time.textContent = time.dateTime.includes('T') ? '2 hours ago' : '2026-11-02 09:00 UTC'
    }
    for (const avatar of document.querySelectorAll('.avatar')) {
      const name = avatar.getAttribute('title') ?? ''
      avatar.className = avatar.className.replace(/hue-\d/, `hue-${(name.length + name.charCodeAt(0)) % 8}`)
    }
  })
}

/** The editor is there, its text on the server. */
async function written (page: Page): Promise<void> {
  await editor(page).waitFor()
  await saved(page)
}
