# shellcheck shell=bash
# Mutants of the evaluator: the latest change on every test run, all of it by hand. The tests are
# those of the evaluator: a mutant that only a browser test would see counts as a survivor. Mutants
# that change nothing are listed, with the reason, in .cargo/mutants.toml.

MUTANTS_VERSION=27.1.0
# How long a test run tries mutants, their compiling included.
MUTANT_SECONDS=${MUTANT_SECONDS:-300}

need_mutants() { need_cargo_tool cargo-mutants "$MUTANTS_VERSION" cargo-mutants --locked --debug; }

try_mutants() { # seconds at most, folder for the result, arguments of cargo-mutants…
    local seconds=$1 out=$2
    shift 2
    timeout --signal=INT "$seconds" cargo mutants --no-shuffle --timeout 300 --output "$out" "$@" -- \
        --lib --test evaluate_spec --test evaluate_periods --test evaluate_order
}

mutants_of() { cat "${@:2}" 2>/dev/null | wc -l | awk -v what="$1" '{ printf "%d %s", $1, what }'; }

# MUTANT_FILES narrows it: 'src/evaluate/window.rs'.
deep_mutants() {
    need_rust
    need_mutants
    local file out=$TARGET/mutants status=0 files=()
    for file in ${MUTANT_FILES:-src/evaluate.rs src/evaluate/*.rs}; do files+=(--file "$file"); done
    try_mutants infinity "$out" "${files[@]}" || status=$?
    out=$out/mutants.out
    entry "mutants of ${MUTANT_FILES:-src/evaluate} (\`./run deep mutants\`)" \
        "$(mutants_of mutants "$out"/{caught,missed,timeout}.txt)" "$(mutants_of missed "$out/missed.txt")"
    cat "$out/missed.txt"
    # 2: some were missed, which is for a person to judge.
    [ "$status" = 0 ] || [ "$status" = 2 ]
}

# The lines that the newest commit of the evaluator changed, in a copy of their own: a run that is
# stopped must not leave a mutant in the sources.
test_changed_mutants() {
    local evaluator=(src/evaluate.rs src/evaluate) commit base out status=0
    commit=$(git log -1 --format=%H -- "${evaluator[@]}" 2>/dev/null) || commit=""
    if ! git rev-parse --quiet --verify "$commit^" >/dev/null 2>&1; then
        say "NOTICE: no history here that says what was changed last: no mutants"
        return
    fi
    need_mutants
    base=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$base'" EXIT
    mkdir "$base/copy"
    git archive HEAD | tar -x -C "$base/copy"
    git diff "$commit^" "$commit" -- "${evaluator[@]}" >"$base/changed.diff"
    out=$base/mutants.out
    mkdir -p "$TARGET/mutants"
    # Two copies of a package in one target folder: the right engine's library would be replaced.
    CARGO_TARGET_DIR=$(cd "$TARGET/mutants" && pwd)
    export CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0
    try_mutants "$MUTANT_SECONDS" "$base" --dir "$base/copy" --in-place --baseline skip \
        --in-diff "$base/changed.diff" || status=$?
    say "latest change of the evaluator ($(git log -1 --format=%s "$commit")): $(mutants_of caught "$out"/{caught,timeout}.txt), $(mutants_of missed "$out/missed.txt")"
    # 0: all were caught, or there is nothing to mutate; 2: some were missed; 124: the time was up.
    case $status in 0 | 2 | 124) ;; *) fail "the mutants could not be tried (status $status)" ;; esac
    if [ -s "$out/missed.txt" ]; then
        cat "$out/missed.txt"
        fail "a fault in the evaluator that no test sees: write the test, or list it in .cargo/mutants.toml"
    fi
}
