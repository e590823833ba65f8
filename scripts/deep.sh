# shellcheck shell=bash
# What takes hours or rare tools, run by hand. Each part says what to enter in docs/assurance.md.

DEEP_PARTS=(hostile pairs mutants fuzz large licences profiles ways-out needles firefox screen sheets zooms reproducible)

# entry "what" "amount" "result": a line for the ledger.
entry() {
    printf '\n| %s | %s | %s | %s | %s |\n' "$(date +%F)" "$(version_in_manifest)" "$1" "$2" "$3"
}

version_in_manifest() { awk -F'"' '/^version = / { print $2; exit }' Cargo.toml; }

build_quick_engine() { cargo build --locked --quiet --profile quick --bin profilblik; }

# How long the hostile profiles and workbooks take.
deep_hostile() {
    local log
    log=$(cargo test --locked --quiet --profile quick --test profile_hostile -- --ignored --nocapture)
    printf '%s\n' "$log"
    entry "hostile profiles are refused (\`./run deep hostile\`)" \
        "$(grep -c ' ms  ' <<<"$log") profiles" "$(grep 'at most' <<<"$log" | xargs)"
    log=$(cargo test --locked --quiet --profile quick --test workbook_hostile -- --nocapture --test-threads 1 2>&1)
    printf '%s\n' "$log"
    entry "hostile workbooks are refused within a second and 32 MB (\`./run deep hostile\`)" \
        "$(grep -c ' KiB$' <<<"$log") workbooks" "all"
}

# Both evaluators over many generated pairs, and the faults planted in the second one.
deep_pairs() { # how many
    local pairs=${PAIRS:-100000} log status=0
    need_python
    build_quick_engine
    log=$(python3 -m tests.reference.compare --engine "$TARGET/quick/profilblik" --pairs "$pairs" --seed "${SEED:-7}") || status=$?
    printf '%s\n' "$log"
    entry "generated pairs in both evaluators (\`./run deep pairs\`, seed ${SEED:-7})" "$pairs pairs" "$(tail -n 1 <<<"$log")"
    python3 -m tests.reference.compare --engine "$TARGET/quick/profilblik" --pairs 2000 --mutants || status=1
    return $status
}

# A table over half and over a whole GiB: every line written is a line read. BYTES narrows it.
deep_large() {
    local bytes folder log
    build_quick_engine
    folder=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$folder'" EXIT
    for bytes in ${BYTES:-537919488 1073741824}; do
        # Rows of one shape until the size is there; CPR numbers with impossible days.
        awk -v most="$bytes" 'BEGIN {
            print "cpr;icpc;tekst;dato"; size = 21
            while (size < most) {
                n++
                line = sprintf("61%02d%02d%04d;P70;Demens, linje %d;%02d-%02d-2024", n % 12 + 1, n % 90 + 10, n % 9000 + 1000, n, n % 28 + 1, n % 12 + 1)
                size += length(line) + 1
                print line
            }
        }' >"$folder/diagnoser.csv"
        log=$("$TARGET/quick/profilblik" report "$folder/diagnoser.csv" --json) || true
        entry "a table of $bytes bytes (\`./run deep large\`)" "$(wc -l <"$folder/diagnoser.csv") lines written" \
            "$(lines_read <<<"$log")"
    done
}

lines_read() {
    python3 -c 'import json, sys
lines = json.load(sys.stdin)["files"][0]["lines"]
print(", ".join(f"{name} {number}" for name, number in lines.items()))'
}

deep_profiles() {
    build_quick_engine
    "$TARGET/quick/profilblik" test profiles/*.toml
}

deep() {
    local parts=("$@") part status failed=()
    [ ${#parts[@]} -gt 0 ] || parts=("${DEEP_PARTS[@]}")
    need_rust
    for part in "${parts[@]}"; do
        [[ " ${DEEP_PARTS[*]} " == *" $part "* ]] || fail "unknown part \`$part\`; there are: ${DEEP_PARTS[*]}"
    done
    for part in "${parts[@]}"; do
        say "deep: $part"
        # In a shell of its own and outside any condition, so that it stops at what fails.
        set +e
        (set -e && "deep_${part//-/_}")
        status=$?
        set -e
        [ "$status" = 0 ] || failed+=("$part")
    done
    say "enter the lines that begin with a date in docs/assurance.md"
    printf '%d parts run, %d failed%s\n' ${#parts[@]} ${#failed[@]} "${failed[*]:+: ${failed[*]}}"
    [ ${#failed[@]} = 0 ]
}
