#!/usr/bin/env bash
# Three processes of one Quorum behind a small proxy, to try it: `make cluster`. Ctrl-C stops everything it started; so does the death of any part but
# one server, which may be killed to see what happens: its port is in the list.
source "$(dirname "$0")/lib.sh"
port=${PORT:-3000}

bash make/tools.sh
command -v nats-server >/dev/null || packages nats-server
node make/site.mjs
SQLX_OFFLINE=true cargo build --release -p server
[ -n "${DATABASE_URL:-}" ] || DATABASE_URL=$(bash make/database.sh start cluster)
bus=$((port + 200))
QUORUM_SET_UP_CODE=$(od -An -N10 -tx1 /dev/urandom | tr -d ' \n')
export DATABASE_URL QUORUM_SET_UP_CODE QUORUM_PUBLIC_URL=http://127.0.0.1:$port QUORUM_BUS=nats://127.0.0.1:$bus QUORUM_TRUSTED_PROXIES=127.0.0.1/32
trap 'kill $(jobs -p) 2>/dev/null; wait; bash make/database.sh stop cluster' EXIT
trap 'exit 0' INT TERM
nats-server --addr 127.0.0.1 --port "$bus" >/dev/null 2>&1 &
target/release/quorum migrate
for node in 1 2 3; do
    QUORUM_LISTEN=127.0.0.1:$((port + 100 + node)) QUORUM_METRICS_LISTEN=127.0.0.1:$((port + 110 + node)) target/release/quorum serve &
    say "server $node: port $((port + 100 + node)), metrics on $((port + 110 + node)), process $!"
done
node make/proxy.mjs "$port" $((port + 101)) $((port + 102)) $((port + 103)) &
say "all of them: http://127.0.0.1:$port"
wait $!
