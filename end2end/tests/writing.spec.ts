// What the editor does with Markdown beyond taking it down: menus, tables, pasting, and the preview of maths and notes.
import type { Page } from '@playwright/test'
import { audit, expect, test, type Stage } from '../fixtures/quorum.ts'
import { createDesign, editor, exported, hydrated, openTab, saved, status } from '../fixtures/proposal.ts'

test('what stands behind / is found by its name, inserted, and ready to be written in', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('/')
  const menu = page.getByRole('listbox')
  await expect(menu.getByRole('option', { name: /Heading 2/ })).toBeVisible()
  // The list scrolls by the arrow keys, which stay with the text.
  await audit(page, ['scrollable-region-focusable'])
  await page.keyboard.type('todo')
  await expect(menu.getByRole('option')).toHaveText([/Task list/])
  await page.keyboard.press('Enter')
  await page.keyboard.type('first')
  await page.keyboard.press('Enter')
  await page.keyboard.type('second, at /r/ or 1/2')
  await expect(menu).toBeHidden()
  await leaveList(page)
  await page.keyboard.type('/what fails')
  await expect(menu.getByRole('option')).toHaveText([/What fails, and what then/])
  await page.keyboard.press('Enter')
  expect(await written(page)).toMatch(/^- \[ \] first\n- \[ \] second, at \/r\/ or 1\/2\n## What fails, and what then\n\n\*Take each/)
})

test('one can write before the application is there, which takes over what was written', async ({ stage }) => {
  const page = await writing(stage)
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => { letGo = resolve })
  await page.route('**/*.wasm', async (route) => {
    await held
    await route.continue()
  })
  const answer = await page.reload()
  expect(answer?.headers()['link']).toMatch(/editor-\w+\.js>; rel=modulepreload/)
  await page.locator('.cm-content[contenteditable="true"]').click()
  await page.keyboard.type('Early words.')
  await expect.poll(() => exported(page)).toBe('Early words.')
  await expect(status(page)).toBeHidden()
  await expect(page.locator('html[data-hydrated]')).toHaveCount(0)
  letGo()
  await hydrated(page)
  await saved(page)
  await page.keyboard.type(' And later ones.')
  await expect(editor(page)).toHaveText('Early words. And later ones.')
  await saved(page)
  // It is the application's: what its bar says, it does.
  await page.getByRole('button', { name: 'Suggesting' }).click()
  await expect(editor(page)).toHaveAttribute('aria-label', /is suggested/)
  await expect(page.locator('.cm-editor')).toHaveCount(1)
})

test('a slash in code is a slash', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('```\n/h')
  await page.keyboard.press('Enter')
  await page.keyboard.type('x')
  await expect(page.getByRole('listbox')).toBeHidden()
  expect(await written(page)).toContain('```\n/h\nx')
})

test('a table is filled by Tab and Enter and changed by its bar, from the keyboard', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('/table')
  await expect(page.getByRole('option', { name: 'Table', exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  for (const cell of ['Service', 'Owner', 'ledger', 'ann']) {
    await page.keyboard.type(cell)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('api')
  expect(await written(page)).toBe('| Service | Owner |\n| ------- | ----- |\n| ledger  | ann   |\n| api        |       |\n')

  const bar = page.getByRole('toolbar', { name: 'Rows and columns' })
  await expect(bar).toBeVisible()
  await page.keyboard.press('Alt+F10')
  await expect(bar.getByRole('button', { name: 'Insert a row above' })).toBeFocused()
  await audit(page)
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await bar.getByRole('button', { name: 'Align the column to the right' }).click()
  expect(await written(page)).toBe('| Service | Owner |\n| ------: | ----- |\n|     api |       |\n|  ledger | ann   |\n')

  // Shown as a table once one writes elsewhere.
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nEnd.')
  await expect(editor(page).getByRole('columnheader')).toHaveText(['Service', 'Owner'])
  await expect(bar).toBeHidden()
})

test('selected words get a bar', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('all of it')
  await page.keyboard.press('Shift+Home')
  const bar = page.getByRole('toolbar', { name: 'Format the selection' })
  await bar.getByRole('button', { name: 'Bold' }).click()
  await bar.getByRole('button', { name: 'Italic' }).click()
  expect(await written(page)).toBe('***all of it***')
  await page.keyboard.press('End')
  await expect(bar).toBeHidden()
})

test('what is pasted becomes what it means', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('see the plan')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await paste(page, { 'text/plain': 'https://example.com/a_(b)' })
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\n\n')
  await paste(page, { 'text/plain': 'Zone\tNodes\neu-1\t3\n' })
  await page.keyboard.type('\n')
  await paste(page, {
    'text/plain': 'Why\nfast and safe\na\n1',
    'text/html':
      '<meta charset="utf-8"><b style="font-weight:normal"><h2>Why</h2><p>fast <em>and</em> <span style="font-weight:700">safe</span>, ' +
      '<a href="https://example.com">here</a><img src="data:image/png;base64,AA" alt="x"><script>alert(1)</script></p>' +
      '<ul><li>one</li></ul><table><tr><td>a|b</td><td>c</td></tr><tr><td>1</td><td>2</td></tr></table></b>'
  })
  await expect.poll(() => written(page)).toBe(
    'see the [plan](<https://example.com/a_(b)>)\n\n| Zone | Nodes |\n| --- | --- |\n| eu-1 | 3 |\n\n## Why\n\nfast *and* **safe**, ' +
    '[here](https://example.com)x\n\n-   one\n\n| a\\|b | c |\n| --- | --- |\n| 1 | 2 |'
  )
})

test('code and the colours of an editor of code are pasted as they are', async ({ stage }) => {
  const page = await writing(stage)
  await paste(page, { 'text/plain': 'let a = 1;', 'text/html': '<meta><div style="color:#d4d4d4"><span style="color:#569cd6">let</span> a = 1;</div>' })
  await page.keyboard.type('\n```\n')
  await paste(page, { 'text/plain': 'a\tb\nc\td', 'text/html': '<b>a</b>' })
  expect(await written(page)).toBe('let a = 1;\n```\na\tb\nc\td')
})

test('maths and notes are drawn in Write and in Read, and a comment finds its formula', async ({ stage }) => {
  const page = await writing(stage)
  await page.keyboard.type('It is $a^2$ and costs $5 or $6[^1].\n\n$$\n\\frac{1}{2}\n$$\n\n[^1]: In *euro*, $\\broken$.\n\n')
  await page.keyboard.type('End')
  await saved(page)
  const drawn = editor(page).locator('.katex')
  await expect(drawn).toHaveCount(2)
  await expect(editor(page).locator('.cm-maths-block .katex-display')).toBeVisible()
  await expect(editor(page).locator('.maths-error')).toContainText('Undefined control sequence')
  await expect(editor(page)).toContainText('costs $5 or $61.')
  await editor(page).locator('.cm-maths-block').click()
  await expect(editor(page)).toContainText('\\frac{1}{2}')

  await openTab(page, 'Read')
  await expect(page.locator('.prose .katex')).toHaveCount(2)
  await expect(page.locator('.prose .maths.display .katex-display')).toBeVisible()
  await audit(page)
})

/** A new design, its editor with everything that helps. */
async function writing (stage: Stage): Promise<Page> {
  const { page } = await stage.enter('Ann')
  await createDesign(page, stage.slug, 'Writing')
  await page.locator('.cm-content[contenteditable="true"]').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(page.locator('.cm-content[aria-autocomplete]')).toBeVisible()
  return page
}

/** Enter on an empty item ends a list. */
async function leaveList (page: Page): Promise<void> {
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
}

async function paste (page: Page, content: Record<string, string>): Promise<void> {
  await editor(page).evaluate((target, given) => {
    const clipboardData = new DataTransfer()
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text)
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, content)
}

/** The text on the server, once everything typed is there. */
async function written (page: Page): Promise<string> {
  await saved(page)
  return await exported(page)
}
