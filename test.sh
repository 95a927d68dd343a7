#!/usr/bin/env bash
# Installs what is missing, builds, runs every test offscreen, and ends with ctest's summary.
set -euo pipefail
cd "$(dirname "$0")"
. tests/support/install.sh

install_missing run test
cmake --preset release -DOCTETSCOPE_TESTS=ON
cmake --build --preset release
# The fuzz targets are built by clang, in a tree of their own; the configuration "Fuzz" adds a short run of each.
tests/fuzz/run.sh --build-only
export QT_QPA_PLATFORM=offscreen
exec ctest --test-dir build/release -C Fuzz -j "$(nproc)" --output-on-failure --no-tests=error
