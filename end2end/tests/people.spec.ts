// Who is in a team and what they may do.
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../fixtures/quorum.ts'
import { hydrated } from '../fixtures/proposal.ts'

/** What the server refuses is an error to the console. */
const REFUSED = /status of (403|404|409)/

test('an invitation is made, copied, listed without its link, and revoked', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const { page, context } = await stage.enter('Ada Admin', 'admin')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await people(page, stage.slug)
  await page.getByLabel('E-mail (optional)').fill('nia@example.org')
  await page.getByLabel('Role', { exact: true }).selectOption('Viewer')
  await page.getByRole('button', { name: 'Make an invitation link' }).click()
  const link = await page.getByLabel('Invitation link').inputValue()
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByText('Copied.')).toBeVisible()
  expect(await page.evaluate(async () => await navigator.clipboard.readText())).toBe(link)

  const open = page.getByRole('region', { name: 'Open invitations' })
  await expect(open).toContainText('nia@example.org')
  await expect(open).toContainText('Viewer, invited by Ada Admin')
  // It is shown once.
  await page.reload()
  await hydrated(page)
  await expect(open.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByLabel('Invitation link')).toHaveCount(0)
  await open.getByRole('button', { name: 'Revoke' }).click()
  await expect(open).toHaveCount(0)
  const { page: late } = await stage.visit()
  await late.goto(link)
  await expect(late.getByText('This invitation cannot be used')).toBeVisible()
})

test('another role takes effect on the pages that are open', async ({ stage }) => {
  const admin = await stage.enter('Ada Admin', 'admin')
  const vera = await stage.enter('Vera', 'viewer')
  await vera.page.goto(`/teams/${stage.slug}`)
  await hydrated(vera.page)
  await expect(vera.page.getByRole('heading', { name: /^Designs of / })).toBeVisible()
  await expect(vera.page.getByRole('link', { name: 'New design' })).toHaveCount(0)
  await people(admin.page, stage.slug)
  await admin.page.getByLabel('Role of Vera').selectOption('Editor')
  await expect(vera.page.getByRole('link', { name: 'New design' })).toBeVisible()
  await admin.page.reload()
  await expect(admin.page.getByLabel('Role of Vera')).toHaveValue('editor')
})

test('somebody who is removed sees the team no more', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const admin = await stage.enter('Ada Admin', 'admin')
  const ben = await stage.enter('Ben')
  await stage.program(ben.email).design('A design', '# A design\n')
  await people(admin.page, stage.slug)
  await admin.page.getByRole('button', { name: 'More about Ben' }).click()
  await admin.page.getByRole('button', { name: 'Remove from the team' }).click()
  const dialog = admin.page.getByRole('dialog', { name: 'Remove Ben?' })
  await expect(dialog).toContainText('What they wrote stays.')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(row(admin.page, 'Ben')).toHaveCount(0)
  await expect(ben.page.getByRole('navigation', { name: 'Main' })).not.toContainText(stage.slug)
  await ben.page.goto(`/teams/${stage.slug}`)
  await expect(ben.page.getByRole('main')).toContainText('There is no such team')
  await admin.page.goto(`/teams/${stage.slug}`)
  await expect(admin.page.getByRole('main').getByRole('link', { name: 'A design' })).toBeVisible()
})

test('a member leaves; the last admin cannot, and is told what to do first', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const admin = await stage.enter('Ada Admin', 'admin')
  const ben = await stage.enter('Ben')
  await people(ben.page, stage.slug)
  await leave(ben.page, 'Ben')
  await ben.page.waitForURL(`${stage.url}/`)
  await expect(ben.page.getByRole('navigation', { name: 'Main' })).not.toContainText(stage.slug)

  await people(admin.page, stage.slug)
  await leave(admin.page, 'Ada Admin')
  const why = admin.page.getByRole('alert').filter({ hasText: 'This is the team\'s last admin. Make somebody else an admin first.' })
  await expect(why).toBeVisible()
  await admin.page.reload()
  await hydrated(admin.page)
  await admin.page.getByLabel('Role of Ada Admin').selectOption('Viewer')
  await expect(why).toBeVisible()
  // The page does not pretend that it was done.
  await expect(admin.page.getByLabel('Role of Ada Admin')).toHaveValue('admin')
  await expect(row(admin.page, 'Ada Admin')).toBeVisible()
})

test('a viewer reads everything and finds nothing to change', async ({ stage }) => {
  const editor = stage.join('Ed')
  const program = stage.program(editor)
  const { number, proposal } = await program.design('A design', '# A design\n\nSome words.\n')
  await program.send(proposal)
  const { page } = await stage.enter('Vera', 'viewer')
  await people(page, stage.slug)
  const main = page.getByRole('main')
  await expect(row(page, 'Ed')).toContainText('Editor')
  await expect(main.getByRole('combobox')).toHaveCount(0)
  await expect(main.getByText('Invite somebody')).toHaveCount(0)
  await expect(main.getByText('Open invitations')).toHaveCount(0)
  await expect(main.getByRole('button')).toHaveText(['']) // her own menu, to leave
  await page.getByRole('button', { name: 'More about Vera' }).click()
  await expect(page.getByRole('group', { name: 'More about Vera' }).getByRole('button')).toHaveText(['Leave the team'])

  const writes = /New design|Propose|Rename|Archive|Delete|Send|Merge|Close…|Hold|Comment|Resolve$|Submit/
  for (const path of ['', `/designs/${number}`, ...['write', 'read', 'review'].map((tab) => `/designs/${number}/proposals/1/${tab}`)]) {
    await page.goto(`/teams/${stage.slug}${path}`)
    await hydrated(page)
    await expect(page.getByText('A design').first()).toBeVisible()
    await expect(main.getByRole('button', { name: writes }).or(main.getByRole('link', { name: /New design/ })), path).toHaveCount(0)
  }
})

async function people (page: Page, slug: string): Promise<void> {
  await page.goto(`/teams/${slug}/people`)
  await hydrated(page)
}

async function leave (page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${name}` }).click()
  await page.getByRole('button', { name: 'Leave the team' }).click()
  await page.getByRole('dialog', { name: 'Leave the team?' }).getByRole('button', { name: 'Leave' }).click()
}

/** Somebody's line in the list of members. */
const row = (page: Page, name: string): Locator => page.locator('ul.people > li').filter({ has: page.getByText(name, { exact: true }) })
