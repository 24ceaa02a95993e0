// Suggesting: what is typed is shown to whoever may write, who accepts it or says no; the text itself is left alone until then.
import type { Page } from '@playwright/test'
import { audit, expect, test, type Person, type Stage } from '../fixtures/quorum.ts'
import { editor, exported, hydrated, openedByTwo, openTab, saved, sendForReview, status } from '../fixtures/proposal.ts'

const TEXT = '# Ledger\n\nEvery payment is written twice.\n\nOne table holds the entries.\n'

test('a commenter suggests, an editor accepts, and both read the same', async ({ stage }) => {
  const { ann, bo } = await openedByTwo(stage, TEXT, 'commenter')
  await expect(editor(bo.page)).toHaveAttribute('aria-label', /What you type is suggested/)
  await replace(bo.page, 'twice', 'three times')
  await saved(bo.page)
  expect(await exported(ann.page)).toBe(TEXT)

  // In the text of whoever may write it stands beside what it would replace, and beside it in the margin.
  await expect(editor(ann.page).locator('.cm-suggest-del')).toHaveText('twice')
  await expect(editor(ann.page).locator('ins')).toHaveText('three times')
  const card = ann.page.getByRole('article', { name: 'Suggestion by Bo' })
  await expect(card.locator('del')).toHaveText('twice')
  await audit(ann.page)
  await card.getByRole('button', { name: 'Accept' }).click()
  await expect(card).toBeHidden()
  expect(await exported(ann.page)).toBe(TEXT.replace('twice', 'three times'))
  await expect(bo.page.locator('.cm-suggest-added')).toHaveCount(0)
  await expect(editor(bo.page)).toContainText('written three times.')

  // The caret is where it was, and what is typed next is another suggestion.
  await bo.page.keyboard.type(', always')
  await expect(ann.page.getByRole('article', { name: 'Suggestion by Bo' }).locator('ins')).toHaveText(', always')
  await saved(bo.page)
  expect(await exported(ann.page)).toBe(TEXT.replace('twice', 'three times'))
})

test('what is turned down leaves the text of whoever suggested it, and its thread says so', async ({ stage }) => {
  const { ann, bo } = await openedByTwo(stage, TEXT, 'commenter')
  await replace(bo.page, 'One table', 'Two tables')
  const card = ann.page.getByRole('article', { name: 'Suggestion by Bo' })
  await card.locator('summary').click()
  await card.getByLabel('Your reply').fill('One is enough.')
  await card.getByRole('button', { name: 'Reply' }).click()
  await card.getByRole('button', { name: 'Reject' }).click()
  await expect(editor(bo.page)).toContainText('One table holds')
  await ann.page.getByRole('button', { name: /^Resolved/ }).click()
  await expect(card).toContainText('it was rejected')
  await expect(card).toContainText('One is enough.')
})

test('several are accepted at once, read beforehand, and compared', async ({ stage }) => {
  const { ann, bo } = await openedByTwo(stage, TEXT, 'commenter')
  await replace(bo.page, 'twice', 'once')
  await replace(bo.page, 'One table', 'Two tables')
  await saved(bo.page)
  await openTab(ann.page, 'Read')
  await ann.page.getByRole('link', { name: 'With suggestions' }).click()
  await expect(ann.page.locator('.prose').first()).toContainText('Every payment is written once.')
  await expect(ann.page.locator('.prose').first()).toContainText('Two tables hold')
  await ann.page.getByRole('link', { name: 'Both' }).click()
  await expect(ann.page.locator('.diff del').first()).toHaveText('twice')
  await openTab(ann.page, 'Write')
  await ann.page.getByRole('button', { name: 'Accept all 2 suggestions' }).click()
  await expect.poll(() => exported(ann.page)).toBe(TEXT.replace('twice', 'once').replace('One table', 'Two tables'))
})

test('without a network suggestions are kept on the device, counted, and sent on return', async ({ stage }) => {
  const { ann, bo } = await openedByTwo(stage, TEXT, 'commenter')
  await bo.context.setOffline(true)
  await expect(status(bo.page)).toContainText('Offline')
  await replace(bo.page, 'twice', 'once')
  await expect(status(bo.page)).toHaveText(/Offline, 1 change kept on this device/)
  await ann.page.locator('.cm-content[contenteditable="true"]').click()
  await ann.page.keyboard.press('Control+End')
  await ann.page.keyboard.type('\nMore.\n')
  await saved(ann.page)
  await bo.context.setOffline(false)
  await saved(bo.page)
  await expect(editor(bo.page)).toContainText('More.')
  await ann.page.getByRole('article', { name: 'Suggestion by Bo' }).getByRole('button', { name: 'Accept' }).click()
  await expect.poll(() => exported(ann.page)).toBe(`${TEXT.replace('twice', 'once')}\nMore.\n`)
})

test('a reviewer begins by suggesting, and is told what writing would cost', async ({ stage }) => {
  const { ann } = await openedByTwo(stage, TEXT, 'commenter')
  const cy = await stage.enter('Cy')
  await sendForReview(ann.page, 'Cy')
  await cy.page.goto(ann.page.url())
  await hydrated(cy.page)
  await expect(cy.page.getByRole('button', { name: 'Suggesting' })).toHaveAttribute('aria-pressed', 'true')
  await replace(cy.page, 'twice', 'once')
  await saved(cy.page)
  await cy.page.getByRole('button', { name: 'Writing' }).click()
  await expect(cy.page.getByText('Writing makes you an author')).toBeVisible()
  await audit(cy.page)
  await cy.page.getByRole('button', { name: 'Write all the same' }).click()
  // The own suggestion stands in the text as everybody sees it, and what is typed is written.
  await expect(editor(cy.page).locator('ins')).toHaveText('once')
  await cy.page.locator('.cm-content[contenteditable="true"]').click()
  await cy.page.keyboard.press('Control+End')
  await cy.page.keyboard.type('Cy wrote.')
  await saved(cy.page)
  expect(await exported(ann.page)).toBe(`${TEXT}Cy wrote.`)
})

/** Puts other words in the place of some, by the keyboard. */
async function replace (page: Page, old: string, words: string): Promise<void> {
  await page.locator('.cm-content[contenteditable="true"]').click()
  await page.evaluate((old) => {
    interface View { state: { doc: { toString: () => string } }, dispatch: (spec: object) => void }
    const content = document.querySelector('.cm-content') as unknown as { cmTile: { root: { view: View } } }
    const { view } = content.cmTile.root
    const from = view.state.doc.toString().indexOf(old)
    view.dispatch({ selection: { anchor: from, head: from + old.length } })
  }, old)
  await page.keyboard.type(words)
}
