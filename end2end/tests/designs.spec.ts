// A team's designs: found, begun, imported, renamed, archived, deleted; changes proposed and given up; what is kept of a merge.
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../fixtures/quorum.ts'
import { editor, hydrated, importDesign, saved, status, typeAtEnd } from '../fixtures/proposal.ts'
import type { Design, Program } from '../fixtures/program.ts'

/** What the server refuses is an error to the console. */
const REFUSED = /status of (403|404|409|422)/

test('search follows the typing, marks what it found, and stays in the address with the filters', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  await program.design('Ledger', '# Ledger\n\nEvery payment is written twice.\n')
  await program.design('Cache', '# Cache\n\nA ledger of <b>hits</b> is kept in memory.\n')
  const sent = await program.design('Webhooks', '# Webhooks\n\nRetries with a growing pause.\n')
  await program.send(sent.proposal)
  const { page } = ann
  await page.goto(`/teams/${stage.slug}`)
  await hydrated(page)
  await expect(rows(page)).toHaveCount(3)

  const search = page.getByRole('searchbox', { name: 'Search designs' })
  await search.pressSequentially('ledg')
  await expect(rows(page)).toHaveCount(2)
  await expect(page).toHaveURL(/\?q=ledg$/)
  await expect(search).toBeFocused()
  await expect(rows(page).filter({ hasText: 'Cache' }).locator('mark')).toHaveText(['ledger'])
  // The passage shows the text as text.
  await expect(rows(page).filter({ hasText: 'Cache' })).toContainText('hits')
  await expect(rows(page).locator('b')).toHaveCount(0)

  await search.fill('growing')
  await expect(rows(page)).toHaveCount(1)
  const filters = page.getByRole('group', { name: 'Filters' })
  await filters.getByRole('link', { name: 'In review' }).click()
  await expect(page).toHaveURL(/\?q=growing&proposal=in_review$/)
  await page.reload()
  await hydrated(page)
  await expect(search).toHaveValue('growing')
  await expect(filters.getByRole('link', { name: 'In review' })).toHaveAttribute('aria-current', 'true')
  await expect(rows(page)).toHaveText([/Webhooks/])
  await search.fill('payment')
  await expect(page.getByRole('heading', { name: 'No such design' })).toBeVisible()
  await page.getByRole('link', { name: 'Show all designs' }).click()
  await expect(rows(page)).toHaveCount(3)
  await expect(search).toHaveValue('')
  await filters.getByRole('link', { name: 'Draft' }).click()
  await expect(rows(page)).toHaveCount(2)
  await page.goBack()
  await expect(rows(page)).toHaveCount(3)
})

test('a long list comes in pages and goes on where it ended', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  for (let number = 1; number <= 53; number++) await program.design(`Design ${number}`, `# Design ${number}\n`)
  const { page } = ann
  await page.goto(`/teams/${stage.slug}`)
  await hydrated(page)
  await expect(rows(page)).toHaveCount(50)
  const more = page.getByRole('button', { name: 'Show more' })
  await more.click()
  await expect(rows(page)).toHaveCount(53)
  await expect(more).toHaveCount(0)
  const numbers = (await rows(page).locator('.number').allTextContents()).map((text) => Number(text.replace('D-', '')))
  expect(numbers).toEqual(Array.from({ length: 53 }, (_, place) => 53 - place))
  // A new one appears above them while they are looked at.
  await program.design('The newest', '# The newest\n')
  await expect(rows(page).first()).toContainText('The newest')
  await expect(rows(page)).toHaveCount(54)
})

test('an empty team says what a design is, and offers to begin one to those who may', async ({ stage }) => {
  const [ann, vera] = [await stage.enter('Ann'), await stage.enter('Vera', 'viewer')]
  for (const { page } of [ann, vera]) {
    await page.goto(`/teams/${stage.slug}`)
    await expect(page.getByRole('heading', { name: 'No designs yet' })).toBeVisible()
  }
  const ways = /^(New design|Start from a template|Import Markdown)$/
  await expect(vera.page.getByRole('link', { name: ways })).toHaveCount(0)
  await expect(ann.page.getByRole('link', { name: ways })).toHaveCount(3)
  await ann.page.getByRole('link', { name: 'Import Markdown' }).click()
  await expect(ann.page.getByRole('heading', { name: 'New design' })).toBeVisible()
  await ann.page.goto(`/teams/${stage.slug}?archived=1`)
  await expect(ann.page.getByText('Nothing is archived.')).toBeVisible()
})

test('a design begins from a template under its own title', async ({ stage }) => {
  const { page } = await stage.enter('Ann')
  await page.goto(`/teams/${stage.slug}/designs/new`)
  await hydrated(page)
  await page.getByLabel('Title').fill('One queue less')
  await page.getByRole('radio', { name: /Decision record/ }).check()
  await page.getByRole('button', { name: 'Create design' }).click()
  await page.waitForURL(/\/designs\/1\/proposals\/1\/write$/)
  await expect(editor(page)).toContainText('One queue less')
  await expect(editor(page)).toContainText('Context')
  await expect(page.getByRole('heading', { level: 1, name: 'One queue less' })).toBeVisible()
  await expect(status(page)).toContainText('Saved')
})

test('a design is imported by paste, as a file and by drop, and its text is not touched', async ({ stage }) => {
  const { page } = await stage.enter('Ann')
  const exported = async (): Promise<string> => await (await page.request.get(page.url().replace(/write$/, 'export?as=imported'))).text()

  const pasted = '---\ntitle: From the front matter\n---\n\n# A heading\n\nPasted.\n'
  await page.goto(`/teams/${stage.slug}/designs/new`)
  await hydrated(page)
  await page.getByRole('link', { name: /Markdown/ }).click()
  await page.getByLabel('Or paste the text').fill(pasted)
  await page.getByRole('button', { name: 'Import' }).click()
  await page.waitForURL(/\/designs\/1\/proposals\/1\/write$/)
  await expect(page.getByRole('heading', { level: 1, name: 'From the front matter' })).toBeVisible()
  expect(await exported()).toBe(pasted)

  const file = '\ufeff# Of a file\r\n\r\nWith CRLF — and “quotes”.\r\n'
  await importDesign(page, stage.slug, 'file.md', file)
  await expect(page.getByRole('heading', { level: 1, name: 'Of a file' })).toBeVisible()
  expect(Buffer.from(await (await page.request.get(page.url().replace(/write$/, 'export?as=imported'))).body())).toEqual(Buffer.from(file))

  await page.goto(`/teams/${stage.slug}/designs/new?from=file`)
  await hydrated(page)
  const dropped = '# Dropped\n\nFrom the desktop.\n'
  const dataTransfer = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'dropped.md', { type: 'text/markdown' }))
    return transfer
  }, dropped)
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer })
  await expect(page.getByRole('status').filter({ hasText: 'dropped.md' })).toBeVisible()
  await page.getByLabel(/^Title/).fill('A title of my own')
  await page.getByRole('button', { name: 'Import' }).click()
  await page.waitForURL(/\/designs\/3\/proposals\/1\/write$/)
  await expect(page.getByRole('heading', { level: 1, name: 'A title of my own' })).toBeVisible()
  expect(await exported()).toBe(dropped)
})

test('what is only proposed opens where it is written, what is accepted as it was accepted, and each page says whose it is', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  await program.design('Proposed', '# Proposed\n')
  await merged(program, stage.program(stage.join('Rita', 'commenter')), 'Decided', '# Decided\n')
  const { page } = ann
  for (const [title, address] of [['Proposed', /\/designs\/1\/proposals\/1\/read$/], ['Decided', /\/designs\/2$/]] as const) {
    await page.goto(`/teams/${stage.slug}`)
    await hydrated(page)
    await rows(page).getByRole('link', { name: title, exact: true }).click()
    await page.waitForURL(address)
    const team = page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').first()
    await expect(team).toHaveText(`Team ${stage.slug}`)
    await expect(team).toHaveAttribute('href', `/teams/${stage.slug}`)
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Designs' })).toHaveAttribute('aria-current', 'true')
  }
})

test('a design is renamed in place, and its history keeps both names', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const ann = await stage.enter('Ann')
  await stage.program(ann.email).design('Befor', '# Befor\n')
  const { page } = ann
  await page.goto(`/teams/${stage.slug}/designs/1`)
  await hydrated(page)
  await rename(page, ' '.repeat(5))
  await expect(page.getByRole('alert')).toContainText('Please give a title.')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Befor' })).toBeVisible()
  await rename(page, 'Before')
  await expect(page.getByRole('heading', { level: 1, name: 'Before' })).toBeVisible()
  await expect(page).toHaveTitle(/D-1 Before/)
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveText([/Ann renamed it from “Befor” to “Before”/, /Ann imported it as “Befor”/])
})

test('an archived design leaves the list, is found by the filter, and comes back', async ({ stage }) => {
  const admin = await stage.enter('Ada Admin', 'admin')
  const program = stage.program(admin.email)
  await program.design('Keeps', '# Keeps\n')
  await program.design('Goes', '# Goes\n')
  const { page } = admin
  await page.goto(`/teams/${stage.slug}/designs/2`)
  await hydrated(page)
  await menu(page, 'Archive')
  await expect(page.getByText('This design is archived: hidden from lists and read-only.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Propose a change' })).toHaveCount(0)
  await page.goto(`/teams/${stage.slug}`)
  await hydrated(page)
  await expect(rows(page)).toHaveText([/Keeps/])
  await page.getByRole('link', { name: 'Archived' }).click()
  await expect(rows(page)).toHaveText([/Goes.*Archived/])
  await rows(page).getByRole('link', { name: 'Goes' }).click()
  await page.waitForURL(/\/designs\/2$/)
  await menu(page, 'Take out of the archive')
  await expect(page.getByText('This design is archived')).toHaveCount(0)
  await page.goto(`/teams/${stage.slug}`)
  await expect(rows(page)).toHaveCount(2)
})

test('deleting asks for the title, and only what was never decided can be deleted', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const admin = await stage.enter('Ada Admin', 'admin')
  const program = stage.program(admin.email)
  await program.design('A mistake', '# A mistake\n')
  await merged(program, stage.program(stage.join('Rita', 'commenter')), 'Decided', '# Decided\n')
  const { page } = admin
  await page.goto(`/teams/${stage.slug}/designs/1`)
  await hydrated(page)
  await menu(page, 'Delete…')
  const dialog = page.getByRole('dialog', { name: 'Delete this design' })
  await dialog.getByRole('textbox').fill('a mistake')
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Type the title exactly to delete it: A mistake')
  await dialog.getByRole('textbox').fill('A mistake')
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await page.waitForURL(new RegExp(`/teams/${stage.slug}$`))
  await expect(rows(page)).toHaveText([/Decided/])

  await page.goto(`/teams/${stage.slug}/designs/2`)
  await hydrated(page)
  await page.getByRole('button', { name: 'More about this design' }).click()
  await expect(page.getByRole('group', { name: 'More about this design' }).getByRole('button')).toHaveText(['Archive'])
})

test('a change to an accepted design is proposed, closed with its reason, and reopened', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  await merged(program, stage.program(stage.join('Rita', 'commenter')), 'Ledger', '# Ledger\n\nOne replica.\n')
  const { page } = ann
  await page.goto(`/teams/${stage.slug}/designs/1`)
  await hydrated(page)
  await page.getByRole('button', { name: 'Propose a change' }).click()
  const propose = page.getByRole('dialog', { name: 'Propose a change' })
  await propose.getByLabel('Title').fill('Three replicas')
  await propose.getByLabel('Why').fill('One is not enough.')
  await propose.getByRole('button', { name: 'Propose', exact: true }).click()
  await page.waitForURL(/\/designs\/1\/proposals\/2\/write$/)
  await expect(editor(page)).toContainText('One replica.')
  await typeAtEnd(page, '\nMake it three.\n')
  await saved(page)

  await page.getByRole('button', { name: 'More about this proposal' }).click()
  await page.getByRole('button', { name: 'Close…' }).click()
  const close = page.getByRole('dialog', { name: 'Close this proposal' })
  await close.getByLabel('Why?').fill('Overtaken by events.')
  await close.getByRole('button', { name: 'Close the proposal' }).click()
  await expect(page.getByText('Closed: Overtaken by events.')).toBeVisible()
  await expect(editor(page)).toHaveAttribute('contenteditable', 'false')
  await expect(page.getByRole('button', { name: /Send/ })).toHaveCount(0)

  await page.getByRole('button', { name: 'Reopen' }).click()
  await expect(page.getByText('Closed: Overtaken by events.')).toHaveCount(0)
  await expect(editor(page)).toHaveAttribute('contenteditable', 'true')
  await typeAtEnd(page, 'After all.\n')
  await saved(page)
  await page.goto(`/teams/${stage.slug}/designs/1`)
  await expect(page.getByRole('region', { name: 'Proposals' }).getByRole('listitem')).toHaveText([/Draft.*P-2.*Three replicas.*One is not enough/, /Merged.*P-1/])
})

test('a decision keeps text, votes and dissent, and the history leads to it', async ({ stage }) => {
  const ann = await stage.enter('Ann')
  const [program, rita, dan] = [stage.program(ann.email), stage.program(stage.join('Rita', 'commenter')), stage.program(stage.join('Dan'))]
  const { proposal } = await program.design('Ledger', '# Ledger\n\nEvery payment is written twice.\n')
  const revision = await program.send(proposal)
  await dan.review(proposal, revision, 'comment', 'I would have used one entry.')
  await rita.review(proposal, revision, 'approve', 'Twice is right.')
  await program.merge(proposal, revision)
  const { page } = ann
  await page.goto(`/teams/${stage.slug}/designs/1`)
  await expect(page.getByRole('article', { name: 'Accepted text' })).toContainText('Every payment is written twice.')
  await page.getByRole('link', { name: 'History' }).click()
  const lines = page.getByRole('main').getByRole('listitem')
  await expect(lines).toHaveText([/Ann merged revision 1 of P-1 as version 1/, /Ann sent revision 1 of P-1 for review/, /Ann imported it/])
  await lines.first().getByRole('link', { name: /^merged revision 1/ }).click()
  await page.waitForURL(/\/decisions\/1$/)
  const votes = page.getByRole('region', { name: 'Votes on revision 1' }).getByRole('listitem')
  await expect(votes).toHaveCount(2)
  await expect(votes.filter({ hasText: 'Rita' })).toContainText(/counted/)
  await expect(votes.filter({ hasText: 'Dan' })).toContainText('I would have used one entry.')
  await expect(votes.filter({ hasText: 'Dan' })).not.toContainText(/counted/)
  await expect(page.getByRole('region', { name: 'Accepted text' })).toContainText('Every payment is written twice.')
  await expect(page.getByText('No thread was open at the merge.')).toBeVisible()
})

/** The lines of the list. */
const rows = (page: Page): Locator => page.locator('ul.designs > li')

/** Presses something in the menu of a design. */
async function menu (page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'More about this design' }).click()
  await page.getByRole('group', { name: 'More about this design' }).getByRole('button', { name: words, exact: true }).click()
}

async function rename (page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill(title)
  await page.getByRole('button', { name: 'Rename' }).click()
}

/** A design whose first text is accepted. */
async function merged (author: Program, reviewer: Program, title: string, markdown: string): Promise<Design> {
  const design = await author.design(title, markdown)
  const revision = await author.send(design.proposal)
  await reviewer.review(design.proposal, revision, 'approve')
  await author.merge(design.proposal, revision)
  return design
}
