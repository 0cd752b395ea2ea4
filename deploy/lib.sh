# Shared by the commands of this folder, which source it. They all run at the root of the clone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What building and running needs beside Swift itself; and what the tests need on top.
run_packages=(postgresql libpq-dev libssl-dev libcurl4-openssl-dev pkg-config util-linux ca-certificates git)
test_packages=("${run_packages[@]}" chromium chromium-driver curl jq python3-venv)

say() { printf '== %s\n' "$*"; }
die() { printf 'deploy: %s\n' "$*" >&2; exit 1; }

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; }

# Installs those of the Debian packages that are missing: as root, or by sudo; otherwise says which.
install_packages() {
    local missing=() package how
    for package in "$@"; do is_installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} = 0 ] && return
    how="these Debian packages are missing; as root: apt-get install ${missing[*]}"
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || die "$how"
    say "Installing Debian packages: ${missing[*]}"
    as_root apt-get update -q || die "$how"
    if ! is_installed postgresql && ! is_installed postgresql-common; then
        # We run a cluster of our own: Debian need not start another at every boot.
        apt_install postgresql-common
        as_root sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    apt_install "${missing[@]}"
}

# Swift itself is the user's to install: the version that Package.swift asks for, or a later one.
need_swift() {
    local wanted says found how="https://www.swift.org/install/linux/"
    wanted=$(sed -n 's|^// swift-tools-version: ||p' Package.swift)
    command -v swift >/dev/null || die "Swift $wanted or later is missing: $how"
    says=$(swift --version 2>&1) || die "\"swift --version\" fails: $says
deploy: what Swift itself needs is installed with it: $how"
    found=$(sed -n 's/.*Swift version \([0-9.]*[0-9]\).*/\1/p' <<<"$says" | head -n 1)
    [ "$(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ] ||
        die "Swift $wanted or later is needed, and \"swift --version\" says ${found:-nothing of a version}: $how"
}

# The built program: the release build, or the one of the tests.
program() {
    local path
    for path in .build/release/nyttograd .build/debug/nyttograd; do
        if [ -x "$path" ]; then echo "$PWD/$path"; return; fi
    done
    die "nothing is built yet: deploy/run builds and starts the server"
}
