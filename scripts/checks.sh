# shellcheck shell=bash
# What `./run test` asks, and how it counts. Every step runs, also after one has failed; the sums
# stand in the closing line.

PASSED=0
FAILED=0
SKIPPED=0
FAILURES=()

# The page's download, in bytes: the ceiling that the project has set itself.
PAGE_FILE_LIMIT=2000000
PAGE_BROTLI_LIMIT=1000000

count() { # passed failed skipped
    PASSED=$((PASSED + $1))
    FAILED=$((FAILED + $2))
    SKIPPED=$((SKIPPED + $3))
}

note_failure() {
    FAILURES+=("$1")
    printf '✗ %s\n' "$1"
}

# check "name" command…: one step, one test. The step runs in a shell of its own, outside any
# condition: inside an `if`, bash would not stop at the first command that fails.
check() {
    local name=$1 started=$SECONDS status
    shift
    say "$name"
    set +e
    (set -e && "$@")
    status=$?
    set -e
    if [ "$status" = 0 ]; then
        count 1 0 0
    else
        count 0 1 0
        note_failure "$name"
    fi
    say "$name: $((SECONDS - started)) s"
}

# suite "name" adder command…: a step that counts its own tests. The adder prints
# "passed failed skipped" from the step's output; a step that fails without a failed test (it did
# not compile, say) counts as one failure, and so does one that executed nothing.
suite() {
    local name=$1 adder=$2 started=$SECONDS log status passed failed skipped
    shift 2
    say "$name"
    log=$(mktemp)
    set +e
    (set -e && "$@") 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    set -e
    read -r passed failed skipped < <("$adder" <"$log")
    rm -f "$log"
    if [ $((passed + failed)) = 0 ] || { [ "$status" != 0 ] && [ "$failed" = 0 ]; }; then
        failed=$((failed + 1))
    fi
    count "$passed" "$failed" "$skipped"
    [ "$failed" = 0 ] || note_failure "$name: $failed failed"
    say "$name: $passed passed, $failed failed, $skipped skipped, $((SECONDS - started)) s"
}

# --- adders -------------------------------------------------------------------------------------

add_cargo_test() { # "test result: ok. 12 passed; 0 failed; 1 ignored; …", once per binary
    awk '/^test result:/ { p += $4; f += $6; i += $8 } END { print p + 0, f + 0, i + 0 }'
}

add_plain() { # the last "12 passed, 0 failed[, 1 skipped]"
    awk '/^[0-9]+ passed, [0-9]+ failed/ { p = $1; f = $3; s = $5 } END { print p + 0, f + 0, s + 0 }'
}

add_node_test() { # "ℹ pass 12"
    awk '$2 == "pass" { p = $3 } $2 == "fail" { f = $3 } $2 == "skipped" { s = $3 }
         END { print p + 0, f + 0, s + 0 }'
}

add_python_test() { # "Ran 31 tests in 1.5s", and "FAILED (failures=1, errors=2)"
    awk '/^Ran [0-9]+ test/ { p = $2 }
         /^FAILED/ { n = split($0, parts, /[^0-9]+/); for (i = 1; i <= n; i++) f += parts[i] }
         END { print p - f, f + 0, 0 }'
}

# --- steps --------------------------------------------------------------------------------------

lint_scripts() {
    if ! has shellcheck; then
        say "shellcheck is not installed: the scripts are only checked for syntax"
        local script
        for script in run .ci/run scripts/*.sh; do bash -n "$script"; done
        return
    fi
    shellcheck -x run scripts/*.sh .ci/run
}

lint_format() { cargo fmt --all --check; }

lint_native() { cargo clippy --locked --quiet --workspace --all-targets -- -D warnings; }

lint_page() {
    cargo clippy --locked --quiet --lib --bin app --features web --target wasm32-unknown-unknown \
        -- -D warnings
}

# On the wasm target: there the page's own items are documented, too.
lint_docs() {
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --quiet --no-deps --lib --features web \
        --target wasm32-unknown-unknown
}

test_native() { cargo test --locked --no-fail-fast; }

test_profiles() { cargo run --locked --quiet --bin profilblik -- test profiles/*.toml; }

# The second evaluator's own tests, then both evaluators over the same small exports.
test_reference() { python3 -m unittest discover -s tests/reference -t .; }

test_against_reference() {
    cargo build --locked --quiet --profile quick --bin profilblik
    python3 -m tests.reference.compare --engine "$TARGET/quick/profilblik" --pairs 10000
}

# The engine, the second evaluator and SQL in DuckDB; then faults planted in the SQL. Without DuckDB
# this fails rather than passes unseen.
test_against_sql() {
    need_duckdb
    cargo build --locked --quiet --profile quick --bin profilblik
    local engine=$TARGET/quick/profilblik
    "$PYTHON_WITH_DUCKDB" -m tests.reference.compare_sql --engine "$engine" --pairs 10000
    "$PYTHON_WITH_DUCKDB" -m tests.reference.compare_sql --engine "$engine" --mutants
}

test_scripts_in_node() { # $@: test files
    node --test --test-reporter=spec "$@"
}

test_page_size() {
    node scripts/page-size.mjs dist/index.html "$PAGE_FILE_LIMIT" "$PAGE_BROTLI_LIMIT"
}

test_fingerprints() {
    local tool=(sha256sum)
    has sha256sum || tool=(shasum -a 256)
    (cd dist && "${tool[@]}" -c SHA256SUMS)
    [ "$(wc -l <dist/SHA256SUMS)" = 4 ]
}

test_page_imports() { node scripts/page-imports.mjs dist/index.html tests/imports.allow; }

# The engine alone as WebAssembly: it must ask for nothing, and still give the command line's answer.
test_engine_alone() {
    local crate=tests/e2e/engine-wasm out=wasm32-unknown-unknown/release/engine_alone.wasm
    # Cargo keeps the versions of this lock file and drops what the wrapper does not use.
    cp Cargo.lock "$crate/Cargo.lock"
    without_own_paths # as the page: what both depend on is compiled once
    cargo build --quiet --release --target wasm32-unknown-unknown --target-dir "$TARGET" \
        --manifest-path "$crate/Cargo.toml"
    cargo build --locked --quiet --bin profilblik
    PROFILBLIK_CLI=$(cli_path) PROFILBLIK_ENGINE=$TARGET/$out test_scripts_in_node tests/e2e/engine-alone.mjs
}

test_in_browser() {
    local files=("$@")
    [ ${#files[@]} -gt 0 ] || files=(tests/e2e/*.test.mjs)
    cargo build --locked --quiet --bin profilblik
    PROFILBLIK_CLI=$(cli_path) test_scripts_in_node "${files[@]}"
}

cli_path() { (cd "$TARGET" && printf '%s/debug/profilblik' "$PWD"); }

# --- all ------------------------------------------------------------------------------------------

show_shared() {
    local shared=${PROFILBLIK_SHARED:-../shared}
    [ -d "$shared" ] || say "NOTICE: no folder $shared beside this one; tests of files that others made are skipped"
}

run_browser_tests_only() {
    need_rust
    need_npm_packages tests/e2e
    need_chromium
    [ -f dist/index.html ] || build_page
    test_in_browser "$@"
}

run_page_checks() {
    check "release page" build_page
    if [ ! -f dist/index.html ]; then return 0; fi
    check "page size" test_page_size
    check "fingerprints of what is handed out" test_fingerprints
    check "page imports nothing that could send" test_page_imports
    suite "engine alone" add_node_test test_engine_alone
    suite "browser tests" add_node_test test_in_browser
}

run_all_checks() {
    need_page_tools
    need_python
    need_chromium
    show_shared
    # An old page must not be tested when the new one cannot be built.
    rm -rf dist
    check "scripts" lint_scripts
    check "format" lint_format
    check "clippy" lint_native
    check "clippy of the page" lint_page
    check "documentation" lint_docs
    suite "cargo test" add_cargo_test test_native
    suite "profiles' own test patients" add_plain test_profiles
    suite "second evaluator's own tests" add_python_test test_reference
    check "10,000 pairs in both evaluators" test_against_reference
    check "a fault planted in the engine is noticed" test_planted_fault
    check "10,000 pairs in SQL as well" test_against_sql
    check "mutants of the evaluator's latest change" test_changed_mutants
    run_page_checks
    close_account
}

close_account() {
    local failure
    for failure in ${FAILURES[@]+"${FAILURES[@]}"}; do printf '✗ %s\n' "$failure"; done
    printf '%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
    [ "$FAILED" = 0 ]
}
