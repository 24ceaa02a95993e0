#!/usr/bin/env bash
# Fuzzes what reads strangers' bytes: `make fuzz` a minute in all, `make fuzz SECONDS=3600` so long for each target. An input that crashes it, takes over
# a second or over 256 MB is kept in fuzz/artifacts, and is tried first until that is mended. Ends with "N passed", "N failed".
source "$(dirname "$0")/lib.sh"

each=${1:-12}
bash make/tools.sh
command -v c++ >/dev/null || packages g++
say "building the fuzz targets"
export CARGO_TARGET_DIR=$root/target/fuzz SQLX_OFFLINE=true
# From its folder: a RUSTC_WRAPPER sees every crate, so that only those that matter are compiled with counters. No flag of these needs a nightly compiler.
(cd fuzz && RUSTC_WRAPPER=$PWD/rustc.sh cargo build --locked)
node fuzz/seeds.mjs fuzz/corpus

attempt() {
    "target/fuzz/debug/$1" "fuzz/corpus/$1" "fuzz/artifacts/$1" -max_total_time="$each" -max_len=4096 -timeout=1 -rss_limit_mb=256 \
        -artifact_prefix="fuzz/artifacts/$1/" -print_final_stats=1 >"target/fuzz/$1.log" 2>&1
}
# A machine that stood still for a second is no finding: what was too slow must be so again, alone.
again() {
    local slow
    slow=$(ls -t "fuzz/artifacts/$1"/timeout-* 2>/dev/null | head -n 1)
    [ -n "$slow" ] && "target/fuzz/debug/$1" -timeout=1 "$slow" >/dev/null 2>&1 && rm "$slow" && attempt "$1"
}

passed=0 failed=0
for target in sockets frames updates presence markdown; do
    mkdir -p "fuzz/artifacts/$target"
    if attempt "$target" || again "$target"; then
        passed=$((passed + 1))
        say "$target: $(awk '/number_of_executed_units/ {print $2}' "target/fuzz/$target.log") inputs in $each s, no finding"
    else
        failed=$((failed + 1))
        tail -n 40 "target/fuzz/$target.log"
    fi
done
echo "  $passed passed"
echo "  $failed failed"
[ "$failed" = 0 ]
