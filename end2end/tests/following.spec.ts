// Who else is in a text: faces, going to somebody's caret, following them.
import type { Locator, Page } from '@playwright/test'
import { audit, expect, test, type Person, type Stage } from '../fixtures/quorum.ts'
import { editor, saved } from '../fixtures/proposal.ts'

const TEXT = `# Beginning\n\n${'Words about money.\n\n'.repeat(150)}# Middle\n\n${'Words about time.\n\n'.repeat(150)}# End\n`

test('one goes to the caret of somebody else from the keyboard', async ({ stage }) => {
  const { ann, ben } = await together(stage)
  await caretAt(ben.page, 'End')
  await face(ann.page, 'Ben').focus()
  await ann.page.keyboard.press('Enter')
  const go = ann.page.getByRole('button', { name: 'Go to Ben’s caret' })
  await expect(go).toBeVisible()
  await audit(ann.page)
  await ann.page.keyboard.press('Tab')
  await expect(go).toBeFocused()
  await ann.page.keyboard.press('Enter')
  await expect(editor(ann.page)).toBeFocused()
  await expect(ann.page.locator('.cm-other-caret')).toBeInViewport()
  await expect(heard(ann.page)).toHaveText('At Ben’s caret.')
  await ann.page.keyboard.type('Beside: ')
  await saved(ann.page)
  await expect(editor(ben.page)).toContainText(/Beside:/)
})

test('whoever is followed stays in view, until one scrolls, types, presses Escape or stops', async ({ stage }) => {
  const { ann, ben } = await together(stage)
  const chip = ann.page.getByText('Following Ben', { exact: true })
  await caretAt(ben.page, 'End')
  await follow(ann.page, 'Ben')
  await expect(chip).toBeVisible()
  await expect(heard(ann.page)).toHaveText('Following Ben. Press Escape to stop.')
  await audit(ann.page)
  await expect(ann.page.locator('.cm-other-caret')).toBeInViewport()
  await caretAt(ben.page, 'Home')
  await expect.poll(() => ann.page.evaluate(() => scrollY)).toBeLessThan(200)
  await expect(ann.page.locator('.cm-other-caret')).toBeInViewport()
  await caretAt(ben.page, 'End')
  await expect.poll(() => ann.page.evaluate(() => scrollY)).toBeGreaterThan(1000)

  await ann.page.keyboard.press('Escape')
  await expect(chip).toBeHidden()
  await expect(heard(ann.page)).toHaveText('No longer following Ben.')

  await follow(ann.page, 'Ben')
  await ann.page.mouse.move(400, 500)
  await ann.page.mouse.wheel(0, -300)
  await expect(chip).toBeHidden()
  const before = await ann.page.evaluate(() => scrollY)
  await caretAt(ben.page, 'Home')
  await expect(ann.page.locator('.cm-other-caret')).not.toBeInViewport()
  expect(Math.abs(await ann.page.evaluate(() => scrollY) - before)).toBeLessThan(400)

  await follow(ann.page, 'Ben')
  await expect(ann.page.locator('.cm-other-caret')).toBeInViewport()
  await editor(ann.page).click({ position: { x: 200, y: 100 } })
  await expect(chip).toBeHidden()

  await follow(ann.page, 'Ben')
  await ann.page.getByRole('button', { name: 'Stop following' }).click()
  await expect(chip).toBeHidden()
  await expect(face(ann.page, 'Ben')).toBeFocused()
})

test('who is not in the text is said to be elsewhere, and following ends when they leave', async ({ stage }) => {
  const { ann, ben } = await together(stage)
  await ben.page.getByRole('button', { name: 'Source' }).focus()
  await expect(ann.page.locator('.cm-other-caret')).toHaveCount(0)
  await face(ann.page, 'Ben').click()
  await expect(ann.page.getByText('Ben, not in the text at the moment')).toBeVisible()
  await expect(ann.page.getByRole('button', { name: 'Go to Ben’s caret' })).toBeDisabled()
  await ann.page.getByRole('button', { name: 'Follow Ben' }).click()
  await expect(ann.page.getByText('Following Ben, not in the text', { exact: true })).toBeVisible()
  await caretAt(ben.page, 'End')
  await expect(ann.page.getByText('Following Ben', { exact: true })).toBeVisible()
  await expect(ann.page.locator('.cm-other-caret')).toBeInViewport()
  await ben.page.goto('/')
  await expect(heard(ann.page)).toHaveText('Ben has left.')
  await expect(ann.page.getByText(/^Following/)).toHaveCount(0)
  await expect(face(ann.page, 'Ben')).toHaveCount(0)
})

test('whoever looks at something else is idle, in the name too', async ({ stage }) => {
  const { ann, ben } = await together(stage)
  await expect(face(ann.page, 'Ben')).toHaveAccessibleName('Ben')
  await hide(ben.page, true)
  await expect(face(ann.page, 'Ben')).toHaveAccessibleName('Ben, idle')
  await audit(ann.page)
  await hide(ben.page, false)
  await expect(face(ann.page, 'Ben')).toHaveAccessibleName('Ben')
})

test('many faces become a number that shows them all', async ({ stage }) => {
  const { ann } = await together(stage)
  for (const name of ['Cy', 'Di', 'Ed', 'Flo', 'Gus']) {
    const { page } = await stage.enter(name)
    await page.goto(ann.page.url())
  }
  const faces = ann.page.getByRole('list', { name: 'Here now' })
  const more = faces.getByRole('button', { name: 'Show 1 more' })
  await expect(more).toHaveText('+1')
  await expect(faces.getByRole('listitem')).toHaveCount(6)
  await more.click()
  await expect(face(ann.page, 'Gus')).toBeVisible()
  await expect(faces.getByRole('listitem')).toHaveCount(7)
})

/** Two people who write in one long text. */
async function together (stage: Stage): Promise<{ ann: Person, ben: Person }> {
  const [ann, ben] = [await stage.enter('Ann'), await stage.enter('Ben')]
  await stage.program(ann.email).design('Together', TEXT)
  for (const { page } of [ann, ben]) {
    await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
    await page.locator('.cm-content[contenteditable="true"]').waitFor()
  }
  await expect(face(ann.page, 'Ben')).toBeVisible()
  return { ann, ben }
}

/** Puts somebody's caret at an end of the text. */
async function caretAt (page: Page, end: 'Home' | 'End'): Promise<void> {
  await page.locator('.cm-content[contenteditable="true"]').focus()
  await page.keyboard.press(`Control+${end}`)
}

function face (page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Here now' }).getByRole('button', { name: new RegExp(`^${name}\\b`) })
}

async function follow (page: Page, name: string): Promise<void> {
  await face(page, name).click()
  await page.getByRole('button', { name: `Follow ${name}`, exact: true }).click()
}

/** What a screen reader was told of it last. */
function heard (page: Page): Locator {
  return page.locator('.presence [role=status]')
}

/** As if another window were in front. */
async function hide (page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}
