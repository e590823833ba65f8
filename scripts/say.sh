# shellcheck shell=bash
# How the commands speak, and where they keep things.
# shellcheck disable=SC2034 # used by the scripts that read this one

# One folder for everything that cargo makes.
TARGET=${CARGO_TARGET_DIR:-target}
# Tools are kept per version and outside the clone: a fresh clone does not compile them again, and
# another version that someone has in ~/.cargo/bin is never overwritten.
TOOLS=${PROFILBLIK_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/profilblik/tools}

say() { printf '» %s\n' "$*"; }

fail() {
    printf '✗ %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }
