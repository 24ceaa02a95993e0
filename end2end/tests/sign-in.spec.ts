// Coming in and going out: passwords, sessions, links that work once.
import type { Locator, Page } from '@playwright/test'
import { expect, PASSWORD, signIn, test, type Visitor } from '../fixtures/quorum.ts'
import { createDesign, hydrated, saved, typeAtEnd } from '../fixtures/proposal.ts'
import { MailServer } from '../fixtures/mail.ts'
import { QuorumServer } from '../fixtures/server.ts'

const NEW_PASSWORD = 'another horse, another staple'

/** A form that the server refuses is an error to the console, and so is what an open page asks for after its session has ended. */
const REFUSED = /status of (401|403|404|422|503)/

test('a wrong password and an address without account are refused in the same words', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const email = stage.join('Ann')
  const { page } = await stage.visit()
  await page.goto('/sign-in')
  await hydrated(page)
  for (const address of [email, `nobody@${stage.slug}.example.org`]) {
    await attempt(page, address, 'not the password')
    await expect(page.getByRole('alert')).toHaveText('This e-mail address and password do not belong together.')
    await expect(page.getByLabel('E-mail')).toHaveValue(address)
  }
  await signIn(page, email)
  await expect(page.getByRole('heading', { name: 'Your turn' })).toBeVisible()
})

test('signing in leads back to the page that asked for it, and never to another site', async ({ stage }) => {
  const email = stage.join('Ann')
  const { page } = await stage.visit()
  await page.goto(`/teams/${stage.slug}?q=ledger&mine=1`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await signIn(page, email)
  await expect(page).toHaveURL(`${stage.url}/teams/${stage.slug}?q=ledger&mine=1`)
  await expect(page.getByRole('searchbox', { name: 'Search designs' })).toHaveValue('ledger')

  const foreign = ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example']
  // Those who are signed in already are sent on at once, by the server.
  for (const next of foreign) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await expect(page, next).toHaveURL(`${stage.url}/`)
  }
  // Those who are not are sent on by the form.
  for (const next of foreign.slice(0, 2)) {
    const other = await stage.visit()
    await other.page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await hydrated(other.page)
    await signIn(other.page, email)
    await expect(other.page, next).toHaveURL(`${stage.url}/`)
  }
})

test('signing out leaves nothing of the account on the device', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const { page } = await stage.enter('Ann')
  await createDesign(page, stage.slug, 'Secret plans')
  await typeAtEnd(page, 'Nobody else may read this.\n')
  await saved(page)
  await expect.poll(() => copies(page)).not.toEqual([])
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in$/)
  expect(await copies(page)).toEqual([])
  await page.goBack()
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByText('Secret plans')).toHaveCount(0)
})

test('changing the password ends every other session', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const ann = await stage.enter('Ann')
  const elsewhere = await again(stage.visit, ann.email)

  await ann.page.goto('/settings')
  await hydrated(ann.page)
  const form = ann.page.getByRole('region', { name: 'Password' })
  await change(form, 'not the password', NEW_PASSWORD)
  await expect(form.getByText('This is not your present password.')).toBeVisible()
  await expect(form.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true')
  await change(form, PASSWORD, 'short')
  await expect(form.getByText(/at least 8 characters; a few unrelated words/)).toBeVisible()
  await expect(form.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true')
  await change(form, PASSWORD, NEW_PASSWORD)
  await expect(form.getByText('Your password is changed. Your other sessions have ended.')).toBeVisible()

  await ann.page.reload()
  await expect(ann.page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await elsewhere.page.reload()
  await elsewhere.page.waitForURL(/\/sign-in/)
  await signIn(elsewhere.page, ann.email, NEW_PASSWORD)
})

test('one sees where one is signed in and ends it there', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const ann = await stage.enter('Ann')
  const elsewhere = await again(stage.visit, ann.email)
  await ann.page.goto('/settings')
  await hydrated(ann.page)
  const sessions = ann.page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.filter({ hasText: 'This one' })).toHaveCount(1)
  await expect(sessions.first()).toContainText(/Chrome on Linux/)
  const other = sessions.filter({ hasNotText: 'This one' })
  await other.getByRole('button', { name: 'End' }).click()
  await expect(sessions).toHaveCount(1)
  await elsewhere.page.goto(`/teams/${stage.slug}`)
  await elsewhere.page.waitForURL(/\/sign-in\?next=/)
})

test('a forgotten password is set anew by a mailed link, which works once', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const mail = await MailServer.open()
  const server = await QuorumServer.fresh({ QUORUM_SMTP_URL: mail.url, QUORUM_MAIL_FROM: 'Quorum <quorum@example.org>' })
  try {
    server.account('ann@example.org', 'Ann')
    const { page } = await stage.visit()
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole('link', { name: 'I forgot my password' }).click()
    await hydrated(page)
    // The same words whether or not there is such an account; a mail only where there is.
    for (const address of ['nobody@example.org', 'ann@example.org']) {
      await page.getByLabel('E-mail').fill(address)
      await page.getByRole('button', { name: 'Send me a link' }).click()
      await expect(page.getByText('If there is an account with this address')).toBeVisible()
    }
    await expect.poll(() => mail.mails).toHaveLength(1)
    const [{ to, text } = { to: '', text: '' }] = mail.mails
    expect(to).toBe('ann@example.org')
    const link = /http:\S+\/reset\/\S+/.exec(text)?.[0] ?? ''
    expect(link).toContain(server.url)

    await setPassword(page, link, NEW_PASSWORD)
    await page.waitForURL(/\/sign-in$/)
    await signIn(page, 'ann@example.org', NEW_PASSWORD)
    await setPassword(page, link, 'a third horse, a third staple')
    await expect(page.getByRole('alert')).toHaveText('This link cannot be used: it was used or has expired. Ask for a new one.')
  } finally {
    await server.drop()
    mail.close()
  }
})

test('without mail the page says whom to ask, and an admin or the operator makes the link', async ({ stage, quorum }) => {
  stage.expectComplaints(REFUSED)
  const ann = await stage.enter('Ann')
  const visitor = await stage.visit()
  await visitor.page.goto('/forgotten')
  await hydrated(visitor.page)
  await visitor.page.getByLabel('E-mail').fill(ann.email)
  await visitor.page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(visitor.page.getByRole('alert')).toContainText('Ask an admin of your team for a link')

  // By an admin of the team; it ends her sessions.
  const admin = await stage.enter('Ada Admin', 'admin')
  await admin.page.goto(`/teams/${stage.slug}/people`)
  await hydrated(admin.page)
  await admin.page.getByRole('button', { name: 'More about Ann' }).click()
  await admin.page.getByRole('button', { name: 'Make a password reset link' }).click()
  const link = await admin.page.getByLabel('Link that sets a new password').inputValue()
  await setPassword(visitor.page, link, NEW_PASSWORD)
  await visitor.page.waitForURL(/\/sign-in$/)
  await signIn(visitor.page, ann.email, NEW_PASSWORD)
  await ann.page.goto('/settings')
  await ann.page.waitForURL(/\/sign-in/)

  // By whoever runs the server.
  const printed = quorum.command('account', 'reset', '--email', ann.email, '--public-url', quorum.url)
  await setPassword(ann.page, printed, PASSWORD)
  await ann.page.waitForURL(/\/sign-in$/)
  await signIn(ann.page, ann.email)
})

test('an invitation makes one account, and a second visitor is told that it is used up', async ({ stage }) => {
  stage.expectComplaints(REFUSED)
  const link = await invitation(await stage.enter('Ada Admin', 'admin'), stage.slug, 'Commenter')
  const { page } = await stage.visit()
  await page.goto(link)
  await hydrated(page)
  await expect(page.getByText(`Ada Admin invites you to the team Team ${stage.slug} as a commenter.`)).toBeVisible()
  await page.getByLabel('Your name').fill('Nia New')
  await page.getByLabel('E-mail').fill(`nia@${stage.slug}.example.org`)
  await page.getByLabel('Password', { exact: true }).fill('12345678')
  await page.getByRole('button', { name: 'Join the team' }).click()
  // What was typed stays, the invitation too.
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Your name')).toHaveValue('Nia New')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Join the team' }).click()
  await page.waitForURL(`${stage.url}/`)
  await expect(page.getByRole('navigation', { name: 'Main' })).toContainText(`Team ${stage.slug}`)

  const late = await stage.visit()
  await late.page.goto(link)
  await expect(late.page.getByText('This invitation cannot be used: it was used, has expired or was taken back.')).toBeVisible()
  await expect(late.page.getByLabel('Your name')).toHaveCount(0)
})

test('somebody with an account joins by an invitation without making another', async ({ stage, quorum }) => {
  const link = await invitation(await stage.enter('Ada Admin', 'admin'), stage.slug, 'Editor')
  const email = `otto@${stage.slug}.example.org`
  quorum.account(email, 'Otto Outside')
  const { page } = await stage.visit()
  await page.goto(link)
  await page.getByRole('link', { name: 'sign in with the one you have' }).click()
  await hydrated(page)
  await signIn(page, email)
  await expect(page.getByText(`You are signed in as Otto Outside (${email}).`)).toBeVisible()
  await hydrated(page)
  await page.getByRole('button', { name: 'Join the team' }).click()
  await page.waitForURL(`${stage.url}/teams/${stage.slug}`)
  await expect(page.getByRole('link', { name: 'New design' })).toBeVisible()
})

/** Fills the sign-in form and sends it. */
async function attempt (page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** A second browser of somebody. */
async function again (visit: () => Promise<Visitor>, email: string): Promise<Visitor> {
  const visitor = await visit()
  await visitor.page.goto('/sign-in')
  await signIn(visitor.page, email)
  return visitor
}

async function change (form: Locator, current: string, next: string): Promise<void> {
  await form.getByLabel('Current password').fill(current)
  await form.getByLabel('New password').fill(next)
  await form.getByRole('button', { name: 'Change password' }).click()
}

/** Follows a link that sets a new password. */
async function setPassword (page: Page, link: string, password: string): Promise<void> {
  await page.goto(link)
  await hydrated(page)
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Set the password' }).click()
}

/** Makes an invitation on the page of people; answers its link. */
async function invitation ({ page }: Visitor, slug: string, role: string): Promise<string> {
  await page.goto(`/teams/${slug}/people`)
  await hydrated(page)
  await page.getByLabel('Role', { exact: true }).selectOption(role)
  await page.getByRole('button', { name: 'Make an invitation link' }).click()
  return await page.getByLabel('Invitation link').inputValue()
}

/** The names of the texts kept in this browser. */
const copies = async (page: Page): Promise<Array<string | undefined>> =>
  await page.evaluate(async () => (await indexedDB.databases()).map((database) => database.name))
