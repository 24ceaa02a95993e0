// What stands beside a text: cards and passages that point at each other, filters, signs, edits, links to a comment.
import type { Page } from '@playwright/test'
import { audit, expect, test, type Stage } from '../fixtures/quorum.ts'
import { hydrated, openTab, selectPassage } from '../fixtures/proposal.ts'

const TEXT = '# Ledger\n\nEvery payment is written twice.\n\nThe ledger has one replica.\n'

test('a card and its passage point at each other', async ({ stage }) => {
  const { page } = await reading(stage)
  await discuss(page, 'one replica', 'What happens when it is lost?')
  await discuss(page, 'written twice', 'Why twice?')
  const [above, below] = [card(page, 'Why twice?'), card(page, 'What happens when it is lost?')]
  await below.hover()
  await expect.poll(() => highlighted(page)).toBe('one replica')
  for (const tab of ['Read', 'Write'] as const) {
    await openTab(page, tab)
    await hoverWords(page, 'written twice')
    await expect(above).toHaveAttribute('data-hovered', 'true')
    await expect(below).toHaveAttribute('data-hovered', 'false')
    await page.mouse.move(5, 5)
    await expect(above).toHaveAttribute('data-hovered', 'false')
  }
})

test('the list can be kept to one’s own threads', async ({ stage }) => {
  const [ann, ben] = [await reading(stage), await stage.enter('Ben', 'commenter')]
  await discuss(ann.page, 'one replica', 'Mine, says Ann.')
  await ben.page.goto(ann.page.url())
  await hydrated(ben.page)
  await discuss(ben.page, 'written twice', 'Mine, says Ben.')
  await ben.page.getByRole('button', { name: /^Mine/ }).click()
  await expect(ben.page.locator('.thread')).toHaveCount(1)
  await expect(card(ben.page, 'Mine, says Ben.')).toBeVisible()
  await expect(ben.page.getByRole('button', { name: /^Mine/ })).toHaveText('Mine1')
})

test('signs are left, counted, named and taken back; others see them at once, and a viewer leaves none', async ({ stage }) => {
  const [ann, ben, vic] = [await reading(stage), await stage.enter('Ben', 'commenter'), await stage.enter('Vic', 'viewer')]
  await discuss(ann.page, 'one replica', 'What happens when it is lost?')
  for (const { page } of [ben, vic]) {
    await page.goto(ann.page.url())
    await hydrated(page)
  }
  await expect(vic.page.getByRole('button', { name: 'React' })).toHaveCount(0)
  await ben.page.getByRole('button', { name: 'React' }).click()
  await audit(ben.page)
  await ben.page.getByRole('button', { name: 'Thumbs up' }).click()
  const shown = ann.page.getByRole('button', { name: 'Thumbs up: Ben' })
  await expect(shown).toHaveText(/1$/)
  await expect(shown).toHaveAttribute('aria-pressed', 'false')
  await shown.click()
  const both = (page: Page) => page.getByRole('button', { name: 'Thumbs up: Ben and Ann' })
  await expect(both(ben.page)).toHaveAttribute('aria-pressed', 'true')
  await expect(both(ben.page)).toHaveAttribute('title', 'Thumbs up: Ben and Ann')
  await expect(both(vic.page)).toHaveAttribute('aria-disabled', 'true')
  await audit(vic.page)
  await both(ben.page).click()
  await expect(vic.page.getByRole('button', { name: 'Thumbs up: Ann' })).toHaveText(/1$/)
  // The choice is left as it was found.
  const react = ben.page.getByRole('button', { name: 'React' })
  await react.click()
  await expect(ben.page.getByRole('button', { name: 'Heart' })).toBeVisible()
  await ben.page.keyboard.press('Escape')
  await expect(ben.page.getByRole('button', { name: 'Heart' })).toHaveCount(0)
  await expect(react).toBeFocused()
})

test('what a comment said before it was edited stays to be read', async ({ stage }) => {
  const [ann, vic] = [await reading(stage), await stage.enter('Vic', 'viewer')]
  await discuss(ann.page, 'one replica', 'What happens when it is lost?')
  const mine = ann.page.locator('.comment')
  for (const words of ['What happens when the disk is lost?', 'What **happens** when the disk is lost?']) {
    await mine.getByRole('button', { name: 'Edit', exact: true }).click()
    await ann.page.getByLabel('Your comment').fill(words)
    await ann.page.getByRole('button', { name: 'Save' }).click()
    await expect(ann.page.getByLabel('Your comment')).toHaveCount(0)
  }
  await expect(ann.page.locator('body')).not.toBeFocused()
  await vic.page.goto(ann.page.url())
  await hydrated(vic.page)
  const edited = vic.page.getByRole('button', { name: 'edited' })
  await edited.press('Enter')
  const dialog = vic.page.getByRole('dialog', { name: 'Edits of this comment' })
  await expect(dialog.getByRole('listitem')).toHaveCount(3)
  await expect(dialog.getByRole('listitem').nth(1).locator('ins')).toHaveText('the disk')
  await expect(dialog.getByRole('listitem').nth(1).locator('del')).toHaveText('it')
  await expect(dialog.getByRole('listitem').nth(2)).toContainText('What happens when it is lost?')
  await audit(vic.page)
  await vic.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(edited).toBeFocused()
})

for (const width of [1440, 900, 390]) {
  test(`a link to a comment opens its card at ${width} px`, async ({ stage }) => {
    const [ann, ben] = [await reading(stage), await stage.enter('Ben', 'viewer')]
    await discuss(ann.page, 'one replica', 'What happens when it is lost?')
    await card(ann.page, 'What happens').getByRole('button', { name: 'Resolve' }).click()
    await ann.page.getByRole('button', { name: /^Resolved/ }).click()
    const link = await card(ann.page, 'What happens').getByRole('link', { name: /^Link to this comment/ }).evaluate((link: HTMLAnchorElement) => link.href)
    await ben.page.setViewportSize({ width, height: 800 })
    await ben.page.goto(link)
    await hydrated(ben.page)
    const comment = ben.page.locator('.comment').filter({ hasText: 'What happens when it is lost?' })
    await expect(comment.first()).toBeFocused()
    await expect(comment.first()).toBeInViewport()
    await expect(card(ben.page, 'What happens')).toHaveAttribute('data-active', 'true')
    await ben.page.goto(link.replace(/#comment-.*/, '#comment-00000000-0000-0000-0000-000000000000'))
    await expect(ben.page.getByText('The comment that the link leads to is not here any more.')).toBeVisible()
  })
}

test('what waits in the inbox leads to the thread', async ({ stage }) => {
  const [ann, ben] = [await reading(stage), await stage.enter('Ben', 'commenter')]
  await ben.page.goto(ann.page.url())
  await hydrated(ben.page)
  await discuss(ben.page, 'one replica', 'What happens when it is lost?')
  await ann.page.goto('/')
  await hydrated(ann.page)
  await ann.page.getByRole('link', { name: /one replica/ }).click()
  await expect(card(ann.page, 'What happens')).toBeFocused()
})

test('the drawer takes the focus, and gives it back', async ({ stage }) => {
  const { page } = await reading(stage)
  await discuss(page, 'one replica', 'What happens when it is lost?')
  await page.setViewportSize({ width: 900, height: 800 })
  await page.reload()
  await hydrated(page)
  const button = page.getByRole('button', { name: /^Threads/ })
  for (const close of [() => page.keyboard.press('Escape'), () => page.getByRole('button', { name: 'Close' }).click()]) {
    await button.press('Enter')
    await expect(page.getByRole('button', { name: 'Close' })).toBeFocused()
    await close()
    await expect(page.locator('.thread')).toBeHidden()
    await expect(button).toBeFocused()
  }
})

/** A design's text, read by its author. */
async function reading (stage: Stage): Promise<{ page: Page }> {
  const { page, email } = await stage.enter('Ann')
  await stage.program(email).design('Ledger', TEXT)
  await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/read`)
  await hydrated(page)
  return { page }
}

/** The card that says something. */
const card = (page: Page, words: string) => page.locator('.thread').filter({ hasText: words })

/** Starts a thread on words of the tab Read. */
async function discuss (page: Page, quote: string, words: string): Promise<void> {
  await selectPassage(page, quote)
  await page.getByRole('button', { name: 'Comment', exact: true }).first().click()
  const composer = page.getByRole('form', { name: 'New thread' })
  await composer.getByLabel('Your comment').fill(words)
  await composer.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(card(page, words)).toBeVisible()
}

/** Where words are in the window. */
async function place (page: Page, words: string): Promise<{ left: number, middle: number }> {
  const found = await page.locator('.prose, .cm-content').first().evaluate((root, words) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(words) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + words.length)
      const { left, top, bottom } = range.getBoundingClientRect()
      return { left, middle: (top + bottom) / 2 }
    }
    return null
  }, words)
  if (!found) throw new Error(`“${words}” is not on the page`)
  return found
}

/** Brings the pointer onto words. */
async function hoverWords (page: Page, words: string): Promise<void> {
  await expect.poll(async () => await page.locator('.prose, .cm-content').first().textContent()).toContain(words)
  const { left, middle } = await place(page, words)
  await page.mouse.move(left + 5, middle, { steps: 2 })
}

/** The words of the passage that is marked as the one being read. */
async function highlighted (page: Page): Promise<string> {
  return await page.evaluate(() => [...(CSS.highlights.get('thread-active') ?? [])].map(String).join())
}
