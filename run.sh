#!/usr/bin/env bash
# Builds Octetscope and opens it with a live demonstration; without a display the same runs in the terminal.
# Arguments are handed on to the program instead of --demo: ./run.sh --listen 1060
set -euo pipefail
cd "$(dirname "$0")"
. tests/support/install.sh

install_missing run
if [ ! -f build/release/build.ninja ]; then
  cmake --preset release -DOCTETSCOPE_TESTS=OFF >&2
fi
echo "building (the first time takes some minutes)…" >&2
cmake --build --preset release --target octetscope octetscope-cli >&2

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ -n "${QT_QPA_PLATFORM:-}" ]; then
  [ $# -gt 0 ] || set -- --demo
  exec build/release/app/octetscope "$@"
fi
echo "no display here: the demonstration runs in the terminal" >&2
exec build/release/app/octetscope-cli demo
