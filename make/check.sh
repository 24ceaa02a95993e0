#!/usr/bin/env bash
# Formatting, lints and the guards of the house: `make check`.
source "$(dirname "$0")/lib.sh"

bash make/tools.sh test
say "formatting"
cargo fmt --all --check
cargo fmt --manifest-path fuzz/Cargo.toml --check
say "Clippy"
export SQLX_OFFLINE=true
cargo clippy --workspace --all-targets --features app/ssr -- -D warnings
say "Clippy, as the browser sees it"
cargo clippy -p app --features hydrate -- -D warnings

say "the query data in .sqlx is what the queries say"
DATABASE_URL=$(bash make/database.sh start check fast)
trap 'bash make/database.sh drop check' EXIT
fresh=target/sqlx-fresh
rm -rf "$fresh" && mkdir -p "$fresh"
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
for file in migrations/*.sql; do "$bin/psql" -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "$file"; done
touch server/src/lib.rs
SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$root/$fresh DATABASE_URL=$DATABASE_URL cargo check -q -p server
diff -rq .sqlx "$fresh" || fail "Run 'make queries' and commit .sqlx."

say "the fuzz targets are made of what the product is made of"
# Their own: libfuzzer-sys and the two that it needs.
own=$(comm -13 <(grep ^checksum Cargo.lock | sort) <(grep ^checksum fuzz/Cargo.lock | sort) | wc -l)
[ "$own" -le 3 ] || fail "Run 'cp Cargo.lock fuzz/Cargo.lock && cargo metadata --manifest-path fuzz/Cargo.toml >/dev/null' and commit fuzz/Cargo.lock."

say "TypeScript"
(cd app/editor && npm run --silent check)
(cd end2end && npm run --silent check)

say "the browser's half holds nothing of the server's"
tree=$(cargo tree -p app --features hydrate --target wasm32-unknown-unknown -e normal --prefix none)
for crate in sqlx yrs argon2 axum tokio image object_store; do
    ! grep -q "^$crate v" <<<"$tree" || fail "$crate is in the browser's half: see 'cargo tree -p app --features hydrate -i $crate'"
done
features=$(grep -rn 'cfg(feature' app/src | wc -l)
[ "$features" -le 2 ] || fail "$features cfg(feature) lines in app; two at most"

say "sizes"
node make/site.mjs
node make/budget.mjs
