# `make run` serves Quorum on http://127.0.0.1:3000; `make test` runs everything. The work is in make/, one script each.

.PHONY: run test check dev cluster queries bench fuzz looks

run:      ; @PORT=$(PORT) bash make/run.sh
test:     ; @bash make/test.sh
check:    ; @bash make/check.sh
dev:      ; @PORT=$(PORT) node make/dev.mjs
cluster:  ; @PORT=$(PORT) bash make/cluster.sh
queries:  ; @bash make/queries.sh
bench:    ; @bash make/bench.sh
fuzz:     ; @bash make/fuzz.sh $(SECONDS)
looks:    ; @UPDATE=$(UPDATE) bash make/looks.sh
