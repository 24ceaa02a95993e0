// Pictures in a text: pasted, dropped and chosen while others write; seen in Write and in Read; refused kindly.
import type { Locator, Page } from '@playwright/test'
import { audit, expect, test, type Stage } from '../fixtures/quorum.ts'
import { bring, holdPictures } from '../fixtures/picture.ts'
import { createDesign, editor, exported, hydrated, openTab, saved, typeAtEnd } from '../fixtures/proposal.ts'

const ADDRESS = /\/pictures\/[0-9a-f]{64}-900x400\.png/

test('a pasted picture is on its way while people write on, and is then seen by everybody', async ({ stage }) => {
  const page = await writing(stage)
  const ben = await stage.enter('Ben')
  await page.keyboard.type('See this:\n\n')
  await saved(page)
  await ben.page.goto(page.url())
  const release = await holdPictures(page)
  await bring(page, [{ name: 'a plan.png', width: 900, height: 400 }])
  await expect(editor(page).getByRole('progressbar', { name: 'Uploading a plan.png' })).toBeVisible()
  await audit(page)
  await ben.page.locator('.cm-content[contenteditable="true"]').click()
  await ben.page.keyboard.press('Control+Home')
  await ben.page.keyboard.type('From Ben. ')
  await expect.poll(() => written(page)).toBe('From Ben. See this:\n\n')
  release()
  await expect(editor(page).locator('.cm-upload')).toHaveCount(0)
  await page.keyboard.type('Below.')
  expect(await written(page)).toMatch(new RegExp(`^From Ben\\. See this:\n\n!\\[a plan\\]\\(${ADDRESS.source}\\)\n\nBelow\\.$`))
  for (const seer of [page, ben.page]) await expect.poll(() => naturalWidth(editor(seer).locator('.cm-picture-block img'))).toBe(900)
  await audit(page)
})

test('undoing takes the picture out and nothing else', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('Before ')
  const release = await holdPictures(page)
  await bring(page, [{ name: 'a.png', width: 900, height: 400 }])
  await expect(editor(page).locator('.cm-upload')).toBeVisible()
  await page.keyboard.type('and after')
  release()
  await expect(editor(page).locator('.cm-upload')).toHaveCount(0)
  expect(await written(page)).toMatch(/^Before !\[a\]\(.*\)and after$/)
  await page.keyboard.press('Control+z')
  expect(await written(page)).toBe('Before and after')
})

test('in Read a picture opens large, and is on paper', async ({ stage }) => {
  const page = await writing(stage)
  await bring(page, [{ name: 'a.png', width: 900, height: 400 }])
  await expect(editor(page).locator('.cm-picture-block img')).toBeVisible()
  await saved(page)
  await openTab(page, 'Read')
  const picture = page.locator('.prose img')
  await expect.poll(() => naturalWidth(picture)).toBe(900)
  await expect(picture).toHaveAttribute('alt', 'a')
  await page.getByRole('button', { name: 'Enlarge' }).focus()
  await audit(page)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'a' })
  await expect(dialog.getByRole('img')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.emulateMedia({ media: 'print' })
  await expect(picture).toBeVisible()
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0)
  await page.emulateMedia({ media: null })

  const cora = await stage.enter('Cora', 'viewer')
  await cora.page.goto(page.url())
  await expect.poll(() => naturalWidth(cora.page.locator('.prose img'))).toBe(900)
})

test('a comment on a picture stays on it', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('Above.\n\n')
  await bring(page, [{ name: 'a.png', width: 900, height: 400 }])
  await expect(editor(page).locator('.cm-picture-block img')).toBeVisible()
  await saved(page)
  await openTab(page, 'Read')
  await hydrated(page)
  await expect(page.locator('.diagram-frame')).toBeVisible()
  await page.locator('.prose p:has(img)').evaluate((element) => getSelection()!.selectAllChildren(element))
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  const composer = page.getByRole('form', { name: 'New thread' })
  await composer.getByLabel('Your comment').fill('Is this up to date?')
  await composer.getByRole('button', { name: 'Comment' }).click()
  await expect(page.getByRole('region', { name: 'Threads' })).toContainText('Is this up to date?')
  await page.reload()
  await expect.poll(() => page.evaluate(() => [...(CSS.highlights.get('thread-open') ?? [])].length)).toBe(1)
})

test('several that are dropped come where they were dropped, in their order', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('First.\n\nLast.')
  const line = (await editor(page).locator('.cm-line').nth(1).boundingBox())!
  await bring(page, [{ name: 'a.png', width: 90, height: 40 }, { name: 'b.png', width: 80, height: 30 }], { x: line.x + 1, y: line.y + line.height / 2 })
  await expect.poll(() => written(page)).toMatch(/^First\.\n!\[a\]\(.*-90x40\.png\)\n\n!\[b\]\(.*-80x30\.png\)\n\n\n?Last\.$/)
})

test('the menu behind / asks for a picture', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('See /photo')
  await expect(page.getByRole('option', { name: /Picture…/ })).toBeVisible()
  const asked = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
  await (await asked).setFiles({ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') })
  await expect.poll(() => written(page)).toMatch(/^See !\[dot\]\(.*-1x1\.png\)$/)
})

test('what is not taken says why, and goes when it is dismissed', async ({ stage }) => {
  stage.expectComplaints(/the server responded with a status of 422/)
  const page = await writing(stage)
  await page.keyboard.type('Text.')
  const heard = await announcements(page)
  await bring(page, [{ name: 'large.png', bytes: 5 * 1024 * 1024 + 1 }, { name: 'drawing.svg', bytes: 10, type: 'image/svg+xml' }])
  const [large, drawing] = ['large.png', 'drawing.svg'].map((name) => editor(page).locator('.cm-upload', { hasText: name })) as [Locator, Locator]
  await expect(large).toContainText('This picture is larger than 5 MB. Make it smaller, or save it as a JPEG, and try again.')
  await expect(drawing).toContainText('This is no PNG, JPEG, GIF or WebP. Save it as one of them and try again.')
  expect(await heard()).toContainEqual(expect.stringMatching(/drawing\.svg: This is no PNG/))
  await audit(page)
  await expect(large.getByRole('button')).toHaveText(['Dismiss'])
  await large.getByRole('button', { name: 'Dismiss' }).click()
  await drawing.getByRole('button', { name: 'Dismiss' }).click()
  await expect(editor(page).locator('.cm-upload')).toHaveCount(0)
  expect(await written(page)).toBe('Text.')
})

test('without a network a picture waits to be tried again', async ({ stage }) => {
  const page = await writing(stage)
  await saved(page)
  await page.context().setOffline(true)
  await bring(page, [{ name: 'a.png', width: 900, height: 400 }])
  const place = editor(page).locator('.cm-upload')
  await expect(place).toContainText('Pictures need the server, which cannot be reached now.')
  await page.context().setOffline(false)
  await place.getByRole('button', { name: 'Try again' }).click()
  await expect(editor(page).locator('.cm-picture-block img')).toBeVisible()
  expect(await written(page)).toMatch(ADDRESS)
})

test('a picture that arrives when writing has ended is not written', async ({ stage }) => {
  const { page, email } = await stage.enter('Ann')
  const program = stage.program(email)
  const { proposal } = await program.design('Ledger', '# Ledger\n')
  await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await typeAtEnd(page, 'Text.')
  await expect(page.locator('.cm-content[aria-autocomplete]')).toBeVisible()
  await saved(page)
  const release = await holdPictures(page)
  await bring(page, [{ name: 'a.png', width: 900, height: 400 }])
  await expect(editor(page).getByRole('progressbar')).toBeVisible()
  await program.close(proposal, 'Not now.')
  await expect(page.locator('.cm-content[contenteditable="false"]')).toBeVisible()
  release()
  await expect(editor(page).locator('.cm-upload')).toContainText('Writing in this text has ended meanwhile')
  expect(await exported(page)).toBe('# Ledger\nText.')
})

test('a picture that is suggested is only suggested', async ({ stage }) => {
  const ann = stage.join('Ann', 'editor')
  await stage.program(ann).design('Ledger', '# Ledger\n')
  const { page } = await stage.enter('Cora', 'commenter')
  await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await expect(page.getByRole('textbox', { name: /What you type is suggested/ })).toBeEditable()
  await expect(page.locator('.cm-content[aria-autocomplete]')).toBeVisible()
  await typeAtEnd(page, 'See ')
  await bring(page, [{ name: 'a.png', width: 900, height: 400 }])
  await page.keyboard.type(' there')
  await page.keyboard.press('Control+Home')
  await expect.poll(() => naturalWidth(editor(page).locator('img.cm-picture'))).toBe(900)
  await expect(page.getByRole('region', { name: 'Threads' })).toContainText('/pictures/')
  expect(await exported(page)).toBe('# Ledger\n')
})

/** A new design, its editor with everything that helps. */
async function writing (stage: Stage): Promise<Page> {
  const { page } = await stage.enter('Ann')
  await createDesign(page, stage.slug, 'Pictures')
  await page.locator('.cm-content[contenteditable="true"]').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(page.locator('.cm-content[aria-autocomplete]')).toBeVisible()
  return page
}

/** The text on the server, once everything typed is there. */
async function written (page: Page): Promise<string> {
  await saved(page)
  return await exported(page)
}

/** Collects what is read aloud from now on; each is gone after a second. */
async function announcements (page: Page): Promise<() => Promise<string[]>> {
  const heard = await page.locator('.cm-announced').evaluateHandle((element) => {
    const heard: string[] = []
    new MutationObserver(() => heard.push(element.textContent ?? '')).observe(element, { childList: true })
    return heard
  })
  return async () => await heard.jsonValue()
}

/** How wide a picture is by itself: nothing, until it is there. */
async function naturalWidth (picture: Locator): Promise<number> {
  return await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)
}
