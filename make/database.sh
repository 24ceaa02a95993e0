#!/usr/bin/env bash
# A private PostgreSQL.   database.sh start NAME [fast]   prints its DATABASE_URL   ·   database.sh stop NAME
#
# Its files are under .data/NAME. PostgreSQL refuses to run as root: then it runs as the user postgres, and where that user cannot
# reach this folder, its files are under /var/lib instead. `fast` gives up surviving a power cut, for tests.
source "$(dirname "$0")/lib.sh"
verb=$1 name=$2 mode=${3:-}

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
folder=$root/.data/$name
as_server=()
if [ "$(id -u)" = 0 ]; then
    as_server=(runuser -u postgres --)
    mkdir -p "$root/.data"
    if ! runuser -u postgres -- test -x "$root/.data"; then
        folder=/var/lib/quorum-$(printf %s "$root" | cksum | cut -d' ' -f1)/$name
    fi
    mkdir -p "$folder" && chown postgres "$folder" && chmod 700 "$folder"
else
    mkdir -p "$folder" && chmod 700 "$folder"
fi

running() { "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; }

case $verb in
    start)
        if ! [ -e "$folder/data/PG_VERSION" ]; then
            say "creating a private PostgreSQL in $folder"
            (cd "$folder" && "${as_server[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-instructions >/dev/null)
        fi
        if ! running; then
            port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
            settings="-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=200"
            [ "$mode" = fast ] && settings="$settings -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
            echo "$port" >"$folder/port"
            # Its own session, so that Ctrl-C reaches the product first and the database is stopped in order.
            (cd "$folder" && setsid "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 -o "$settings" start >/dev/null 2>&1) ||
                fail "PostgreSQL did not start; its log is $folder/log"
            touch "$folder/started"
        fi
        port=$(cat "$folder/port")
        "$bin/psql" -q -h 127.0.0.1 -p "$port" -U postgres -Atc "select 1 from pg_database where datname = 'quorum'" | grep -q 1 ||
            "$bin/psql" -q -h 127.0.0.1 -p "$port" -U postgres -c 'create database quorum' >/dev/null
        echo "postgres://postgres@127.0.0.1:$port/quorum"
        ;;
    stop)
        if running; then "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null; fi
        ;;
    drop)
        if running; then "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null; fi
        rm -rf "$folder"
        ;;
    *) fail "database.sh start|stop|drop NAME" ;;
esac
