# shellcheck shell=bash
# The release page: dist/index.html, one self-contained file.

# Messages of a crate name its source files; where these lie is no concern of the page, and the same
# sources must give the same bytes on every machine. Cargo adds this to the flags of .cargo/config.toml.
without_own_paths() {
    local folder flags=
    for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
        case $folder in
            *[[:space:]]*) say "NOTICE: a space in $folder: the page will have other bytes than elsewhere" ;;
            *) flags+=" --remap-path-prefix=$folder=" ;;
        esac
    done
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=${flags# }
}

build_page() {
    need_page_tools
    say "building the release page"
    cargo fetch --locked --quiet
    without_own_paths
    # Trunk passes --offline and --locked on to cargo: what was fetched above is what is built.
    # NO_COLOR would be an invalid value for Trunk's own flag of that name.
    env -u NO_COLOR trunk build --release --offline --locked
    # Beside the page: what it is made of.
    node scripts/parts.mjs dist
    say "built: dist/index.html, $(wc -c <dist/index.html) bytes"
}
