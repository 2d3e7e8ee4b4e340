#!/usr/bin/env bash
# There is no window yet: the demo shows what the program does, an outage day from calls to workbook.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "There is no window yet. Playing an outage day into out/demo …"
echo "窗口尚未完成。正在 out/demo 中演示一个故障日……"
rm -rf out/demo
exec .venv/bin/fallback-desk demo --out out/demo
