# shellcheck shell=bash
# Installing what is missing. Every function returns quietly when the thing is there.

TRUNK_VERSION=0.21.14
DUCKDB_VERSION=1.4.1

# --- the system's own packages ---------------------------------------------------------------

can_apt() { has apt-get && { [ "$(id -u)" = 0 ] || has sudo; }; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_updated=no
apt_install() {
    say "installing with apt-get: $*"
    if [ $apt_updated = no ]; then
        as_root apt-get update -qq </dev/null
        apt_updated=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" </dev/null >/dev/null
}

# need_package "command or empty" "what it is, and how to get it elsewhere" debian packages…
need_package() {
    local command=$1 elsewhere=$2
    shift 2
    if has "$command"; then return 0; fi
    can_apt || fail "missing: $elsewhere"
    apt_install "$@"
    has "$command" || fail "missing after installing $*: $elsewhere"
}

need_python() {
    need_package python3 "Python 3.11 or newer" python3
    python3 -c 'import tomllib' 2>/dev/null || fail "Python 3.11 or newer is needed, $(python3 --version) is there"
}

# A Python of its own in the cache, with DuckDB: $PYTHON_WITH_DUCKDB. Where that cannot be had it
# says so and returns 1; only one step needs it.
need_duckdb() {
    local root=$TOOLS/duckdb-$DUCKDB_VERSION
    PYTHON_WITH_DUCKDB=$root/bin/python3
    export PYTHON_WITH_DUCKDB
    if "$PYTHON_WITH_DUCKDB" -c 'import duckdb' 2>/dev/null; then return 0; fi
    say "installing duckdb $DUCKDB_VERSION for Python into $root"
    rm -rf "$root"
    if ! { python3 -m venv "$root" && "$root/bin/pip" install --quiet "duckdb==$DUCKDB_VERSION" </dev/null; }; then
        rm -rf "$root"
        say "duckdb $DUCKDB_VERSION for Python could not be installed: python3 -m venv and pip must work (Debian: python3-venv)"
        return 1
    fi
}

# --- rust ---------------------------------------------------------------------------------------

need_rust() {
    [ -d "$HOME/.cargo/bin" ] && PATH=$PATH:$HOME/.cargo/bin
    has cargo || fail "missing: Rust. Install rustup (https://rustup.rs), then run this again"
    need_package cc "a C linker, such as gcc or clang (macOS: xcode-select --install)" gcc libc6-dev
    need_wasm_target
}

need_wasm_target() {
    local name=wasm32-unknown-unknown
    if [ -d "$(rustc --print sysroot)/lib/rustlib/$name" ]; then return 0; fi
    has rustup || fail "missing: the Rust target $name (rustup target add $name)"
    say "adding the Rust target $name"
    rustup target add "$name"
}

locked_version() { # of a crate in Cargo.lock
    awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

version_of() { "$1" --version 2>/dev/null | awk '{ print $2; exit }'; }

# need_cargo_tool command version crate cargo-install-arguments…
# Puts the right version first on PATH: what is there already, or one compiled into the cache.
need_cargo_tool() {
    local command=$1 version=$2 crate=$3
    shift 3
    if [ "$(version_of "$command")" = "$version" ]; then return 0; fi
    local root=$TOOLS/$crate-$version
    if [ ! -x "$root/bin/$command" ]; then
        say "compiling $crate $version into $root (some minutes, once)"
        # Not into this project's target folder: nothing there could be reused.
        env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 \
            cargo install "$crate@$version" --root "$root" --no-default-features "$@" </dev/null
    fi
    PATH=$root/bin:$PATH
}

need_trunk() {
    # Unoptimised on purpose: four minutes instead of nine, and Trunk itself is not what takes time.
    need_cargo_tool trunk "$TRUNK_VERSION" trunk --locked --debug
}

need_wasm_bindgen() {
    # Not --locked: its lock file may name releases that a registry no longer serves.
    need_cargo_tool wasm-bindgen "$(locked_version wasm-bindgen)" wasm-bindgen-cli
}

# --- node ---------------------------------------------------------------------------------------

need_node() {
    need_package node "Node.js 20 or newer (https://nodejs.org)" nodejs npm
    need_package npm "npm, which comes with Node.js" npm
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 18 ] || fail "Node.js $major is too old: 18 or newer is needed"
}

# need_npm_packages folder: node_modules as its lock file says.
need_npm_packages() {
    need_node
    local folder=$1 stamp=$1/node_modules/.lock-as-installed
    if cmp -s "$folder/package-lock.json" "$stamp"; then return 0; fi
    say "installing the npm packages of $folder"
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error </dev/null)
    cp "$folder/package-lock.json" "$stamp"
}

need_wasm_opt() {
    need_npm_packages tests/e2e
    # Before the system's: Debian 12's binaryen 108 optimises without complaint, and the page then
    # dies at start ("Table.set(): Argument 1 is invalid for table").
    PATH=$PWD/tests/e2e/node_modules/.bin:$PATH
}

need_page_tools() {
    need_rust
    need_trunk
    need_wasm_bindgen
    need_wasm_opt
}

# --- browser ------------------------------------------------------------------------------------

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$name" ] && has "$name"; then command -v "$name" && return 0; fi
    done
    return 1
}

need_chromium() {
    if ! CHROMIUM=$(find_chromium); then
        can_apt || fail "missing: Chromium or Chrome (or set CHROMIUM to its path)"
        apt_install chromium
        CHROMIUM=$(find_chromium) || fail "Chromium is not to be found after installing it"
    fi
    export CHROMIUM
}

need_chromedriver() {
    need_package chromedriver "chromedriver of the same version as the browser" chromium-driver
    CHROMEDRIVER=$(command -v chromedriver)
    export CHROMEDRIVER
}
