#!/usr/bin/env bash
# Installs what building needs and is not there yet. `tools.sh test` also installs what the browser tests need.
source "$(dirname "$0")/lib.sh"

command -v cargo >/dev/null || fail "Rust is missing. Install it from https://rustup.rs, then run this again."
command -v node >/dev/null || fail "Node.js 20 or newer is missing. Install it, then run this again."

# A database server is only needed where nobody brings one, but tests always need one.
server_there() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; }
if [ -z "${DATABASE_URL:-}" ] || [ "${1:-}" = test ]; then
    server_there || {
        # Debian's package would start a cluster of its own on port 5432; ours is private.
        if command -v apt-get >/dev/null && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
            as_root mkdir -p /etc/postgresql-common
            echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
        fi
        packages postgresql
    }
fi
[ "${1:-}" = test ] && { command -v chromium >/dev/null || packages chromium; }
[ "${1:-}" = test ] && { command -v nats-server >/dev/null || packages nats-server; }
command -v cc >/dev/null || packages gcc libc6-dev

# What the browser's half is compiled with: rustup's source of the standard library where it can be fetched, else Debian's compiler with its own.
if [ ! -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library/std" ] && [ ! -e target/.debian-wasm ]; then
    say "adding the source of Rust's standard library"
    if ! timeout 60 rustup component add rust-src >/dev/null 2>&1; then
        say "rustup cannot fetch it here; using Debian's compiler for the browser half"
        packages rustc-web cargo-web rust-web-src rust-web-llvm lld-22
        mkdir -p target && touch target/.debian-wasm
    fi
fi

# Builds a command of a crate, where it is not there in that version.
tool() {
    local crate=$1 version=$2
    shift 2
    grep -qs "^\"$crate $version " .data/tools/.crates.toml && return 0
    say "building $crate $version (about 2 minutes, once)"
    # It runs for seconds: building it fast matters more than its own speed.
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
        cargo install --quiet "$crate" --version "$version" --root .data/tools "$@"
}

# wasm-bindgen's command must be the version that Cargo.lock names. Without --locked: its lock file names a yanked crate.
tool wasm-bindgen-cli "$(awk '/^name = "wasm-bindgen"$/ {getline; gsub(/version = |"/, ""); print}' Cargo.lock)"
# Takes the module apart where app/src/routes/parts.rs says so.
tool wasm_split_cli_support 0.2.4 --locked --features build-binary

# npm's packages, when the lock file is newer than what is installed.
modules() {
    local stamp="$1/node_modules/.installed"
    [ -e "$stamp" ] && [ ! "$1/package-lock.json" -nt "$stamp" ] && return 0
    say "npm packages of $1"
    (cd "$1" && npm ci --no-audit --no-fund --silent) && touch "$stamp"
}
modules app/editor
if [ "${1:-}" = test ]; then
    modules end2end
    modules server/tests/sync
fi
