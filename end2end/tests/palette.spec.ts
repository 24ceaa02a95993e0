// The palette and the list of shortcuts: everything is found, chosen and left from the keyboard, on a screen and on a phone, in light and in dark.
import type { Locator, Page } from '@playwright/test'
import { audit, expect, test, type Stage } from '../fixtures/quorum.ts'
import { editor, exported, hydrated, saved } from '../fixtures/proposal.ts'

/** A screen, and a phone. */
const WIDTHS = [1280, 390]

const TEXT = `# Ledger

What it is.

## Double entry

\`\`\`sh
# not a heading
\`\`\`

${'Words about money.\n\n'.repeat(60)}## What fails

Everything, once.
`

test('a design is found by its number, its title and its text, and opened', async ({ stage }) => {
  const { page, palette } = await begin(stage)
  await page.goto('/settings')
  await hydrated(page)
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('D-1')
  await expect(selected(palette)).toHaveText(/^D-1 Ledger/)
  await retype(page, 'ldgr')
  await expect(selected(palette)).toHaveText(/^D-1 Ledger/)
  await expect(selected(palette).locator('mark')).toHaveText(['L', 'dg', 'r'])
  await retype(page, 'everything once')
  await expect(selected(palette)).toContainText('Everything, once.')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/teams/${stage.slug}/designs/1`)
  await expect(palette).toBeHidden()

  // What was chosen last comes first, on the next page too.
  await page.reload()
  await hydrated(page)
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([/^D-1 Ledger/])
  await page.keyboard.type('zzzz')
  await expect(palette.getByRole('status').filter({ hasText: 'Nothing is called “zzzz”.' })).toBeVisible()
})

test('headings are gone to, in the rendered text and in the one being written', async ({ stage }) => {
  const { page, palette, proposal } = await begin(stage)
  await page.goto(`${proposal}/read`)
  await hydrated(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('#')
  await expect(palette.getByRole('option')).toHaveText(['Ledger', 'Double entry', 'What fails'])
  await page.keyboard.type('fails')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'What fails' })).toBeFocused()
  await expect(page.getByRole('heading', { name: 'What fails' })).toBeInViewport()

  await page.goto(`${proposal}/write`)
  await page.locator('.cm-content[contenteditable="true"]').focus()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('#')
  await expect(palette.getByRole('option')).toHaveText(['Ledger', 'Double entry', 'What fails'])
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type(', and how')
  await saved(page)
  expect(await exported(page)).toContain('## What fails, and how\n')
})

test('what can be done on a page is offered there, and nowhere else', async ({ stage }) => {
  const { page, palette, proposal } = await begin(stage)
  await page.goto(`${proposal}/write`)
  await hydrated(page)
  await page.locator('.cm-content[contenteditable="true"]').waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('close…')
  await expect(selected(palette)).toHaveText(/^Close…/)
  await retype(page, 'sfr')
  await expect(selected(palette)).toHaveText('Send for review')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Send for review' })
  await expect(dialog).toBeVisible()
  // It is to be answered first.
  await page.keyboard.press('Control+k')
  await expect(palette).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('review')
  await expect(palette.getByRole('option', { name: 'Review Views of this proposal' })).toBeVisible()
  await retype(page, '>new des')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/teams/${stage.slug}/designs/new`)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('>send for')
  await expect(palette.getByRole('option')).toHaveCount(0)
  await retype(page, '>dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('people are found, where the page of people shows them', async ({ stage }) => {
  const { page, palette } = await begin(stage)
  stage.join('Zoë Zimmer')
  await page.goto('/')
  await hydrated(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('@zoe')
  await expect(selected(palette)).toHaveText(/^Zoë Zimmer/)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/teams/${stage.slug}/people`)
  await expect(page.getByRole('listitem').filter({ hasText: 'Zoë Zimmer' })).toBeFocused()
})

test('signing out forgets what was chosen', async ({ stage }) => {
  const { page, palette } = await begin(stage)
  await page.goto('/')
  await hydrated(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('settings')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings')
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('recent ')))).toHaveLength(1)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('log out')
  await expect(selected(palette)).toHaveText('Sign out')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sign-in')
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('recent ')))).toEqual([])
})

test('in the editor the key makes a link of selected words, else it opens the palette, and the caret stays', async ({ stage }) => {
  const { page, palette, proposal } = await begin(stage)
  await page.goto(`${proposal}/write`)
  await page.locator('.cm-content[contenteditable="true"]').focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('End')
  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  // Nothing of it reaches the text.
  await page.keyboard.type('nothing of this')
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type(' of money')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await page.keyboard.press('Control+k')
  await expect(palette).toBeHidden()
  await page.keyboard.type('https://example.com')
  await saved(page)
  expect(await exported(page)).toContain('# Ledger of [money](https://example.com)\n')
})

test('without a connection the page is offered, and that designs are not is said', async ({ stage }) => {
  stage.expectComplaints(/ERR_FAILED/)
  const { page, palette } = await begin(stage)
  await page.goto('/')
  await hydrated(page)
  // Loaded once, it opens without a network.
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.context().setOffline(true)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('set')
  await expect(palette.getByRole('status').filter({ hasText: 'There is no connection' })).toBeVisible()
  await expect(selected(palette)).toHaveText('Settings')
  await page.context().setOffline(false)
})

test('keys go from place to place and along lists, are listed, and can be switched off', async ({ stage }) => {
  const { page } = await begin(stage)
  const program = stage.program(stage.join('Ann'))
  await program.design('Second', 'Words.\n')
  await page.goto('/settings')
  await hydrated(page)
  await press(page, 'g', 'd')
  await page.waitForURL(`**/teams/${stage.slug}`)
  await expect(page.getByRole('link', { name: 'Second' })).toBeVisible()
  await press(page, 'j', 'j')
  await expect(page.getByRole('link', { name: 'Ledger' })).toBeFocused()
  await press(page, 'k')
  await expect(page.getByRole('link', { name: 'Second' })).toBeFocused()
  await press(page, 'j', 'Enter')
  await page.waitForURL('**/designs/1/proposals/1/read')
  await press(page, 'g', 'i')
  await page.waitForURL((at) => at.pathname === '/')

  await press(page, '?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(list.getByRole('heading')).toHaveText(['Keyboard shortcuts', 'Everywhere', 'In lists', 'In a proposal', 'While writing', 'In a table'])
  await expect(list.getByText('Go to the inbox').locator('..')).toHaveText(/G then I/)
  const single = list.getByRole('checkbox', { name: /^Shortcuts of single keys/ })
  await page.keyboard.press('Tab')
  await expect(single).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await page.reload()
  await hydrated(page)
  await press(page, '?', 'g', 'd')
  await expect(list).toBeHidden()
  expect(new URL(page.url()).pathname).toBe('/')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('shortcuts')
  await page.keyboard.press('Enter')
  await expect(single).not.toBeChecked()
})

test('the keys of the pages are switched off with the others', async ({ stage }) => {
  const { page, proposal } = await begin(stage)
  await page.goto(`${proposal}/read`)
  await hydrated(page)
  await page.getByRole('button', { name: 'Comment on the whole proposal' }).click()
  const composer = page.getByRole('form', { name: 'New thread' })
  await composer.getByLabel('Your comment').fill('Why?')
  await page.keyboard.press('Control+Enter')
  const thread = page.locator('.thread')
  await expect(thread).toContainText('Why?')
  await page.reload()
  await hydrated(page)
  await press(page, ']')
  await expect(thread).toBeFocused()
  await page.evaluate(() => localStorage.setItem('single-keys', 'off'))
  await page.reload()
  await hydrated(page)
  await press(page, ']')
  await page.waitForTimeout(200)
  await expect(thread).not.toBeFocused()
})

test('neither palette nor list has a barrier, and both fit', async ({ stage }) => {
  const { page, palette, proposal } = await begin(stage)
  await page.goto(`${proposal}/read`)
  await hydrated(page)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    await page.keyboard.press('Control+k')
    for (const typed of ['', 'le', 'zzzz', '#', '@']) {
      await retype(page, typed)
      await expect(palette).not.toHaveAttribute('aria-busy', 'true')
      await audit(page)
    }
    await retype(page, 'e')
    await page.keyboard.press('ArrowUp')
    await expect(selected(palette)).toBeInViewport({ ratio: 0.9 })
    await page.keyboard.press('Escape')
    await press(page, '?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await audit(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await page.keyboard.press('Escape')
  }
})

test('a button opens it on a screen and on a phone, and has the focus again afterwards', async ({ stage }) => {
  const { page, palette } = await begin(stage)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/')
    await hydrated(page)
    const button = page.getByRole('button', { name: 'Search or do…' })
    await button.focus()
    await page.keyboard.press('Enter')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(button).toBeFocused()
  }
})

/** A design's author, with the design's proposal and the palette. */
async function begin (stage: Stage): Promise<{ page: Page, palette: Locator, proposal: string }> {
  const { page, email } = await stage.enter('Ann')
  await stage.program(email).design('Ledger', TEXT)
  return { page, palette: page.getByRole('dialog', { name: 'Search or do' }), proposal: `/teams/${stage.slug}/designs/1/proposals/1` }
}

/** The item that Enter would choose. */
const selected = (palette: Locator): Locator => palette.getByRole('option', { selected: true })

/** Types something else. */
async function retype (page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Backspace')
  await page.keyboard.type(text)
}

/** Presses keys one after the other, as somebody's fingers do. */
async function press (page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
