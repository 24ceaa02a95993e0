// The story of the README, from signing in to the decision, by three people of whom none has a mouse.
import type { Page } from '@playwright/test'
import { audit, expect, PASSWORD, test, type Stage } from '../fixtures/quorum.ts'
import { Keyboard } from '../fixtures/keyboard.ts'
import { editor, exported, hydrated, saved, status } from '../fixtures/proposal.ts'

/** Somebody at a keyboard. */
interface Typist { page: Page, keyboard: Keyboard }

test('from signing in to the decision without a mouse', async ({ stage }) => {
  test.setTimeout(420_000)
  const author = await signIn(stage, 'Ann')
  const reviewer = await signIn(stage, 'Rita', 'commenter')

  await test.step('a design is made from a template', async () => await makeDesign(author))
  await test.step('it is written in, and left again', async () => await write(author, '\n## Ledger\n\nThe ledger has one replica.'))
  await test.step('it is sent for review', async () => await send(author, 'Rita'))
  await test.step('the reviewer comments on words that they selected', async () => await comment(reviewer))
  await test.step('the reviewer requests changes', async () => await judge(reviewer, 'Request changes', 'One replica is not enough.'))
  await test.step('the author hears of it, reacts and answers', async () => await answer(author))
  await test.step('the author writes on and sends revision 2', async () => {
    await write(author, '\n\nIt is written to three replicas.')
    await send(author, 'Rita')
  })
  await test.step('the reviewer steps through what changed, and resolves', async () => await resolve(reviewer))
  await test.step('the reviewer approves', async () => await judge(reviewer, 'Approve', 'Three will do.'))
  await test.step('the author merges', async () => await merge(author))
})

test('the list of shortcuts says how the text is left, and that is how it is left', async ({ stage }) => {
  const author = await signIn(stage, 'Ann')
  await makeDesign(author)
  const { page, keyboard } = author
  await keyboard.to(editor(page))
  await keyboard.keys('Control+End')
  await keyboard.type('\n\n- one')
  // In a list, Tab is the list's.
  await keyboard.keys('Enter', 'Tab')
  await expect(editor(page)).toBeFocused()
  await keyboard.keys('Escape', 'Tab')
  await expect(editor(page)).not.toBeFocused()
  await keyboard.to(page.getByRole('button', { name: 'Comment on the whole proposal' }))
  await keyboard.keys('?')
  const line = page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Leave the text for what comes behind it').locator('..')
  await expect(line).toHaveText(/Esc then Tab/)
  await keyboard.keys('Escape')
  await keyboard.isSomewhere()
})

/** Signs in, in a browser of their own. */
async function signIn (stage: Stage, name: string, role?: 'commenter'): Promise<Typist> {
  const email = stage.join(name, role)
  const { page } = await stage.visit()
  const keyboard = new Keyboard(page)
  await page.goto('/sign-in')
  await hydrated(page)
  await keyboard.to(page.getByLabel('E-mail'))
  await keyboard.type(email)
  await keyboard.to(page.getByLabel('Password', { exact: true }))
  await keyboard.type(PASSWORD)
  await audit(page)
  await keyboard.keys('Enter')
  await page.waitForURL((at) => at.pathname === '/')
  await hydrated(page)
  await audit(page)
  return { page, keyboard }
}

async function makeDesign ({ page, keyboard }: Typist): Promise<void> {
  await keyboard.press(page.getByRole('link', { name: 'Designs' }))
  await keyboard.press(page.getByRole('link', { name: 'New design' }))
  const title = page.getByLabel('Title')
  await keyboard.to(title)
  await keyboard.type('Payments')
  await keyboard.to(page.getByRole('radio', { checked: true }))
  await keyboard.keys('ArrowDown')
  await expect(page.getByRole('radio', { name: /Blank/ })).not.toBeChecked()
  await keyboard.look()
  await audit(page)
  await keyboard.press(page.getByRole('button', { name: 'Create design' }))
  await page.waitForURL(/\/proposals\/1\/write$/)
  await expect(page.locator('.cm-content[contenteditable="true"]')).toBeVisible()
}

/** Writes at the end. What is saved is told once, not at every key. */
async function write ({ page, keyboard }: Typist, text: string): Promise<void> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const region = document.querySelector('.status-line [role=status]')!
    new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
  })
  await keyboard.to(editor(page))
  await keyboard.keys('Control+End')
  await keyboard.type(text)
  await saved(page)
  await expect.poll(async () => await exported(page)).toContain(text.trim())
  await expect(status(page).getByRole('status')).toHaveText('Saved')
  expect((await page.evaluate(() => (window as unknown as { said: string[] }).said)).length).toBeLessThan(3)
  await audit(page)
  await keyboard.keys('Escape', 'Tab')
  await expect(editor(page)).not.toBeFocused()
}

async function send ({ page, keyboard }: Typist, reviewer: string): Promise<void> {
  await keyboard.press(page.getByRole('button', { name: /^Send (for review|a revision)$/ }))
  const dialog = page.getByRole('dialog', { name: 'Send for review' })
  await expect(dialog).toBeVisible()
  await keyboard.to(dialog.getByRole('searchbox', { name: 'Reviewers' }))
  await keyboard.type(reviewer)
  await keyboard.press(dialog.getByRole('list', { name: 'People who can review' }).getByRole('button', { name: new RegExp(reviewer) }))
  await expect(dialog.getByRole('button', { name: `Do not ask ${reviewer}` })).toBeVisible()
  await keyboard.isSomewhere()
  await audit(page)
  await keyboard.press(dialog.getByRole('button', { name: 'Send for review' }))
  await expect(dialog).toBeHidden()
  await keyboard.isSomewhere()
  await expect(page.getByText('In review').first()).toBeVisible()
}

async function comment ({ page, keyboard }: Typist): Promise<void> {
  await openFromInbox({ page, keyboard }, /asked you to review revision 1/)
  await keyboard.press(tab(page, 'Write'))
  await page.waitForURL(/\/write$/)
  await expect(page.locator('.cm-content[contenteditable="true"]')).toContainText('The ledger has one replica.')
  await keyboard.to(editor(page))
  await keyboard.keys('Control+End', 'Shift+Home')
  await expect(page.getByRole('button', { name: 'Comment', exact: true })).toBeVisible()
  await keyboard.keys('Control+Alt+m')
  const composer = page.getByRole('form', { name: 'New thread' })
  const words = composer.getByLabel('Your comment')
  await expect(words).toBeFocused()
  await expect(composer.locator('blockquote')).toHaveText('The ledger has one replica.')
  await keyboard.to(composer.getByRole('radio', { checked: true }), 'Shift+Tab')
  await keyboard.keys('ArrowRight')
  await expect(composer.getByRole('radio', { name: 'Blocking' })).toBeChecked()
  await keyboard.to(words)
  await keyboard.type('What happens when it is lost?')
  await audit(page)
  await keyboard.keys('Control+Enter')
  // From what was written one goes on to what has become of it.
  await expect(page.getByRole('article', { name: 'Blocking by Rita' })).toBeFocused()
  await keyboard.look()
}

async function judge ({ page, keyboard }: Typist, verdict: 'Approve' | 'Request changes', summary: string): Promise<void> {
  await keyboard.press(tab(page, 'Review'))
  await page.waitForURL(/\/review/)
  const form = page.getByRole('region', { name: 'Your verdict' })
  await keyboard.to(form.getByRole('radio', { name: /^Approve/ }))
  await keyboard.keys(...(verdict === 'Approve' ? ['Space'] : ['ArrowDown']))
  await expect(form.getByRole('radio', { name: new RegExp(`^${verdict}`) })).toBeChecked()
  await keyboard.to(form.getByLabel(/^Summary/))
  await keyboard.type(summary)
  await audit(page)
  await keyboard.keys('Control+Enter')
  await expect(page.getByRole('main').getByText(summary).first()).toBeVisible()
  await expect(form.getByLabel(/^Summary/)).toHaveValue('')
  await keyboard.isSomewhere()
}

async function answer ({ page, keyboard }: Typist): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: 'New comment by Rita: What happens when it is lost?' })).toBeAttached()
  await keyboard.keys(']')
  const card = page.getByRole('article', { name: 'Blocking by Rita' })
  await expect(card).toBeFocused()
  await keyboard.press(card.getByRole('button', { name: 'React' }))
  await expect(card.getByRole('button', { name: 'Thumbs up', exact: true })).toBeFocused()
  await keyboard.look()
  await audit(page)
  await keyboard.press(card.getByRole('button', { name: 'Eyes' }))
  await expect(card.getByRole('button', { name: 'Eyes: Ann' })).toHaveAttribute('aria-pressed', 'true')
  await keyboard.isSomewhere()
  await keyboard.press(card.getByText('Reply', { exact: true }).first())
  await expect(card.getByLabel('Your reply')).toBeFocused()
  await keyboard.type('It has three now.')
  await keyboard.keys('Control+Enter')
  await expect(card).toContainText('It has three now.')
  await keyboard.isSomewhere()
  await audit(page)
}

async function resolve ({ page, keyboard }: Typist): Promise<void> {
  await openFromInbox({ page, keyboard }, /asked you to review revision 2/)
  await keyboard.press(tab(page, 'Review'))
  await expect(page.getByRole('region', { name: 'Comparison' })).toContainText('three replicas')
  await keyboard.keys('n')
  await expect(page.getByRole('group', { name: 'Changes' }).getByRole('status')).toHaveText(/^1 of /)
  await keyboard.press(tab(page, 'Read'))
  await page.waitForURL(/\/read/)
  const card = page.getByRole('article', { name: 'Blocking by Rita' })
  await expect(card).toContainText('It has three now.')
  await keyboard.keys(']')
  await expect(card).toBeFocused()
  await audit(page)
  await keyboard.press(card.getByRole('button', { name: 'Resolve' }))
  await expect(card).toBeHidden()
  await keyboard.isSomewhere()
}

async function merge ({ page, keyboard }: Typist): Promise<void> {
  await keyboard.press(page.getByRole('button', { name: 'Merge', exact: true }))
  const dialog = page.getByRole('dialog', { name: 'Merge' })
  await expect(dialog).toContainText('Everything is met')
  await audit(page)
  await keyboard.press(dialog.getByRole('button', { name: 'Merge', exact: true }))
  await page.waitForURL(/\/decisions\/1$/)
  await expect(page.getByRole('main')).toContainText('It is written to three replicas.')
  await audit(page)
}

/** Goes to the inbox and opens what waits there. */
async function openFromInbox ({ page, keyboard }: Typist, what: RegExp): Promise<void> {
  await keyboard.press(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Inbox/ }))
  await page.waitForURL((at) => at.pathname === '/')
  const line = page.getByRole('link', { name: what })
  await expect(line).toBeVisible()
  for (let lines = 0; lines < 5 && !await keyboard.isOn(line); lines++) await keyboard.keys('j')
  await expect(line).toBeFocused()
  await keyboard.look()
  await audit(page)
  await keyboard.keys('Enter')
  await page.waitForURL(/\/proposals\/1\//)
}

/** The link of a tab. */
const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views of this proposal' }).getByRole('link', { name: new RegExp(`^${name}`) })
