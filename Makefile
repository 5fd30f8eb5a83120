# make run     sets up everything and serves the demo on http://127.0.0.1:8000 (PORT=…)
# make test    sets up everything, lints and runs all tests
# make help    the rest
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

PORT ?= 8000
WORKERS ?= auto
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
ASSETS := webapp/static/dist
BIOME := dev/node.sh node node_modules/@biomejs/biome/bin/biome
export PYTHONUNBUFFERED := 1

# A stamp bears the checksum of its lock: a changed lock installs again, a fresh clock does not.
sum = $(firstword $(shell cat $(1) | cksum))
RUNTIME := .venv/.runtime-$(call sum,requirements.txt)
DEVELOPMENT := .venv/.development-$(call sum,requirements-dev.txt)
NODE := node_modules/.installed-$(call sum,package-lock.json)
ASSET_SOURCES := package-lock.json $(wildcard tsconfig.json) \
  $(shell find webapp/assets webapp/static/src webapp/studio/src -type f 2>/dev/null)

# What `make lint` can look at: rooms that are there.
ROOMS := $(wildcard engine workflows webapp tests bench dev)
TEMPLATES := $(wildcard webapp/templates)

.PHONY: help run test bench lint fmt lock assets setup clean

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(RUNTIME) $(ASSETS)/.built ## serve the demo, setting up what is missing
	@export EHCFLOW_DEMO=1; \
	$(BIN)/ehcflow init --demo; \
	exec $(BIN)/ehcflow serve --port $(PORT)

test: setup ## lint and all tests (WORKERS=1 for one at a time, ARGS=… for pytest)
	@CHROMIUM='$(CHROMIUM)' dev/ensure-chromium.sh
	@$(MAKE) lint
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

bench: $(DEVELOPMENT) ## the benchmarks, as ratios
	@$(BIN)/python -m bench $(ARGS)

lint: $(DEVELOPMENT) $(NODE) ## everything that reads the code without running it
	@failed=; \
	step() { echo "lint: $$1"; shift; "$$@" || failed=1; }; \
	step 'ruff check' $(BIN)/ruff check --quiet --output-format concise; \
	step 'ruff format' $(BIN)/ruff format --quiet --check --output-format concise; \
	step 'mypy' $(BIN)/mypy --no-error-summary; \
	step 'lint-imports' dev/quiet.sh $(BIN)/lint-imports; \
	step 'vulture' $(BIN)/vulture $(ROOMS); \
	$(if $(TEMPLATES),step 'djlint' dev/quiet.sh $(BIN)/djlint --lint --check $(TEMPLATES);) \
	step 'biome' dev/quiet.sh $(BIOME) check --error-on-warnings; \
	step 'tsc' dev/node.sh node node_modules/typescript/bin/tsc --noEmit; \
	test -z "$$failed"

fmt: $(DEVELOPMENT) $(NODE) ## write everything in the house's format
	@$(BIN)/ruff check --quiet --fix-only; \
	$(BIN)/ruff format --quiet; \
	$(if $(TEMPLATES),$(BIN)/djlint --quiet --reformat $(TEMPLATES) || true;) \
	$(BIOME) check --write

lock: $(DEVELOPMENT) ## write the locks anew after a change of dependencies
	@echo 'lock: requirements*.txt'; \
	compile() { $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command 'make lock' "$$@"; }; \
	compile pyproject.toml --group build -o requirements.txt; \
	compile pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt; \
	compile --group pyproject.toml:node -o requirements-node.txt
	@echo 'lock: package-lock.json'; \
	dev/node.sh npm install --package-lock-only --loglevel error >/dev/null; \
	dev/node.sh node dev/strip-lock.mjs

assets: $(ASSETS)/.built ## build what the browser loads

setup: $(DEVELOPMENT) $(ASSETS)/.built

clean: ## take away what was built; the databases stay
	@rm -rf .venv node_modules $(ASSETS) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	  .hypothesis *.egg-info

# ---------------------------------------------------------------- what the targets stand on
.venv/bin/python:
	@python=$$(PYTHON='$(PYTHON)' dev/find-python.sh); \
	echo "setup: a Python environment in .venv with $$python"; \
	"$$python" -m venv .venv

$(RUNTIME): requirements.txt | .venv/bin/python
	@echo 'setup: the libraries of requirements.txt (a minute on a fresh machine)'; \
	$(PIP) --require-hashes -r requirements.txt; \
	$(PIP) --no-deps --no-build-isolation --no-index --editable .; \
	rm -f .venv/.runtime-*; touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@echo 'setup: the developer libraries of requirements-dev.txt'; \
	$(PIP) --require-hashes -r requirements-dev.txt; \
	rm -f .venv/.development-*; touch $@

$(NODE): package.json package-lock.json | $(RUNTIME)
	@if [ "$$(dev/node.sh which)" = wheel ]; then \
	  echo 'setup: Node.js as a wheel, since this machine has none from version 20 on'; \
	  $(PIP) --require-hashes -r requirements-node.txt; \
	fi; \
	echo 'setup: the browser libraries of package-lock.json'; \
	dev/node.sh npm ci --ignore-scripts --loglevel error >/dev/null; \
	touch $@

$(ASSETS)/.built: $(ASSET_SOURCES) $(NODE)
	@echo 'assets: building webapp/static/dist'; \
	dev/node.sh node webapp/assets/build.mjs; \
	touch $@
