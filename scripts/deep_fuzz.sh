# shellcheck shell=bash
# Fuzzing of everything that reads. The bodies stand in tests/fuzz/targets.rs, the corpus beside them.

CARGO_FUZZ_VERSION=0.13.2
FUZZ_TARGETS=(sniff delimited xlsx fhir card dataset profile dosage date number evaluate)

# Coverage-guided where a nightly compiler is installed, else mutations of the corpus; FUZZ_SECONDS on
# each target, FUZZ_ONLY names one. What is found is to be added to the corpus.
deep_fuzz() {
    local seconds=${FUZZ_SECONDS:-60}
    need_rust
    if rustup toolchain list | grep -q '^nightly'; then
        need_cargo_tool cargo-fuzz "$CARGO_FUZZ_VERSION" cargo-fuzz --locked --debug
        fuzz_guided "$seconds"
    else
        say "no nightly compiler is installed: mutations of the corpus instead, without coverage"
        FUZZ_SECONDS=$seconds cargo test --locked --release --test fuzz -- --ignored --nocapture
    fi
}

fuzz_guided() { # seconds
    local name log found=$TARGET/fuzz-corpus
    for name in ${FUZZ_ONLY:-${FUZZ_TARGETS[@]}}; do
        mkdir -p "$found/$name"
        log=$(cd fuzz && PROFILBLIK_FUZZ=$name cargo +nightly fuzz run any \
            "$found/$name" "../tests/fuzz/corpus/$name" -- \
            -max_total_time="$1" -timeout=5 -rss_limit_mb=1024 -max_len=16384 -print_final_stats=1 2>&1) || {
            printf '%s\n' "$log" | tail -40
            return 1
        }
        entry "fuzzing, coverage-guided, target $name (\`./run deep fuzz\`)" \
            "$(awk '/stat::number_of_executed_units/ { print $2 }' <<<"$log") executions in $1 s" \
            "no crash, nothing over 5 s or 1 GiB"
    done
}
