# shellcheck shell=bash
# Parts of `./run deep` that look at what is handed out.

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
