// An empty database: the first visitor needs the code that the server printed, and can load a team to try things with.
import { test as base } from '@playwright/test'
import { audit, expect, watch } from '../fixtures/quorum.ts'
import { hydrated } from '../fixtures/proposal.ts'
import { setUp } from '../fixtures/sample.ts'
import { QuorumServer } from '../fixtures/server.ts'

const test = base.extend<{ empty: QuorumServer }>({
  empty: async ({}, use) => {
    const server = await QuorumServer.fresh()
    await use(server)
    await server.drop()
  },
})

test('the first account is made with the code from the log and may load the sample team', async ({ empty, browser }) => {
  test.setTimeout(120_000)
  const context = await browser.newContext({ baseURL: empty.url })
  const page = await context.newPage()
  const complaints: string[] = []
  watch(page, complaints)
  await page.goto('/')
  await page.waitForURL(/\/set-up$/)
  await hydrated(page)
  await audit(page)

  await setUp(page, 'WRONG-CODE', 'Fay First', 'fay@example.org')
  await expect(page.getByRole('alert').or(page.locator('[aria-invalid=true]')).first()).toBeVisible()
  await setUp(page, empty.setUpCode(), 'Fay First', 'fay@example.org')
  await page.getByRole('button', { name: /Load the sample team/ }).click()
  await page.waitForURL(/\/teams\//)
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(5)
  await audit(page)
  expect(complaints.filter((text) => !/status of (403|422)/.test(text))).toEqual([])
  await context.close()
})
