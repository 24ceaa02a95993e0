#!/usr/bin/env bash
# Quorum beside other Yjs servers, with the load generator in ../shared/bench: `bash end2end/bench/sync/run.sh rooms --peers quorum,ysweet --steps 5,20`.
#
# Scenarios and their options: the generator's README, and two of ours: ack.mjs, hostile.mjs. `quorum` counts the server alone, `quorum-pg` PostgreSQL's processes too.
source "$(dirname "$0")/../../../make/lib.sh"
work=$root/target/bench-sync
if [ ! -e "$work/.installed" ]; then
    mkdir -p "$work" && cp -r ../shared/bench/. "$work"
    (cd "$work" && ./install-peers.sh) && touch "$work/.installed"
fi
BENCH_DATA=$(cd ../shared/data && pwd)
BENCH_DATABASE_URL=$(bash make/database.sh start bench)
QUORUM=${QUORUM:-$root/target/release/quorum}
export BENCH_DATA BENCH_DATABASE_URL QUORUM
trap 'bash make/database.sh drop bench' EXIT
postmaster=$(psql -X -At "$BENCH_DATABASE_URL" -c 'show data_directory')/postmaster.pid
node - "$root" "$postmaster" "$BENCH_DATABASE_URL" >"$work/peers.local.json" <<'JS'
const [root, postmaster, url] = process.argv.slice(2)
const here = `${root}/end2end/bench/sync`
const quorum = {
  version: 'this checkout, release build, PostgreSQL with synchronous_commit on',
  cmd: ['bash', `${here}/serve.sh`, '{data}', '{port}'],
  proto: 'y',
  durable: true,
  prepare: ['node', `${here}/rooms.mjs`],
  rooms: 1100,
  walCmd: ['psql', '-XAtc', "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint", url],
}
console.log(JSON.stringify({ quorum, 'quorum-pg': { ...quorum, extraPidFile: postmaster } }, null, 2))
JS
case ${1:-} in
    ack | hostile) (cd "$work" && node "$root/end2end/bench/sync/$1.mjs" "${@:2}") ;;
    *) (cd "$work" && node bench.js "$@") ;;
esac
