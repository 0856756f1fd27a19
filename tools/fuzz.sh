#!/usr/bin/env bash
# Fuzzes every reader of foreign files for so many seconds, all at once:  tools/fuzz.sh SECONDS
# A finding is a file in build/fuzz/findings; run the target with it to see it again.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
targets=(tokenizer_json safetensors config_json)
tools/build.sh fuzz "${targets[@]/#/fuzz_}"
mkdir -p build/fuzz/findings
status=0
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
declare -A jobs
for target in "${targets[@]}"; do
  corpus=build/fuzz/corpus/$target
  mkdir -p "$corpus"
  "build/fuzz/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -artifact_prefix="build/fuzz/findings/$target-" "$corpus" "fuzz/corpus/$target" >"build/fuzz/$target.log" 2>&1 &
  jobs[$target]=$!
done
for target in "${targets[@]}"; do
  if wait "${jobs[$target]}"; then
    echo "fuzz $target: $(grep -E '^(Done|#[0-9]+.*DONE)' "build/fuzz/$target.log" | tail -1)"
  else
    echo "fuzz $target: FAILED, see build/fuzz/findings" >&2
    tail -40 "build/fuzz/$target.log" >&2
    status=1
  fi
done
exit $status
