#!/bin/sh
# Builds every fuzz target (preset `fuzz`, clang++-19) and runs each for SECONDS_PER_TARGET, 30 by default.
# Usage: tests/fuzz/run.sh [SECONDS_PER_TARGET [TARGET…]]
#        tests/fuzz/run.sh --build-only
# What it learned stays in build/fuzz/corpus, what broke a target in build/fuzz/findings. Ends with 1 on a finding.
set -eu
build_only=
[ "${1:-}" = --build-only ] && { build_only=1; shift; }
seconds=${1:-30}
[ $# -gt 0 ] && shift
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
command -v clang++-19 >/dev/null || { echo "tests/fuzz/run.sh: clang++-19 is missing: apt install clang-19 libclang-rt-19-dev" >&2; exit 2; }

[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >/dev/null
cmake --build --preset fuzz >build/fuzz/build.log || { cat build/fuzz/build.log; exit 1; }
[ -z "$build_only" ] || exit 0

if [ $# -eq 0 ]; then
  for source in tests/fuzz/fuzz_*.cpp; do
    name=${source##*/}
    set -- "$@" "${name%.cpp}"
  done
fi

failed=
for target in "$@"; do
  corpus=build/fuzz/corpus/$target
  mkdir -p "$corpus" build/fuzz/findings
  log=build/fuzz/$target.log
  if build/fuzz/tests/fuzz/"$target" -max_total_time="$seconds" -max_len=512 -timeout=60 -rss_limit_mb=2048 \
      -print_final_stats=1 -artifact_prefix=build/fuzz/findings/"$target"- "$corpus" >"$log" 2>&1; then
    echo "$target: nothing found in $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs"
  else
    echo "$target: FOUND SOMETHING, see $log and build/fuzz/findings/"
    tail -n 40 "$log"
    failed=1
  fi
done
[ -z "$failed" ]
