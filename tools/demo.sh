#!/usr/bin/env bash
# The real model, the real compiler, the real simulator, then sentences on this machine's CPU.
set -euo pipefail
cd "$(dirname "$0")/.."
cli=build/bin/rk-transformers-cli
model=build/deps/all-MiniLM-L6-v2
out=build/demo/all-MiniLM-L6-v2-rk3588

step() { printf '\n\033[1m== %s\033[0m\n\n$ %s\n' "$1" "${*:2}"; "${@:2}"; }

rm -rf build/demo
mkdir -p build/demo
step "What this machine is" $cli env
step "Compile for the NPU of an RK3588 (float16, 128 tokens) and check it on the vendor's simulator" \
  $cli export --model $model $out --platform rk3588 --max-seq-length 128
step "What the directory holds" $cli inspect $out
step "Replay its self-test on the CPU" $cli verify $out --device cpu
step "Embed sentences with it: cosine similarities" $cli embed --model $out --device cpu --similarity \
  "How do I reset my router to factory settings?" \
  "Hold the reset button for ten seconds with a paper clip." \
  "Will it rain in Hamburg tomorrow?" \
  "The forecast for northern Germany: cloudy, with showers." \
  "A man is playing a guitar on stage."
printf '\nThe compiled model for your board: %s\n' "$(ls $out/rknn/*.rknn)"
