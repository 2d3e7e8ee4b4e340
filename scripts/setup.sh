#!/usr/bin/env bash
# Installs the system packages that are missing (as root; otherwise prints the exact command) and makes .venv
# with the locked Python packages. Quick when there is nothing to do.
#   setup.sh            what tests and commands need
#   setup.sh desktop    and what Qt needs to open a window on an X display
#   setup.sh build      and what freezing the program needs; it is then run on desktops, so the same libraries
set -euo pipefail
cd "$(dirname "$0")/.."

# Qt without a display and a Chinese font, as Debian 12 names them.
packages=(libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3 libglib2.0-0 fonts-noto-cjk)
desktop=(libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libcups2)
purpose=${1:-}
case $purpose in
    desktop | build) packages+=("${desktop[@]}") ;;
esac

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && "$name" -c \
            'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

installed() {
    # libglib2.0-0 is libglib2.0-0t64 from Debian 13 on.
    local states
    # dpkg-query fails for the name that this system does not know, and has told of the other.
    states=$(dpkg-query -W -f '${db:Status-Abbrev}\n' "$1" "${1}t64" 2>/dev/null || true)
    grep -q '^ii' <<<"$states"
}

missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${packages[@]}"; do
        installed "$package" || missing+=("$package")
    done
fi
python=$(find_python)
if [ -z "$python" ]; then
    missing+=(python3 python3-venv)
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    missing+=(python3-venv)
fi

if [ "$purpose" = build ]; then
    command -v objdump >/dev/null || missing+=(binutils)
    # Debian's own Python does without its shared library; the frozen program needs it.
    shared='import ctypes, sys; ctypes.CDLL("libpython%d.%d.so.1.0" % sys.version_info[:2])'
    if [ "$(uname -s)" = Linux ] && [ -n "$python" ] && ! "$python" -c "$shared" 2>/dev/null; then
        missing+=("$("$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')")
    fi
fi

if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing: ${missing[*]}"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
        python=$(find_python)
    else
        echo "These system packages are missing. As root, run:" >&2
        echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
fi
if [ -z "$python" ]; then
    echo "Python 3.11, 3.12 or 3.13 is needed and was not found." >&2
    exit 1
fi

stamp=.venv/locked
wanted=$(cat requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi
echo "Making .venv with $("$python" --version)"
"$python" -m venv --clear .venv
pip=(.venv/bin/pip --quiet --disable-pip-version-check)
"${pip[@]}" install --require-hashes --only-binary :all: -r requirements.lock
"${pip[@]}" install --no-deps --no-build-isolation -e .
echo "$wanted" >"$stamp"
