// Designs and people that a text names: offered while one types, shown where one reads, listed by whoever is named.
import type { Locator, Page } from '@playwright/test'
import { audit, expect, test } from '../fixtures/quorum.ts'
import { createDesign, editor, exported, hydrated, saved, sendForReview, typeAtEnd } from '../fixtures/proposal.ts'

test('a person is chosen behind an at sign, reads as a mention, and is told once the text is sent', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const zoe = await stage.enter('Zoë Zimmer', 'viewer')
  stage.join('Ben', 'commenter')
  await createDesign(ann.page, stage.slug, 'Mentions')
  await typeAtEnd(ann.page, 'Ask @zo')
  await expect(offered(ann.page)).toHaveText([/Zoë Zimmer.*viewer/])
  await audit(ann.page)
  await ann.page.keyboard.press('Enter')
  await ann.page.keyboard.type('first, not `@zo')
  await expect(offered(ann.page)).toHaveCount(0)
  await ann.page.keyboard.type('`.\n')
  await expect(editor(ann.page).locator('.cm-mention')).toHaveText('@Zoë Zimmer')
  await expect(editor(ann.page)).toContainText('Ask @Zoë Zimmer first, not @zo.')
  await saved(ann.page)
  expect(await exported(ann.page)).toMatch(new RegExp(`Ask \\[@Zoë Zimmer\\]\\(/teams/${stage.slug}/people#person-[0-9a-f-]{36}\\) first, not \`@zo\`\\.\n`))

  await zoe.page.goto('/')
  await hydrated(zoe.page)
  await expect(zoe.page.getByText('mentioned you')).toHaveCount(0)
  await sendForReview(ann.page, 'Ben')
  await zoe.page.getByRole('link', { name: 'Ann mentioned you in revision 1' }).click()
  await zoe.page.waitForURL('**/proposals/1/read')
  const mention = zoe.page.locator('.prose a.mention')
  await expect(mention).toHaveText('@Zoë Zimmer')
  await audit(zoe.page)
  await mention.click()
  await expect(zoe.page.getByRole('listitem').filter({ hasText: 'Zoë Zimmer' })).toBeInViewport()
})

test('a design is chosen by its number or its title, with its state, and is a link while one writes', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  const ledger = await program.design('Ledger of payments', 'Words.\n')
  await program.send(ledger.proposal)
  await program.design('Cache', 'Words.\n')
  const { page } = ann
  await createDesign(page, stage.slug, 'Referring')
  await typeAtEnd(page, 'After D-')
  await expect(offered(page)).toHaveText([/^D-2 Cache/, /^D-1 Ledger/])
  await page.keyboard.type('1')
  await expect(offered(page)).toHaveText([/^D-1 Ledger of payments.*In review/])
  await page.keyboard.press('Enter')
  await page.keyboard.type(' and D-cac')
  await expect(offered(page)).toHaveText([/^D-2 Cache.*Draft/])
  await page.keyboard.press('Enter')
  await page.keyboard.type(', never D-77 or `D-1`.\n')
  await saved(page)
  expect(await exported(page)).toContain('After D-1 and D-2, never D-77 or `D-1`.\n')
  await expect(editor(page).locator('.cm-design-name')).toHaveText(['D-1', 'D-2'])
  await editor(page).locator('.cm-design-name').first().hover()
  await expect(page.getByRole('tooltip')).toContainText('Ledger of payments')
  const opened = page.context().waitForEvent('page')
  await editor(page).locator('.cm-design-name').last().click({ modifiers: ['Control'] })
  expect(new URL((await opened).url()).pathname).toBe(`/teams/${stage.slug}/designs/2`)
})

test('in a table that is written, names are links and mentions too', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  await stage.program(ann.email).design('Ledger', `Words.\n\n| Of | Whom |\n|----|------|\n| D-1, D-9 | [@Ann](/teams/${stage.slug}/people#person-018f2b6e-0000-7000-8000-000000000001) |\n`)
  await ann.page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await expect(ann.page.locator('.cm-table .cm-design-name')).toHaveText(['D-1'])
  await expect(ann.page.locator('.cm-table .cm-mention')).toHaveText(['@Ann'])
})

test('where a design is named its card shows: by pointer, by keyboard, in comments; and Escape closes it', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  await program.design('Ledger', 'Words.\n')
  await program.design('Reading', 'As in D-1, not D-9.\n\nMore.\n')
  const { page } = ann
  await page.goto(`/teams/${stage.slug}/designs/2/proposals/1/read`)
  await hydrated(page)
  const link = page.getByRole('article', { name: 'Text' }).getByRole('link', { name: 'D-1', exact: true })
  const card = page.getByRole('tooltip')
  await expect(page.getByRole('link', { name: 'D-9' })).toHaveCount(0)
  await link.hover()
  await expect(card).toContainText('Ledger')
  await expect(card).toContainText('Proposed')
  await audit(page)
  await card.hover()
  await expect(card).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await page.mouse.move(0, 0)
  await page.getByRole('navigation', { name: 'Views of this proposal' }).getByRole('link').last().focus()
  await tabTo(page, link)
  await expect(card).toBeVisible()
  await expect(link).toHaveAccessibleDescription(/Ledger.*Owner: Ann/)
  await page.keyboard.press('Tab')
  await expect(card).toBeHidden()

  await page.getByRole('button', { name: 'Comment on the whole proposal' }).click()
  const composer = page.getByRole('form', { name: 'New thread' })
  await composer.getByLabel('Your comment').fill('Why not D-1?')
  await composer.getByRole('button', { name: 'Comment' }).click()
  await page.getByRole('region', { name: 'Threads' }).getByRole('link', { name: 'D-1' }).hover()
  await expect(card).toContainText('Ledger')
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
})

test('a finger sees the card first and follows the link with the second touch', async ({ stage, browser }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  await program.design('Ledger', 'Words.\n')
  await program.design('Reading', 'As in D-1.\n')
  const phone = await browser.newContext({ baseURL: stage.url, viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true, storageState: await ann.context.storageState() })
  const page = await phone.newPage()
  await page.goto(`/teams/${stage.slug}/designs/2/proposals/1/read`)
  await hydrated(page)
  await page.waitForLoadState('networkidle')
  const link = page.locator('.prose').getByRole('link', { name: 'D-1' })
  await link.tap()
  await expect(page.getByRole('tooltip')).toContainText('Tap again to open it.')
  expect(new URL(page.url()).pathname).toMatch(/\/read$/)
  await link.tap()
  await page.waitForURL('**/designs/1')
  await phone.close()
})

test('of a design that one may not read nothing is said', async ({ stage, quorum }) => {
  const ann = await stage.enter('Ann')
  quorum.command('team', 'create', '--slug', `${stage.slug}-b`, '--name', 'Others', '--admin', 'operator@example.org')
  const theirs = quorum.command('token', 'create', '--account', 'operator@example.org', '--team', `${stage.slug}-b`, '--scope', 'write')
  await fetch(`${stage.url}/api/v1/teams/${stage.slug}-b/designs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${theirs}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Secret', markdown: 'Words.\n' }),
  })
  await stage.program(ann.email).design('Reading', `See [it](/teams/${stage.slug}-b/designs/1), and D-1.\n`)
  await ann.page.goto(`/teams/${stage.slug}/designs/1/proposals/1/read`)
  await hydrated(ann.page)
  const asked: string[] = []
  ann.page.on('request', (request) => { if (request.url().includes('/rpc/designs/cards')) asked.push(request.postData() ?? '') })
  await ann.page.getByRole('link', { name: 'it', exact: true }).hover()
  await ann.page.getByRole('link', { name: 'D-1', exact: true }).hover()
  await expect(ann.page.getByRole('tooltip')).toContainText('Reading')
  expect(asked).toEqual([JSON.stringify({ team: stage.slug, numbers: [1] })])
  stage.expectComplaints(/status of 404/)
  const answer = await ann.page.evaluate(async (team) => {
    const answer = await fetch('/rpc/designs/cards', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ team, numbers: [1] }) })
    return `${answer.status} ${await answer.text()}`
  }, `${stage.slug}-b`)
  expect(answer).toMatch(/^404 /)
  expect(answer).not.toContain('Secret')
})

test('a design lists the designs whose texts name it', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  await program.design('Ledger', 'Words, of D-1.\n')
  await program.design('Cache', 'Beside D-1 and D-1.\n')
  await program.design('Queue', '`D-1`\n')
  const { page } = ann
  await page.goto(`/teams/${stage.slug}/designs/1`)
  await hydrated(page)
  const list = page.getByRole('region', { name: 'Linked from' })
  await expect(list.getByRole('listitem')).toHaveText([/Proposed.*D-2.*Cache.*in an open proposal/])
  await audit(page)
  await list.getByRole('link', { name: 'Cache' }).click()
  await page.waitForURL('**/designs/2')
  await expect(page.getByRole('heading', { name: 'Cache' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Linked from' })).toHaveCount(0)
})

/** What is offered to whoever types. */
function offered (page: Page): Locator {
  return page.locator('.cm-tooltip-autocomplete').getByRole('option')
}

/** Moves on by Tab until something has the focus. */
async function tabTo (page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('Tab does not reach it')
}
