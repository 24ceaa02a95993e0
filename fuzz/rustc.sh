#!/bin/sh
# Cargo's RUSTC_WRAPPER for the fuzz targets: counts the branches taken in what reads strangers' bytes, and nowhere else. The rest (pages, SQL,
# HTTP) is linked and never runs; counted, it would be slow to build and slow to look through after every input. None of these may be needed by a
# macro: the compiler, which loads those, has no counters.
for counted in sockets frames updates presence markdown server yrs pulldown_cmark ammonia html5ever markup5ever; do
    case " $* " in
        *" --crate-name $counted "*)
            exec "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
                -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares
            ;;
    esac
done
exec "$@"
