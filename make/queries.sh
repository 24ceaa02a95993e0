#!/usr/bin/env bash
# Writes .sqlx, the query data that lets the server build without a database: `make queries`.
source "$(dirname "$0")/lib.sh"
DATABASE_URL=$(bash make/database.sh start check fast)
trap 'bash make/database.sh drop check' EXIT
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
for file in migrations/*.sql; do "$bin/psql" -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "$file"; done
rm -rf .sqlx && mkdir .sqlx
touch server/src/lib.rs
SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$root/.sqlx DATABASE_URL=$DATABASE_URL cargo check -p server
