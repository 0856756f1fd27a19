# Two commands for people, the same that CI runs. Everything else is a CMake preset (CMakePresets.json).
.DEFAULT_GOAL := help
.PHONY: help setup-demo setup-test build demo test lint format clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

setup-demo:
	@tools/setup.sh demo
setup-test:
	@tools/setup.sh test

build: setup-demo  ## build/bin/rk-transformers-cli
	@tools/build.sh release rk-transformers-cli

demo: build  ## compile the real model for rk3588, check it, embed with it
	@tools/demo.sh

test: setup-test  ## every test: unit, parity, export, sanitizers, fuzz smoke
	@tools/test.sh

lint: setup-test  ## clang-format and clang-tidy over the whole tree
	@tools/lint.sh

format: setup-test  ## rewrite sources with clang-format
	@git ls-files '*.cpp' '*.h' | xargs clang-format-14 -i

clean:  ## remove everything but what was downloaded
	@find build -mindepth 1 -maxdepth 1 ! -name deps -exec rm -rf {} +
