#!/usr/bin/env bash
# Freezes the program into dist/fallback-desk, lets it test itself with nothing of this user's, packs the .deb.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh build
rm -rf build dist
# The same source gives the same files, whenever it is built.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=1

echo "Freezing the program …"
.venv/bin/pyinstaller --noconfirm --log-level ERROR build.spec

echo "Testing it …"
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
if ! env -i HOME="$home" LANG=C.UTF-8 dist/fallback-desk/fallback-desk --self-test --out build/self-test.json; then
    cat build/self-test.json >&2
    exit 1
fi
leftovers=$(find "$home" -type f -not -path '*/fontconfig/*')
if [ -n "$leftovers" ]; then
    echo "The self-test left files behind: $leftovers" >&2
    exit 1
fi

if [ "$(uname -s)" = Linux ]; then
    PYTHONPATH=. .venv/bin/python scripts/check_bundle.py dist/fallback-desk
fi
if command -v dpkg-deb >/dev/null; then
    echo "Packing the .deb …"
    .venv/bin/python scripts/make_deb.py dist/fallback-desk dist
    du -h dist/*.deb
fi
