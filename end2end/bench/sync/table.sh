#!/usr/bin/env bash
# Every figure of the README's table of the live engine, side by side: `bash end2end/bench/sync/table.sh [REPETITIONS]`, about half an hour a repetition.
# Results: target/bench-sync/results/*.json, one line a run on standard error.
source "$(dirname "$0")/../../../make/lib.sh"
reps=${1:-1}
ours=quorum,quorum-pg
run() {
    local name=$1 scenario=$2
    shift 2
    bash end2end/bench/sync/run.sh "$scenario" --reps "$reps" --out "$root/target/bench-sync/results/$name.json" "$@"
}
mkdir -p target/bench-sync/results
run fanout fanout --peers $ours,ysweet --n 200,1000 --sec 5
run fanout-fast fanout --peers quorum,ysweet --n 1000 --rate 200 --sec 5
run rooms rooms --peers $ours,ysweet,yws --steps 5,20,40 --sec 5
run open coldopen --peers $ours,ysweet --docs trace:seph-blog1
run memory memory --peers quorum,ysweet,yws --after 50
run memory-history memory --peers quorum,ysweet --doc trace:seph-blog1 --rooms 300 --conns 50 --settle 100 --after 50
run durability durability --peers quorum
run ack ack
run hostile hostile
run write-8 writeamp --peers quorum-pg,ysweet --rate 8 --keys 800
run write-history writeamp --peers quorum,ysweet --doc trace:seph-blog1 --rate 50 --keys 1500
run cursors cursors --peers quorum,ysweet --n 200
for chars in ascii bmp astral cut; do run "converge-$chars" converge --peers quorum --chars $chars; done
