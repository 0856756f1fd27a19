#!/usr/bin/env bash
# clang-format and clang-tidy over the whole tree; a clang build directory, because clang-tidy reads its flags.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 tests/house/check_tree.py
cmake --preset fuzz >build/lint.configure.log
cmake --build build/fuzz --target rkt_toolkit  # generates the sources that others include
find src cli -name '*.cpp' -print0 | xargs -0 -n 4 -P "$(nproc)" clang-tidy-14 --quiet -p build/fuzz
