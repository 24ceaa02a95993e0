import tests from '../../playwright.config.ts'

// One thing at a time, and nothing recorded: what is measured must not wait for what measures.
export default { ...tests, testDir: '.', testMatch: '*.bench.ts', workers: 1, retries: 0, timeout: 900_000, use: { ...tests.use, trace: 'off' as const, screenshot: 'off' as const } }
