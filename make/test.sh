#!/usr/bin/env bash
# The whole suite: `make test`. Rust (unit, property, services on a real PostgreSQL), TypeScript, fuzz targets, then the product in a browser.
# Ends with one line "N passed, N failed" over everything it ran.
source "$(dirname "$0")/lib.sh"

bash make/tools.sh test
DATABASE_URL=$(bash make/database.sh start test fast)
export DATABASE_URL
trap 'bash make/database.sh drop test' EXIT
logs=target/test-logs
rm -rf "$logs" && mkdir -p "$logs"
broken=0

node make/site.mjs
say "Rust tests"
SQLX_OFFLINE=true cargo build -p server --bins
SQLX_OFFLINE=true cargo test --workspace --features app/ssr --no-fail-fast 2>&1 | tee "$logs/rust" || broken=1
say "TypeScript tests"
(cd app/editor && npm test --silent 2>&1) | tee "$logs/editor" || broken=1
say "fuzz targets"
bash make/fuzz.sh 2>&1 | tee "$logs/fuzz" || broken=1
say "browser tests"
SQLX_OFFLINE=true cargo build --release -p server
# A browser's storage waits for the disk: what the builds wrote must be there first.
sync
(cd end2end && npx playwright test 2>&1) | tee "$logs/browser" || broken=1

# cargo: "test result: ok. 12 passed; 0 failed; …"   node: "# pass 12"   Playwright: "  12 passed (3.4s)"   fuzz: "  4 passed"
count() {
    awk -v want="$1" '
        /^test result:/ { for (i = 2; i <= NF; i++) if ($i ~ "^" want) n += $(i - 1) }
        $1 == "#" && $2 == (want == "passed" ? "pass" : "fail") { n += $3 }
        $2 == want && $1 ~ /^[0-9]+$/ && NF <= 3 { n += $1 }
        END { print n + 0 }' "$logs"/*
}
passed=$(count passed) failed=$(count failed)
# A suite that broke without counting a failure (it did not compile, say) is a failure.
[ "$broken" = 1 ] && [ "$failed" = 0 ] && failed=1
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
