import { defineConfig } from '@playwright/test'
import suite from '../playwright.config.ts'

export default defineConfig({
  ...suite,
  testDir: '.',
  testMatch: /\.looks\.ts$/,
  workers: 1,
  // References are of Debian's Chromium and of nothing else; a letter may be drawn a little differently by its next version.
  snapshotPathTemplate: '{testDir}/../screenshots/{arg}{ext}',
  expect: { timeout: 30_000, toHaveScreenshot: { maxDiffPixelRatio: 0.005, animations: 'disabled', caret: 'hide', scale: 'css' } },
  use: { ...suite.use, reducedMotion: 'reduce', trace: 'off', screenshot: 'off' },
})
