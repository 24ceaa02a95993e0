#!/usr/bin/env bash
# Every benchmark: `make bench`, about ten minutes. Rooms, rendering and comparing (criterion), lists of 10,000 designs, the server's memory.
source "$(dirname "$0")/lib.sh"

bash make/tools.sh test
DATABASE_URL=$(bash make/database.sh start bench)
export DATABASE_URL SQLX_OFFLINE=true
trap 'bash make/database.sh drop bench' EXIT
cargo bench -p server
node make/site.mjs
cargo build --release -p server
node --no-warnings --experimental-websocket end2end/bench/memory.mjs
