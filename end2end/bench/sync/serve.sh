#!/usr/bin/env bash
# One Quorum for the load generator: `serve.sh FOLDER PORT`. Its database belongs to the folder: a new folder has a new one, a restart finds its own.
set -euo pipefail
folder=$1 port=$2
name=$folder/database
if [ ! -e "$name" ]; then
    database=bench_sync_$(od -An -N6 -tx1 /dev/urandom | tr -d ' ')
    psql -X -q "$BENCH_DATABASE_URL" -c "create database $database"
    echo "$database" >"$name"
fi
export DATABASE_URL=${BENCH_DATABASE_URL%/*}/$(cat "$name")${BENCH_DATABASE_OPTIONS:-}
export QUORUM_LISTEN=127.0.0.1:$port QUORUM_LOG=${QUORUM_LOG:-warn} QUORUM_SHUTDOWN_GRACE=5
# One account opens every socket and types for everybody.
export QUORUM_SOCKETS_PER_ACCOUNT=20000 QUORUM_SOCKET_MESSAGES_PER_SECOND=100000 QUORUM_SOCKET_BYTES_PER_SECOND=1000000000
exec "$QUORUM" serve
