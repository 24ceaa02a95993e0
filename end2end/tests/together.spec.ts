// Two browsers, one text: concurrently, offline, over restarts.
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/quorum.ts'
import { createDesign, editor, exported, saved, status, typeAtEnd } from '../fixtures/proposal.ts'

test('what two people type at once ends equal in both browsers and on the server', async ({ stage }) => {
  const [ann, ben] = [await stage.enter('Ann'), await stage.enter('Ben')]
  await createDesign(ann.page, stage.slug, 'Together')
  await typeAtEnd(ann.page, 'Begin.\n')
  await saved(ann.page)
  await ben.page.goto(ann.page.url())
  await expect(editor(ben.page)).toContainText('Begin.')
  await Promise.all([typeAtEnd(ann.page, 'From Ann, word by word.\n'), typeAtEnd(ben.page, 'From Ben, as fast as he can.\n')])
  await Promise.all([saved(ann.page), saved(ben.page)])
  await expect.poll(async () => await text(ann.page) === await text(ben.page)).toBe(true)
  const onServer = await exported(ann.page)
  expect(onServer).toBe(await text(ann.page))
  // Both typed at one place, so their letters may alternate; none is lost or doubled.
  const letters = (words: string): string => [...words].sort().join('')
  expect(letters(onServer)).toBe(letters('Begin.\nFrom Ann, word by word.\nFrom Ben, as fast as he can.\n'))
})

test('what is typed offline is kept on the device and arrives on return', async ({ stage }) => {
  const [ann, ben] = [await stage.enter('Ann'), await stage.enter('Ben')]
  await createDesign(ann.page, stage.slug, 'Offline')
  await typeAtEnd(ann.page, 'Online.\n')
  await saved(ann.page)
  await ben.page.goto(ann.page.url())
  await expect(editor(ben.page)).toContainText('Online.')

  await ann.context.setOffline(true)
  await typeAtEnd(ann.page, 'In the train.\n')
  await expect(status(ann.page)).toContainText(/Offline, \d+ changes? kept on this device/)
  await typeAtEnd(ben.page, 'At the desk.\n')
  await saved(ben.page)

  await ann.context.setOffline(false)
  await saved(ann.page)
  await expect(editor(ben.page)).toContainText('In the train.')
  await expect(editor(ann.page)).toContainText('At the desk.')
})

test('people go on writing over a restart of the server', async ({ stage, quorum }) => {
  const ann = await stage.enter('Ann')
  await createDesign(ann.page, stage.slug, 'Restart')
  await typeAtEnd(ann.page, 'Before.\n')
  await saved(ann.page)
  await quorum.stop('SIGKILL')
  await typeAtEnd(ann.page, 'Meanwhile.\n')
  await expect(status(ann.page)).not.toContainText('Saved')
  await quorum.start()
  await saved(ann.page)
  await ann.page.reload()
  await expect(editor(ann.page)).toContainText('Meanwhile.')
})

test('people see each other again after a restart of the server', async ({ stage, quorum }) => {
  const [ann, ben] = [await stage.enter('Ann'), await stage.enter('Ben')]
  await createDesign(ann.page, stage.slug, 'Carets')
  await typeAtEnd(ann.page, 'Ann.')
  await saved(ann.page)
  await ben.page.goto(ann.page.url())
  await expect(editor(ben.page)).toContainText('Ann.')
  await typeAtEnd(ben.page, ' Ben.')
  for (const { page } of [ann, ben]) await expect(page.locator('.cm-other-caret')).toHaveCount(1)
  await quorum.stop('SIGTERM')
  for (const { page } of [ann, ben]) await expect(page.locator('.cm-other-caret')).toHaveCount(0)
  await quorum.start()
  for (const { page } of [ann, ben]) await expect(page.locator('.cm-other-caret')).toHaveCount(1)
})

/** The text as the browser shows it, without other people's carets in it. */
async function text (page: Page): Promise<string> {
  return await editor(page).evaluate((content) => {
    const copy = content.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.cm-other-caret')) caret.remove()
    return [...copy.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n')
  })
}
