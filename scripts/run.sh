#!/usr/bin/env bash
# Opens the window where there is a display. Elsewhere the demo shows what the program does: an outage day from
# calls to workbook.
set -euo pipefail
cd "$(dirname "$0")/.."

display_named() {
    case $(uname -s) in
        Darwin | MINGW* | MSYS* | CYGWIN*) true ;;
        *) [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] ;;
    esac
}

# A display may be named where none answers: then Qt ends the process.
display_answers() {
    (.venv/bin/python -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])') >/dev/null 2>&1
}

if display_named; then
    scripts/setup.sh desktop
    if display_answers; then
        exec .venv/bin/fallback-desk
    fi
fi
echo "No display here for the window. Playing an outage day into out/demo …"
echo "此处没有可用的显示器，无法打开窗口。正在 out/demo 中演示一个故障日……"
rm -rf out/demo
exec .venv/bin/fallback-desk demo --out out/demo
