# Everything a person does by hand, a hook does and a build server does goes through these targets.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
# Whatever the shell says: without byte code each worker reads every module and every test anew, in each run.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo test unit check format format-check lint types imports soak bench reference pins hooks clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: .venv/.run ## Make the environment in .venv and install what is pinned; again after an upgrade

demo: .venv/.run ## Start a Slack workspace and the bot on this machine, and watch a walk-through
	@$(BIN)/scholarbot demo

test: .venv/.dev .venv/.chromium unit ## Run every test: unit, then both databases, killed processes and the browser
	$(BIN)/python -m pytest tests/integration tests/contracts tests/e2e -m "not soak" -n $(WORKERS) --dist worksteal

unit: .venv/.dev ## Run the unit tests (under 30 seconds)
	$(BIN)/python -m pytest tests/unit -n $(WORKERS) --dist worksteal

check: format-check lint types imports test ## Everything that must be green before a commit

format: .venv/.dev ## Put the code into the house's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

format-check: .venv/.dev
	$(BIN)/ruff format --check .

lint: .venv/.dev ## Look for mistakes
	$(BIN)/ruff check .

types: .venv/.dev ## Check the types of code and tests
	$(BIN)/mypy

imports: .venv/.dev ## Check that imports go one way
	$(BIN)/lint-imports

soak: .venv/.dev .venv/.chromium ## Run what takes longer than a check should
	$(BIN)/python -m pytest tests -m soak --timeout 0

bench: .venv/.dev ## Measure, print a table and write var/bench/results.json (about 9 minutes)
	$(BIN)/python -m benchmarks

reference: .venv/.run ## Write anew what is made from the code: reference tables, .env.example, the app's manifest
	$(BIN)/python -m bot.reference
	$(BIN)/python -m bot.example
	$(BIN)/python -m bot.manifest

pins: ## Choose the newest versions anew and write both requirements files (needs uv)
	uv pip compile $(PIN_OPTIONS) --extra build --extra sandbox pyproject.toml -o requirements.txt
	uv pip compile $(PIN_OPTIONS) --extra build --extra sandbox --extra dev pyproject.toml -o requirements-dev.txt
PIN_OPTIONS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

hooks: ## Let git run `make check` before each push
	git config core.hooksPath deploy/hooks

clean: ## Remove what was made, the environment included; data and key under var/ stay
	rm -rf .venv var/demo var/bench .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Scholarbot needs Python 3.11 or newer. Name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "This Python cannot make a virtual environment. Install its venv module (Debian, Ubuntu: apt-get install python3-venv)."; exit 1; }

.venv/.run: requirements.txt pyproject.toml | .venv/bin/python
	$(call install,requirements.txt)
	@touch $@

.venv/.dev: requirements-dev.txt pyproject.toml | .venv/bin/python
	$(call install,requirements-dev.txt)
	@touch .venv/.run $@

.venv/.chromium: tests/chromium.py | .venv/.dev
	$(BIN)/python -m tests.chromium
	@touch $@

define install
@echo "Installing what $(1) pins (about a minute the first time) ..."
@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef
