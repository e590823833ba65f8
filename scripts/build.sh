# shellcheck shell=bash
# The release page: dist/index.html, one self-contained file.

build_page() {
    need_page_tools
    say "building the release page"
    cargo fetch --locked --quiet
    # Trunk passes --offline and --locked on to cargo: what was fetched above is what is built.
    # NO_COLOR would be an invalid value for Trunk's own flag of that name.
    env -u NO_COLOR trunk build --release --offline --locked
    say "built: dist/index.html, $(wc -c <dist/index.html) bytes"
}
