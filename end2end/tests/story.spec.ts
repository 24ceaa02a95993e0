// The main job, end to end: two people write one proposal, a third reviews it, it is merged, and survives a restart.
import { audit, expect, test } from '../fixtures/quorum.ts'
import { createDesign, editor, hydrated, judge, openTab, saved, selectPassage, sendForReview, typeAtEnd } from '../fixtures/proposal.ts'

test('two people write a proposal, a third reviews it, it is merged and survives a restart', async ({ stage, quorum }) => {
  test.setTimeout(180_000)
  const [author, second, reviewer] = [await stage.enter('Ann Author'), await stage.enter('Sam Second'), await stage.enter('Rita Reviewer', 'commenter')]

  // 1. The author creates a design from a template.
  await createDesign(author.page, stage.slug, 'Ledger of payments')
  const link = author.page.url()
  await typeAtEnd(author.page, '# Ledger\n\nEvery payment is written twice.\n')
  await saved(author.page)

  // 2. A second author joins; each sees what the other writes.
  await second.page.goto(link)
  await expect(editor(second.page)).toContainText('Every payment is written twice.')
  await typeAtEnd(second.page, '\nThe ledger has one replica.\n')
  await expect(editor(author.page)).toContainText('The ledger has one replica.')
  await saved(second.page)
  await expect(author.page.getByRole('list', { name: /here/i }).getByRole('button', { name: /Sam/ })).toBeVisible()

  // 4. Send for review.
  await sendForReview(author.page, 'Rita')
  await expect(author.page.getByText('In review').first()).toBeVisible()

  // 5. The reviewer finds it in the inbox, starts a blocking thread, requests changes.
  await reviewer.page.goto('/')
  await hydrated(reviewer.page)
  await expect(reviewer.page).toHaveTitle(/\(1\)/)
  await reviewer.page.getByRole('link', { name: /asked you to review revision 1/ }).click()
  await reviewer.page.waitForURL(/\/proposals\/1\//)
  await openTab(reviewer.page, 'Read')
  await expect(reviewer.page.locator('.prose')).toContainText('The ledger has one replica.')
  await selectPassage(reviewer.page, 'one replica')
  await reviewer.page.getByRole('button', { name: 'Comment' }).first().click()
  const composer = reviewer.page.getByRole('form', { name: 'New thread' })
  await composer.getByText('Blocking').click()
  await composer.getByLabel('Your comment').fill('What happens when it is lost?')
  await composer.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(reviewer.page.locator('article.thread, .thread').filter({ hasText: 'What happens when it is lost?' })).toBeVisible()
  await openTab(reviewer.page, 'Review')
  await judge(reviewer.page, 'Request changes', 'One replica is not enough.')
  await expect(reviewer.page.getByText('One replica is not enough.').first()).toBeVisible()

  // The author sees the thread beside the text, live, and answers; then revision 2.
  const asked = author.page.locator('.thread').filter({ hasText: 'What happens when it is lost?' })
  await expect(asked).toBeVisible()
  await asked.getByText('Reply', { exact: true }).first().click()
  await asked.getByLabel('Your reply').fill('It has three now.')
  await asked.getByRole('button', { name: 'Reply' }).click()
  await expect(asked).toContainText('It has three now.')
  await typeAtEnd(author.page, '\nIt is written to three replicas.\n')
  await saved(author.page)
  await sendForReview(author.page, 'Rita')

  // 6. The reviewer compares the two revisions, resolves, approves.
  await reviewer.page.goto(link.replace(/write$/, 'review?from=1&to=2'))
  await hydrated(reviewer.page)
  await expect(reviewer.page.locator('ins').filter({ hasText: 'three replicas' }).first()).toBeVisible()
  const thread = reviewer.page.locator('.thread').filter({ hasText: 'What happens when it is lost?' })
  await openTab(reviewer.page, 'Read')
  await thread.getByRole('button', { name: 'Resolve' }).click()
  await openTab(reviewer.page, 'Review')
  await judge(reviewer.page, 'Approve', 'Three replicas will do.')
  await expect(reviewer.page.getByRole('region', { name: 'Gate' })).toContainText('Everything is met')

  // 7. The author merges; the decision stands, after a restart too.
  await author.page.getByRole('button', { name: 'Merge', exact: true }).first().click()
  const dialog = author.page.getByRole('dialog', { name: 'Merge' })
  await expect(dialog).toContainText('Everything is met')
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await author.page.waitForURL(/\/decisions\/1$/)
  await expect(author.page.getByRole('main')).toContainText('It is written to three replicas.')
  await expect(author.page.getByRole('main')).toContainText('Three replicas will do.')
  await audit(author.page)

  await quorum.stop('SIGKILL')
  await quorum.start()
  await author.page.reload()
  await expect(author.page.getByRole('main')).toContainText('It is written to three replicas.')
  await second.page.goto(link.replace(/\/proposals\/.*/, ''))
  await expect(second.page.getByRole('main')).toContainText('The ledger has one replica.')
})
