# shellcheck shell=bash
# A fault in the engine itself, to show that the comparison with the second evaluator sees it.
#
# The fault is put into a copy of the sources. A feature or a flag would be a door for faults in the
# engine that is released; a doctored answer would only show that two texts can differ.

# The last day of a window is out.
PLANTED_IN=src/evaluate/window.rs
PLANTED_FROM='day <= self.to'
PLANTED_TO='day < self.to'

# Prints the faulty engine's path. It is compiled in a folder of its own: Cargo takes two copies of a
# package for one, and would link the right command line with the faulty library afterwards.
build_planted_engine() { # an empty folder
    local copy=$1
    cp -r Cargo.toml Cargo.lock rust-toolchain.toml src crates profiles "$copy/"
    mkdir -p "$copy/tests"
    cp -r tests/spec "$copy/tests/"
    [ "$(grep -cF "$PLANTED_FROM" "$copy/$PLANTED_IN")" = 1 ] ||
        fail "$PLANTED_IN no longer has the line that the fault replaces: see scripts/planted.sh"
    sed -i.right "s/$PLANTED_FROM/$PLANTED_TO/" "$copy/$PLANTED_IN"
    # Another name, so that it never stands where the right engine is looked for.
    sed -i.right -e '/^default-run/d' -e '/^\[\[bin\]\]/,/^path/ s/name = "profilblik"/name = "planted"/' \
        "$copy/Cargo.toml"
    cargo build --locked --quiet --profile quick --bin planted \
        --manifest-path "$copy/Cargo.toml" --target-dir "$TARGET/planted" || fail "the faulty engine does not compile"
    printf '%s/planted/quick/planted' "$(cd "$TARGET" && pwd)"
}

# The comparison must end with differences, not with an error.
test_planted_fault() {
    local copy engine log status=0
    copy=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$copy'" EXIT
    engine=$(build_planted_engine "$copy")
    log=$(python3 -m tests.reference.compare --engine "$engine" --pairs 500 --shrink 0 2>&1) || status=$?
    printf '%s\n' "$log" | tail -n 2
    [ "$status" = 1 ] || fail "the comparison did not notice the planted fault (status $status)"
    grep -Eq '^[0-9]+ pairs, [1-9][0-9]* differences$' <<<"$log" || fail "the comparison failed for another reason"
}
