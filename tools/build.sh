#!/usr/bin/env bash
# Configures a preset once and builds targets of it:  tools/build.sh PRESET [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 ||
  { cat "build/$preset.configure.log"; exit 1; }
cmake --build "build/$preset" --target "${@:-all}"
