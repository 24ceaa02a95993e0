#!/usr/bin/env bash
# How fast pages are, in a real browser: `bash end2end/bench/pages/run.sh`, about ten minutes; RUNS=9 for more runs of each. Wants the release
# binary and its site (`make run` builds both). Prints medians and 95th percentiles in ms.
source "$(dirname "$0")/../../../make/lib.sh"
bash make/tools.sh test
if [ -z "${DATABASE_URL:-}" ]; then
    DATABASE_URL=$(bash make/database.sh start bench)
    trap 'bash make/database.sh drop bench' EXIT
fi
export DATABASE_URL
[ -d server/tests/sync/node_modules ] || (cd server/tests/sync && npm ci --silent)
cd end2end && npx playwright test --config bench/pages/playwright.config.ts
