# shellcheck shell=bash
# Parts of `./run deep` that look at what is handed out.

CYCLONEDX_VERSION=0.5.9

# A clone in a folder of its own, with its own unpacked sources and target: nothing of this one's
# paths is the same. What was downloaded is shared.
build_elsewhere() { # folder
    local home=${CARGO_HOME:-$HOME/.cargo} own=$1/cargo name
    mkdir -p "$own/registry"
    for name in config.toml credentials.toml bin git registry/index registry/cache; do
        [ ! -e "$home/$name" ] || ln -s "$home/$name" "$own/$name"
    done
    git clone --quiet . "$1/page"
    (cd "$1/page" && CARGO_HOME=$own CARGO_TARGET_DIR=$1/target PROFILBLIK_TOOLS=$TOOLS ./run build)
    rm -rf "$1/target"
}

# The committed state built twice, in other folders: the same bytes?
deep_reproducible() {
    need_page_tools
    local base status=0
    git diff --quiet HEAD || say "NOTICE: what is not committed is not built"
    base=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$base'" EXIT
    build_elsewhere "$base/one"
    build_elsewhere "$base/quite/another/folder"
    cat "$base/one/page/dist/SHA256SUMS"
    diff -rq "$base/one/page/dist" "$base/quite/another/folder/page/dist" || status=$?
    # KEEP=FOLDER keeps both, to see what differs.
    [ "${KEEP:-}" = "" ] || { mkdir -p "$KEEP" && cp -r "$base/one/page/dist" "$KEEP/one" && cp -r "$base/quite/another/folder/page/dist" "$KEEP/other"; }
    entry "the page built twice, in other folders with their own sources (\`./run deep reproducible\`)" \
        "$(find "$base/one/page/dist" -type f | wc -l) files" "$([ $status = 0 ] && echo "the same bytes" || echo "other bytes")"
    return $status
}

# The bill of materials that the build writes, beside the one of a tool that is kept for it.
deep_licences() {
    need_rust
    need_cargo_tool cargo-cyclonedx "$CYCLONEDX_VERSION" cargo-cyclonedx --locked --debug
    [ -f dist/sbom.cdx.json ] || build_page
    cargo cyclonedx --format json --features web --target wasm32-unknown-unknown --override-filename sbom
    mv sbom.json "$TARGET/sbom.json"
    rm -f crates/*/sbom.json
    local log status=0
    log=$(python3 - "$TARGET/sbom.json" dist/sbom.cdx.json <<'PYTHON'
import collections, json, sys
theirs, ours = (json.load(open(path))["components"] for path in sys.argv[1:])
key = lambda part: (part["name"], part["version"])
sums = {key(part): part.get("hashes", [{}])[0].get("content") for part in theirs}
missing = [key(part) for part in ours if key(part) not in sums and part["name"] != "rust-std"]
other = [key(part) for part in ours if sums.get(key(part)) and sums[key(part)] != part["hashes"][0]["content"]]
for name, count in sorted(collections.Counter(part["licenses"][0]["expression"] for part in ours).items()):
    print(f"{count:4}  {name}")
print(f"not in the tool's: {missing}; with another checksum: {other}")
print(f"{len(ours)} packages in the page, {len(theirs)} in the tool's, which counts what runs while compiling, too")
sys.exit(bool(missing or other))
PYTHON
    ) || status=$?
    printf '%s\n' "$log"
    entry "packages and licences of the page (\`./run deep licences\`)" "$(tail -n 1 <<<"$log")" \
        "$([ $status = 0 ] && echo "every licence known; all in the tool's bill, with its checksums" || echo "differences")"
    return $status
}
