#!/usr/bin/env bash
# Builds and serves: `make run`. Ctrl-C stops everything it started.
source "$(dirname "$0")/lib.sh"
port=${PORT:-3000}

bash make/tools.sh
# Side by side: packing the site has long stretches that keep one processor only. The library does not hold the site; the binary does.
node make/site.mjs &
site=$!
say "building the server"
SQLX_OFFLINE=true cargo build --release -p server --lib
wait $site
SQLX_OFFLINE=true cargo build --release -p server

if [ -z "${DATABASE_URL:-}" ]; then
    DATABASE_URL=$(bash make/database.sh start postgres)
    trap 'bash make/database.sh stop postgres' EXIT
fi
export DATABASE_URL
say "DATABASE_URL=$DATABASE_URL"
# The server gets Ctrl-C from the terminal itself; this script waits for it to finish its work.
trap : INT TERM
QUORUM_LISTEN="127.0.0.1:$port" target/release/quorum serve &
server=$!
trap 'kill -TERM $server 2>/dev/null' INT TERM
while kill -0 $server 2>/dev/null; do wait $server && code=0 || code=$?; done
exit "${code:-0}"
