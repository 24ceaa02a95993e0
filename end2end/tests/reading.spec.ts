// What a rendered text does for whoever reads it: formulas, notes where they are referred to, diagrams that open large, paper.
import type { Page } from '@playwright/test'
import { audit, expect, test, type Stage } from '../fixtures/quorum.ts'
import { hydrated, openTab, saved, selectPassage, typeAtEnd } from '../fixtures/proposal.ts'

const TEXT = `# Ledger

It is $a^2 + b$ to the letter[^why].

\`\`\`rust
fn book(amount: u64) {}
\`\`\`

\`\`\`mermaid
flowchart LR
  Api --> Ledger
\`\`\`

[^why]: Because of *accountants*, and $n$.
`

test('a comment on a formula quotes its source, and stays on it when the page is drawn', async ({ stage }) => {
  const page = await reading(stage)
  await expect(page.locator('.prose p .katex').first()).toBeVisible()
  await select(page, '.maths .mord')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  const composer = page.getByRole('form', { name: 'New thread' })
  await expect(composer.locator('blockquote')).toHaveText('a^2 + b')
  await composer.getByLabel('Your comment').fill('Which letter?')
  await composer.getByRole('button', { name: 'Comment' }).click()
  await expect(page.getByRole('region', { name: 'Threads' })).toContainText('Which letter?')
  await select(page, 'code.language-rust .tok-keyword')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await composer.getByLabel('Your comment').fill('A function?')
  await composer.getByRole('button', { name: 'Comment' }).click()
  await expect(page.getByRole('region', { name: 'Threads' })).toContainText('A function?')

  await page.reload()
  await expect(page.locator('.prose p .katex').first()).toBeVisible()
  await expect(page.locator('.prose .tok-keyword')).toHaveText('fn')
  await expect.poll(() => highlighted(page)).toEqual([expect.stringContaining('a^2 + b'), 'fn'])
})

test('where what draws cannot be loaded, a formula is its source', async ({ stage }) => {
  stage.expectComplaints(/Failed to load resource: net::ERR_FAILED/)
  const page = await reading(stage)
  await page.route(/\/maths-/, (route) => route.abort())
  const refused = page.waitForEvent('requestfailed', (request) => /\/maths-/.test(request.url()))
  await page.reload()
  await refused
  const formula = page.locator('.prose p .maths').first()
  await expect(formula).toHaveText('a^2 + b')
  await expect(formula).toHaveCSS('font-family', /JetBrains Mono/)
})

test('a note is shown where it is referred to, by pointer and by keyboard', async ({ stage }) => {
  const page = await reading(stage)
  const reference = page.locator('.prose sup > a')
  const note = page.getByRole('tooltip')
  // Until what shows it has come.
  await expect(async () => {
    await page.mouse.move(0, 0)
    await reference.hover()
    await expect(note).toContainText('Because of accountants, and', { timeout: 2_000 })
  }).toPass()
  await expect(note.locator('.katex')).toBeVisible()
  await audit(page)
  await note.hover()
  await expect(note).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(note).toBeHidden()
  await reference.focus()
  await expect(note).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(note).toBeHidden()
})

test('a diagram opens large, is moved and enlarged from the keyboard, and closes', async ({ stage }) => {
  const page = await reading(stage)
  await expect(page.locator('.prose .diagram img')).toBeVisible()
  const enlarge = page.getByRole('button', { name: 'Enlarge' })
  await enlarge.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  const picture = dialog.getByRole('img')
  const small = (await picture.boundingBox())!
  await audit(page)
  await page.keyboard.press('+')
  await dialog.getByRole('button', { name: 'Larger' }).click()
  const large = (await picture.boundingBox())!
  expect(large.width).toBeGreaterThan(small.width * 1.5)
  await page.keyboard.press('ArrowRight')
  expect((await picture.boundingBox())!.x).toBe(large.x - 60)
  await picture.hover()
  await page.mouse.down()
  await page.mouse.move(300, 300)
  await page.mouse.move(310, 340)
  await page.mouse.up()
  expect((await picture.boundingBox())!.y).not.toBe(large.y)
  await dialog.getByRole('button', { name: 'All of it' }).click()
  expect(await picture.boundingBox()).toEqual(small)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(enlarge).toBeFocused()
})

test('on paper there is the text and nothing to press', async ({ stage }) => {
  const page = await reading(stage)
  await expect(page.locator('.prose p .katex').first()).toBeVisible()
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect(page.locator('.prose .maths:not(.drawn)')).toHaveCount(0)
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.prose')).toBeVisible()
  for (const hidden of ['.navigation', '.tabs', '.desk .margin', '.desk-bar']) await expect(page.locator(hidden).first()).toBeHidden()
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0)
})

test('a link to a passage leads to it, also when the text around it and its own words have changed', async ({ stage }) => {
  const page = await reading(stage)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await selectPassage(page, 'to the letter')
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Link copied.')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const visitor = await stage.enter('Vic', 'viewer')
  await visitor.page.goto(link)
  await expect.poll(() => linkedPassage(visitor.page)).toBe('to the letter')
  await expect(visitor.page.locator('.prose p').filter({ hasText: 'to the letter' })).toBeFocused()
  await audit(visitor.page)

  await openTab(page, 'Write')
  await typeAtEnd(page, '')
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('One more paragraph.\n\n')
  await saved(page)
  await visitor.page.goto('/')
  await visitor.page.goto(link)
  await expect.poll(() => linkedPassage(visitor.page)).toBe('to the letter')

  await page.keyboard.press('Control+a')
  await page.keyboard.type('# Something else\n')
  await saved(page)
  await visitor.page.goto('/')
  await visitor.page.goto(link)
  const gone = visitor.page.getByRole('status').filter({ hasText: 'is not in this text any more' })
  await expect(gone).toBeVisible()
  await audit(visitor.page)
  await gone.getByRole('button', { name: 'Close' }).click()
  await expect(gone).toHaveCount(0)
})

test('a link to a passage is copied while writing too', async ({ stage }) => {
  const page = await reading(stage)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openTab(page, 'Write')
  await typeAtEnd(page, '\n\nThe **ledger** is [closed](https://example.org/a/b) at night.')
  await saved(page)
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Alt+F10')
  const copy = page.getByRole('button', { name: 'Copy a link to this passage' })
  // From the first round to the last, which tells who wrote it, and to the one before.
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(copy).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Link copied.')).toBeVisible()
  await page.goto(await page.evaluate(() => navigator.clipboard.readText()))
  await expect.poll(() => linkedPassage(page)).toBe('The ledger is closed at night')
})

test('a text says how long it takes to read', async ({ stage }) => {
  const { page, email } = await stage.enter('Ann')
  await stage.program(email).design('Ledger', `# Ledger\n\n${'word '.repeat(439)}\n\n\`\`\`\n${'code '.repeat(500)}\n\`\`\`\n`)
  await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/read`)
  await expect(page.getByText('2 min to read · 440 words')).toBeVisible()
})

test('the outline shows where one is, and folds', async ({ stage }) => {
  const { page, email } = await stage.enter('Ann')
  const paragraph = `${'Words to scroll past. '.repeat(150)}\n\n`
  await stage.program(email).design('Ledger', ['# Ledger', '## Storage', '### Disks', '### Tapes', '## Network'].map((heading) => `${heading}\n\n${paragraph}`).join(''))
  await page.setViewportSize({ width: 1500, height: 800 })
  await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/read`)
  await hydrated(page)
  const outline = page.getByRole('navigation', { name: 'Outline' })
  const here = outline.locator('[aria-current=location]')
  await expect(here).toHaveText('Ledger')
  await outline.getByRole('link', { name: 'Tapes' }).click()
  await expect(here).toHaveText('Tapes')
  const fold = outline.getByRole('button', { name: 'Parts of “Storage”' })
  await fold.click()
  await expect(fold).toHaveAttribute('aria-expanded', 'false')
  await expect(outline.getByRole('link')).toHaveText(['Ledger', 'Storage', 'Network'])
  // Of what is folded, the heading that one sees.
  await expect(here).toHaveText('Storage')
  await audit(page)
  // Where there is no room beside the text it is above it, and opened when it is wanted.
  await page.setViewportSize({ width: 390, height: 800 })
  await expect(outline.getByRole('link')).toHaveCount(0)
  await page.getByRole('button', { name: 'Outline' }).click()
  await expect(outline.getByRole('link')).toHaveText(['Ledger', 'Storage', 'Network'])
  await audit(page)
  await outline.getByRole('link', { name: 'Network' }).click()
  await expect(page.getByRole('heading', { name: 'Network' })).toBeInViewport()
})

test('whoever leaves the text by a link finds the next page alive', async ({ stage }) => {
  const page = await reading(stage)
  // Until the text is alive too, there is nothing that could go wrong with it.
  await select(page, 'p')
  await expect(page.getByRole('button', { name: 'Comment', exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Ann Other')
  await page.getByRole('button', { name: 'Change name' }).click()
  await expect(page.getByRole('link', { name: 'Ann Other' }).or(page.getByText('Ann Other')).first()).toBeVisible()
})

/** The words of the passage that the address leads to. */
async function linkedPassage (page: Page): Promise<string> {
  return await page.evaluate(() => [...(CSS.highlights.get('linked-passage') ?? [])].map(String).join())
}

/** A design's text, read by its author. */
async function reading (stage: Stage): Promise<Page> {
  const { page, email } = await stage.enter('Ann')
  await stage.program(email).design('Ledger', TEXT)
  await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/read`)
  await hydrated(page)
  return page
}

/** Selects the text of the first element of a kind. */
async function select (page: Page, kind: string): Promise<void> {
  await page.locator(`.prose ${kind}`).first().evaluate((element) => getSelection()!.selectAllChildren(element))
}

/** The texts of the passages that are marked as having an open thread, in the order of the page. */
async function highlighted (page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const ranges = [...(CSS.highlights.get('thread-open') ?? [])] as Range[]
    ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b))
    return ranges.map(String)
  })
}
