# What people do with bassin. `make demo` needs Python 3.11+, Node 20 and the package registries,
# nothing else. Stamps depend on the lock files: a second run installs nothing.

PORT ?= 8000
DATA ?=
# One more than two processors: who waits for a browser or a service leaves its own to another.
JOBS ?= 3

BIN := .venv/bin
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	command -v $$each >/dev/null 2>&1 \
	&& $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$each && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The locks name everything that is needed; pip would compile it on one processor.
LOCKED := --require-hashes --no-deps --no-compile
COMPILE := $(BIN)/python -m compileall -q -j 0 $(BIN)/../lib

# Tests and checks start a hundred Pythons: each would compile every file anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo setup test check bench lock messages clean help

help:
	@echo "make demo    install, build the sample and serve it (PORT=8000, DATA=folder of raw files)"
	@echo "make test    every test          make check     format, types, floors, translations"
	@echo "make bench   measures            make messages  bring the translations up to date"
	@echo "make lock    resolve the locks   make clean     delete what was made or installed"

demo: setup
	@exec $(BIN)/bassin demo --port $(PORT) $(if $(DATA),--data "$(DATA)")

setup: .venv/.base node_modules/.installed
	@$(BIN)/bassin build

test: .venv/.dev setup
	@scripts/chromium
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --inline-snapshot=disable

check: .venv/.dev setup
	@scripts/check

bench: .venv/.dev setup
	@$(BIN)/python -m bench

messages: .venv/.dev
	@$(BIN)/python scripts/messages.py

# Versions are pinned with hashes; addresses are left out, so that any registry may serve them.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml -o requirements/base.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		--extra dev pyproject.toml -o requirements/dev.lock
	npm install --package-lock-only

clean:
	rm -rf .venv node_modules var src/*.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src -name '*.mo' -delete

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "bassin needs Python 3.11 or later; none was found. Install one, or name it: make demo PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.base: requirements/base.lock pyproject.toml | .venv/bin/python
	$(PIP) install $(LOCKED) -r requirements/base.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@-$(COMPILE)
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.base
	$(PIP) install $(LOCKED) -r requirements/dev.lock
	@-$(COMPILE)
	@touch $@

node_modules/.installed: package-lock.json .npmrc
	@command -v npm >/dev/null || { echo "bassin needs Node 20 with npm; none was found. Install it, then run this again." >&2; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@
