#!/usr/bin/env bash
# Every test, each once: under the sanitizers all but the real exports, whose time goes to the vendor's Python anyway,
# and the documents' commands, which are what users run. `ctest --preset release` runs all without sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== formatting and directions of dependencies"
python3 tests/house/check_tree.py

echo "== build: release, asan"
tools/build.sh release rk-transformers-cli export_test trace_request readme_example
tools/build.sh asan

echo "== fuzz smoke, ${RKT_FUZZ_SECONDS:=60} s a reader (in the background)"
tools/fuzz.sh "$RKT_FUZZ_SECONDS" >build/fuzz-smoke.log 2>&1 &
fuzz=$!
trap 'kill "$fuzz" 2>/dev/null || true' EXIT

jobs=$(nproc)
echo "== tests under address and undefined-behaviour sanitizers"
# the preset tells OpenVINO's TBB that sanitizers are there: it loads libraries in a way they refuse
ctest --preset asan -j "$jobs" -LE 'slow|docs' --progress
echo "== fuzz smoke: result"
wait "$fuzz" || { cat build/fuzz-smoke.log; exit 1; }
grep '^fuzz ' build/fuzz-smoke.log
echo "== real exports and the documents' commands, release build"
ctest --preset release -j "$jobs" -L 'slow|docs' --progress
