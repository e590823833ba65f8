# shellcheck shell=bash
# Parts of `./run deep` that need a browser with more around it than the browser tests have.

# A network of its own: nothing in it reaches a cable. 198.18.0.0/16 is kept for measurements; every
# address of it, and the name server, is this machine itself.
in_private_network() { # command…
    need_package ip "the command ip (iproute2)" iproute2
    # shellcheck disable=SC2016 # expanded inside
    unshare -n -m bash -euc '
        ip link set lo up
        # With the loopback alone a browser believes that it is offline, and WebRTC tries nothing.
        ip link add canary type veth peer name nowhere
        ip link set nowhere up
        ip link set canary up
        ip address add 198.18.0.53/32 dev canary
        ip route add local 198.18.0.0/16 dev lo
        ip route add default dev canary
        names=$(mktemp)
        printf "nameserver 198.18.0.53\noptions attempts:1 timeout:1\n" >"$names"
        mount --bind "$names" /etc/resolv.conf
        rm -f "$names"
        exec "$@"' bash "$@"
}

need_built_page() {
    need_npm_packages tests/e2e
    need_chromium
    [ -f dist/index.html ] || build_page
}

# Every way out of the page, tried from inside it, with names, packets and hosts watched.
deep_ways_out() {
    if ! unshare -n -m true 2>/dev/null; then
        say "NOTICE: no right to make a network of its own (root has it); ways-out is skipped"
        return
    fi
    need_python
    need_built_page
    local log status=0
    log=$(in_private_network node tests/e2e/deep/ways-out.mjs) || status=$?
    printf '%s\n' "$log"
    entry "ways out of the page, names, packets and hosts watched (\`./run deep ways-out\`)" \
        "$(tail -n 1 <<<"$log" | cut -d: -f1)" "$(tail -n 1 <<<"$log" | cut -d: -f2- | xargs)"
    return $status
}

need_firefox() {
    local name
    for name in "${FIREFOX:-}" firefox-esr firefox; do
        if [ -n "$name" ] && has "$name"; then FIREFOX=$(command -v "$name") && break; fi
    done
    if [ -z "${FIREFOX:-}" ]; then
        can_apt || fail "missing: Firefox (or set FIREFOX to its path)"
        apt_install firefox-esr libnss3
        FIREFOX=$(command -v firefox-esr)
    fi
    export FIREFOX
}

# The whole job in Firefox, served and from disk, beside the command line's answers.
deep_firefox() {
    need_built_page
    need_firefox
    need_npm_packages tests/e2e/deep
    cargo build --locked --quiet --bin profilblik
    local log status=0
    log=$(PROFILBLIK_CLI=$(cli_path) node tests/e2e/deep/firefox.mjs) || status=$?
    printf '%s\n' "$log"
    entry "the whole job in Firefox, served with the server stopped and from disk (\`./run deep firefox\`)" \
        "$(tail -n 1 <<<"$log")" "$([ $status = 0 ] && echo "the command line's counts and list; nothing refused" || echo failed)"
    return $status
}

# What every file of a browser's profile folder holds after every screen was used.
deep_needles() {
    need_built_page
    local log status=0
    log=$(node tests/e2e/deep/needles.mjs) || status=$?
    printf '%s\n' "$log"
    entry "what stays in the browser's profile folder after every screen, closed and killed (\`./run deep needles\`)" \
        "$(tail -n 1 <<<"$log" | cut -d: -f1)" "$(tail -n 1 <<<"$log" | cut -d: -f2- | xargs)"
    return $status
}

# What text recognition reads from pictures of the covered screen.
deep_screen() {
    need_built_page
    need_package tesseract "Tesseract with Danish" tesseract-ocr tesseract-ocr-dan
    local log status=0
    log=$(node tests/e2e/deep/screen.mjs) || status=$?
    printf '%s\n' "$log"
    entry "text recognition over pictures of »Skærm til andre« (\`./run deep screen\`)" \
        "$(tail -n 1 <<<"$log" | cut -d: -f1)" "$(tail -n 1 <<<"$log" | cut -d: -f2- | xargs)"
    return $status
}

# What a spreadsheet makes of what the page hands out.
deep_sheets() {
    need_built_page
    need_package soffice "LibreOffice Calc" libreoffice-calc
    local log status=0
    log=$(node tests/e2e/deep/sheets.mjs) || status=$?
    printf '%s\n' "$log"
    entry "copies and files of hostile texts in LibreOffice (\`./run deep sheets\`)" \
        "$(tail -n 1 <<<"$log" | cut -d: -f1)" "$(tail -n 1 <<<"$log" | cut -d: -f2- | xargs)"
    return $status
}

# The rules of accessibility with dark or forced colours and larger at the same time.
deep_zooms() {
    need_built_page
    local log status=0
    log=$(node tests/e2e/deep/zooms.mjs) || status=$?
    printf '%s\n' "$log"
    entry "rules of accessibility in every state, dark and forced colours at 200 % and 400 % (\`./run deep zooms\`)" \
        "$(tail -n 1 <<<"$log" | cut -d: -f1)" "$(tail -n 1 <<<"$log" | cut -d: -f2- | xargs)"
    return $status
}
