// What somebody writes in bad faith, or by accident, is shown as it is written or refused with its reason; nothing of it ever runs.
import type { Page } from '@playwright/test'
import { expect, test, type Visitor } from '../fixtures/quorum.ts'
import { editor, exported, hydrated, openTab, saved, selectPassage, typeAtEnd } from '../fixtures/proposal.ts'

/** Every one calls `hacked`, which the tests listen to. */
const ATTACKS = [
  '<script>hacked("script")</script>',
  '<img src=x onerror=hacked("onerror")>',
  '<svg onload=hacked("onload")></svg>',
  '<details open ontoggle=hacked("ontoggle")>opened</details>',
  '<iframe srcdoc="<script>parent.hacked(1)</script>"></iframe>',
  '<form action="javascript:hacked(2)"><button>press me</button></form>',
  '<style>* { display: none }</style>',
  '<a href="javascript:hacked(3)">an HTML link</a>',
  '[a Markdown link](javascript:hacked(4))',
  '[a link with a tab](java&#x09;script:hacked(5))',
  '[a document](data:text/html;base64,PHNjcmlwdD5vcGVuZXIuaGFja2VkKDYpPC9zY3JpcHQ+)',
  '<javascript:hacked(7)>',
  '![a picture](x" onerror="hacked(8))',
  '[a reference]\n\n[a reference]: javascript:hacked(9) "a title"',
].join('\n\n')

/** Asks Mermaid to let down its guard first. */
const DIAGRAM = [
  '```mermaid',
  '%%{init: {"securityLevel": "loose", "flowchart": {"htmlLabels": true}}}%%',
  'graph TD',
  '  A["<img src=x onerror=parent.hacked(10)>"] --> B["<script>parent.hacked(11)</script>"]',
  '  click A href "javascript:hacked(12)"',
  '```',
].join('\n')

const TITLE = '<img src=x onerror=hacked("title")> “title”'
const NAME = 'Eve <b onmouseover=hacked("name")>B</b>'

/** What the server refuses is an error to the console. */
const REFUSED = /status of (413|422)/
/** What the frame that draws diagrams was kept from. */
const FRAMED = /mermaid-frame-/

test('nothing that is written in a text, title, name, comment or diagram runs on any page', async ({ stage }) => {
  stage.expectComplaints(FRAMED)
  const [eve, rita] = [await stage.enter(NAME), await stage.enter('Rita', 'commenter')]
  const ran: string[] = []
  for (const person of [eve, rita]) await listen(person, ran)
  const [program, reviewer] = [stage.program(eve.email), stage.program(rita.email)]
  const { proposal } = await program.design(TITLE, `# Attacks\n\nA harmless sentence.\n\n${ATTACKS}\n\n${DIAGRAM}\n`)
  const revision = await program.send(proposal, rita.email)
  const [design, page] = [`/teams/${stage.slug}/designs/1`, `/teams/${stage.slug}/designs/1/proposals/1`]

  // The reviewer finds it, reads it, and comments in the same spirit.
  await look(rita.page, '/', NAME)
  await look(rita.page, `/teams/${stage.slug}`, TITLE)
  await look(rita.page, `/teams/${stage.slug}?q=onerror`, TITLE)
  await look(rita.page, `/teams/${stage.slug}/people`, NAME)
  await look(rita.page, `${page}/read`, '<img src=x onerror=hacked("onerror")>')
  await expect(rita.page.locator('.diagram img, .diagram-error').first()).toBeVisible()
  for (const words of ['a Markdown link', 'a document', 'a reference']) await rita.page.locator('.prose').getByText(words).first().click()
  await selectPassage(rita.page, 'harmless')
  await rita.page.getByRole('button', { name: 'Comment', exact: true }).click()
  await rita.page.getByLabel('Your comment').fill(ATTACKS)
  await rita.page.getByRole('form', { name: 'New thread' }).getByRole('button', { name: 'Comment' }).click()
  await expect(rita.page.locator('.thread .comment').getByText('<script>hacked("script")</script>')).toBeVisible()
  await harmless(rita.page)
  await reviewer.review(proposal, revision, 'approve', ATTACKS)

  // The author sees it all in the editor, in both views of the comparison, and in the inbox.
  await look(eve.page, `${page}/write`, '<script>hacked("script")</script>')
  await eve.page.locator('.cm-line').getByText('a Markdown link').click({ modifiers: ['Control'] })
  await typeAtEnd(eve.page, '\nNothing happened.\n')
  await saved(eve.page)
  await expect(eve.page.locator('.diagram img, .diagram-error').first()).toBeVisible()
  await look(eve.page, `${page}/review?from=accepted&to=1`, '<script>hacked("script")</script>')
  await look(eve.page, `${page}/review?from=accepted&to=live&view=source`, '<script>hacked("script")</script>')
  await look(eve.page, '/', 'approved revision 1')

  // It is merged, and kept.
  const last = await program.send(proposal)
  await reviewer.review(proposal, last, 'approve', ATTACKS)
  await program.merge(proposal, last)
  await look(eve.page, design, '<script>hacked("script")</script>')
  await look(eve.page, `${design}/history`, NAME)
  await look(eve.page, `${design}/decisions/1`, '<script>hacked("script")</script>')
  await look(eve.page, '/settings', NAME)
  expect(ran).toEqual([])
})

test('a file that cannot be taken is refused with its reason, and nothing that was typed is lost', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const { page } = await stage.enter('Ann')
  await page.goto(`/teams/${stage.slug}/designs/new?from=file`)
  await hydrated(page)
  await page.getByLabel('Or paste the text').fill('# Pasted before\n')
  await page.getByLabel(/^Title/).fill('My title')
  const alert = page.getByRole('alert')
  const choose = async (name: string, bytes: Buffer): Promise<void> => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/markdown', buffer: bytes })
  }
  await choose('large.md', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'))
  await expect(alert).toHaveText('large.md is larger than 5 MB. Split it into several designs.')
  await choose('latin.md', Buffer.from('# Caf\xe9\n', 'latin1'))
  await expect(alert).toContainText('latin.md is not UTF-8 text: byte 6 belongs to no character.')
  await expect(page.getByLabel('Or paste the text')).toHaveValue('# Pasted before\n')

  // What only the server sees, it says; the file stays chosen.
  await choose('zero.md', Buffer.from('# Zero\n\nA \0 in it.\n'))
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(alert).toContainText('Line 3, column 3')
  await expect(page.getByText('zero.md')).toBeVisible()
  await expect(page.getByLabel(/^Title/)).toHaveValue('My title')
  await page.getByRole('button', { name: 'Take the file away' }).click()
  await expect(page.getByLabel('Or paste the text')).toHaveValue('# Pasted before\n')
  await page.getByRole('button', { name: 'Import' }).click()
  await page.waitForURL(/\/designs\/1\/proposals\/1\/write$/)
  await expect(page.getByRole('heading', { level: 1, name: 'My title' })).toBeVisible()
  await expect(editor(page)).toContainText('Pasted before')
})

test('a hundred thousand nested quotations can be imported, written in, read and compared', async ({ stage }) => {
  const { page } = await stage.enter('Ann')
  const text = `# Deep\n\n${'>'.repeat(100_000)} bottom\n\nThe end.\n`
  const program = stage.program(`ann@${stage.slug}.example.org`)
  await program.design('Deep', text)
  await page.goto(`/teams/${stage.slug}/designs/1/proposals/1/write`)
  await expect(editor(page)).toContainText('Deep')
  await typeAtEnd(page, 'Still here.\n')
  await saved(page)
  expect(await exported(page)).toBe(`${text}Still here.\n`)
  await openTab(page, 'Read')
  await expect(page.locator('.prose')).toContainText('Still here.')
  await page.getByRole('button', { name: 'Send for review' }).click()
  await page.getByRole('dialog', { name: 'Send for review' }).getByRole('button', { name: 'Send for review' }).click()
  await expect(page.getByText('In review').first()).toBeVisible()
  await openTab(page, 'Review')
  await expect(page.locator('.diff')).toContainText('Still here.')
})

/** Collects everything that ran, was asked, or was refused by the content security policy. */
async function listen ({ page, context }: Visitor, ran: string[]): Promise<void> {
  await context.exposeFunction('hacked', (what: unknown) => { ran.push(`${page.url()}: ${String(what)}`) })
  await context.exposeFunction('violated', (what: string) => { ran.push(`${page.url()}: violation of ${what}`) })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      if (window === top) (window as unknown as { violated: (what: string) => void }).violated(`${violatedDirective} by ${blockedURI}`)
    })
  })
  context.on('dialog', (dialog) => { ran.push(`${page.url()}: dialog ${dialog.message()}`); void dialog.dismiss() })
  context.on('page', (opened) => ran.push(`${page.url()}: opened ${opened.url()}`))
}

/** Opens a page, waits until it shows some words as words, and looks for what could run. */
async function look (page: Page, path: string, words: string): Promise<void> {
  await page.goto(path)
  await hydrated(page)
  await expect(page.locator('main, nav').filter({ hasText: words }).first(), path).toBeVisible()
  await harmless(page)
}

/** No element that a text brought could run anything, leave the page for a script, or change how the page looks. */
async function harmless (page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const handlers = [...document.querySelectorAll('body *')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on')))
    const links = [...document.querySelectorAll<HTMLElement>('[href], [src], [action], [formaction]')].filter((element) =>
      ['href', 'src', 'action', 'formaction'].some((name) => /^\s*(javascript|vbscript):|^\s*data:(?!image\/)/i.test(element.getAttribute(name) ?? '')))
    const elements = [...document.querySelectorAll('main :is(script, style, object, embed, base, link, meta, svg:not(.icon)), iframe[srcdoc], img[src=x]')]
    return [...handlers, ...links, ...elements].map((element) => element.outerHTML.slice(0, 200))
  })
  expect(found, page.url()).toEqual([])
}
