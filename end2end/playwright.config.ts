import { defineConfig } from '@playwright/test'

// Debian's Chromium; as root it needs --no-sandbox, and without the rest it keeps asking hosts that may not be reachable.
const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
if (process.getuid?.() === 0) args.unshift('--no-sandbox')

export default defineConfig({
  testDir: 'tests',
  // One server and database per worker; two cores carry two browsers, one server and PostgreSQL.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A second try is reported as flaky, by name; it keeps one stall of a busy machine from hiding every other result.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args },
    viewport: { width: 1280, height: 800 },
    // What a worker asks for does not come by the routes of tests; the tests of the worker itself allow it.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
