#!/usr/bin/env bash
# Every test. Sanitized builds run all but the real exports, whose time goes to the vendor's Python either way.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== formatting and directions of dependencies"
python3 tests/house/check_tree.py

echo "== build: release, asan"
tools/build.sh release
tools/build.sh asan

echo "== fuzz smoke, ${RKT_FUZZ_SECONDS:=60} s a reader (in the background)"
tools/fuzz.sh "$RKT_FUZZ_SECONDS" >build/fuzz-smoke.log 2>&1 &
fuzz=$!
trap 'kill "$fuzz" 2>/dev/null || true' EXIT

jobs=$(nproc)
echo "== tests under address and undefined-behaviour sanitizers"
ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 LSAN_OPTIONS=suppressions=$PWD/tests/leaks.supp:print_suppressions=0 \
  ctest --test-dir build/asan -j "$jobs" --output-on-failure -LE slow --progress
echo "== fuzz smoke: result"
wait "$fuzz" || { cat build/fuzz-smoke.log; exit 1; }
grep '^fuzz ' build/fuzz-smoke.log
echo "== tests of the release build"
ctest --test-dir build/release -j "$jobs" --output-on-failure --progress
