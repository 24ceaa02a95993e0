// The history of a text: two people write, look back, compare, put back and put back again; and who wrote what.
import { audit, expect, test, type Person, type Stage } from '../fixtures/quorum.ts'
import { editor, exported, hydrated, openedByTwo, openTab, saved, sendForReview, typeAtEnd } from '../fixtures/proposal.ts'

const TEXT = '# Ledger\n\nEvery payment is written twice.\n'

test('two people write, look back, compare, restore and restore back', async ({ stage }) => {
  stage.join('Rita')
  const { ann, bo } = await openedByTwo(stage, TEXT, 'editor')
  await sendForReview(ann.page, 'Rita')
  await typeAtEnd(ann.page, '\nAnn was here.\n')
  await saved(ann.page)
  await expect(editor(bo.page)).toContainText('Ann was here.')
  await typeAtEnd(bo.page, '\nBo was here.\n')
  await saved(bo.page)

  await openTab(ann.page, 'History')
  const timeline = ann.page.getByRole('region', { name: 'Timeline' })
  const lines = timeline.getByRole('listitem')
  await expect(lines).toHaveCount(3)
  await expect(lines.nth(0)).toContainText('Ann and Bo edited the text since')
  await expect(lines.nth(1)).toContainText('Ann sent revision 1 of P-1 for review')
  await expect(lines.nth(2)).toContainText('Ann imported it as “Ledger”')
  await audit(ann.page)

  // What changed since the revision, by the buttons of the list and the keyboard.
  await lines.nth(2).getByRole('radio', { name: /^Compare from/ }).focus()
  await ann.page.keyboard.press('ArrowUp')
  await expect(lines.nth(1).getByRole('radio', { name: /^Compare from/ })).toBeChecked()
  await lines.nth(0).getByRole('radio', { name: /^Compare to/ }).check()
  await timeline.getByRole('button', { name: 'Compare the two' }).press('Enter')
  const comparison = ann.page.getByRole('region', { name: 'Comparison' })
  await expect(comparison.locator('.diff ins').first()).toContainText('Ann was here.')
  await expect(ann.page).toHaveURL(/history\?(?=.*from=1)(?=.*to=live)/)
  await comparison.getByRole('link', { name: 'Source' }).click()
  await expect(comparison.locator('.source-diff')).toContainText('Bo was here.')
  await audit(ann.page)

  // The revision as it was, and back to it.
  await lines.nth(1).getByRole('link', { name: /^View/ }).click()
  await expect(ann.page.getByText('This is an old text.')).toBeVisible()
  await expect(ann.page.locator('.prose')).toContainText('Every payment is written twice.')
  await expect(ann.page.locator('.prose')).not.toContainText('Ann was here.')
  await audit(ann.page)
  await ann.page.getByRole('button', { name: 'Restore this text' }).click()
  await expect(ann.page.getByText(/^Restored\./)).toBeVisible()
  await expect(editor(bo.page)).not.toContainText('was here')
  await expect(lines.nth(1)).toContainText('Ann put the text of P-1 back to revision 1')
  await expect(lines.nth(2)).toContainText('Ann and Bo wrote')
  await audit(ann.page)

  // And the way back from there: nothing of what was written is gone.
  await ann.page.getByRole('button', { name: 'Undo: put the text before back' }).click()
  await expect(editor(bo.page)).toContainText('Ann was here.')
  await expect(editor(bo.page)).toContainText('Bo was here.')
  expect(await exported(bo.page)).toBe(`${TEXT}\nAnn was here.\n\nBo was here.\n`)
  await expect(lines.nth(1)).toContainText('Ann put the text of P-1 back to how it was on')

  // From the history of the design one comes here too.
  await ann.page.goto(`/teams/${stage.slug}/designs/1/history`)
  await hydrated(ann.page)
  await ann.page.getByRole('link', { name: 'Timeline' }).first().click()
  await expect(lines.nth(0)).toContainText('The text as it is now')
})

test('what is in the address reads without any script, and a reader is offered nothing to change', async ({ stage, browser }) => {
  const ann = await stage.enter('Ann')
  const program = stage.program(ann.email)
  const { proposal } = await program.design('Ledger', TEXT)
  await program.send(proposal, stage.join('Rita'))
  const viewer = await stage.enter('Vera', 'viewer')
  const context = await browser.newContext({ baseURL: stage.url, javaScriptEnabled: false, storageState: await viewer.context.storageState() })
  const page = await context.newPage()
  const history = `/teams/${stage.slug}/designs/1/proposals/1/history`
  await page.goto(history)
  await expect(page.getByText('sent revision 1 of P-1 for review')).toBeVisible()
  await page.getByRole('link', { name: /^View: Ann sent revision 1/ }).click()
  await expect(page.getByText('Every payment is written twice.')).toBeVisible()
  await expect(page.getByRole('button', { name: /Restore/ })).toHaveCount(0)
  await page.goto(history)
  await page.getByRole('radio', { name: /^Compare from: Ann imported/ }).check()
  await page.getByRole('radio', { name: /^Compare to: Ann sent/ }).check()
  await page.getByRole('button', { name: 'Compare the two' }).click()
  await expect(page.getByText('The texts are the same.')).toBeVisible()
  await context.close()
})

test('a selection tells who wrote it', async ({ stage }) => {
  const { ann, bo } = await openedByTwo(stage, TEXT, 'editor')
  await typeAtEnd(bo.page, '\nBo was here.')
  await saved(bo.page)
  await expect(editor(ann.page)).toContainText('Bo was here.')
  await ann.page.locator('.cm-content[contenteditable="true"]').click()
  await ann.page.keyboard.press('Control+End')
  await ann.page.keyboard.press('Shift+Home')
  await ann.page.keyboard.press('Alt+F10')
  const bar = ann.page.getByRole('toolbar', { name: 'Format the selection' })
  await expect(bar.getByRole('button').first()).toBeFocused()
  await ann.page.keyboard.press('ArrowLeft')
  await expect(bar.getByRole('button', { name: 'Who wrote this' })).toBeFocused()
  await ann.page.keyboard.press('Enter')
  const card = ann.page.getByRole('dialog', { name: 'Who wrote this' })
  await expect(card).toBeFocused()
  await expect(card.getByRole('listitem')).toHaveText(/^Bo, all of itwrote it, not before/)
  await audit(ann.page)
  await ann.page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await expect(editor(ann.page)).toBeFocused()

  // All of it: several paragraphs, and two who wrote them.
  await ann.page.keyboard.press('Control+a')
  await ann.page.getByRole('toolbar', { name: 'About the selection' }).getByRole('button', { name: 'Who wrote this' }).click()
  await expect(card.getByRole('listitem')).toHaveCount(2)
  await expect(card.getByRole('listitem').first()).toContainText('Ann')
  await expect(card.getByRole('listitem').first()).toContainText('with the file or the template')
  await expect(card.getByRole('listitem').nth(1)).toContainText('Bo')
})
