# Every target does all its own set-up. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup run test lint soak bench screenshots build lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: ## install what is missing on this system, then .venv with the locked packages
	@scripts/setup.sh

run: setup ## open the program; without a display, play a whole outage day into out/demo
	@scripts/run.sh

test: setup ## lint, types, import rules and all tests
	@$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n auto

lint: setup ## formatting, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: setup ## the long runs: thousands of histories, kill rounds, many demo days
	$(BIN)/pytest -m soak --timeout 0 -s

bench: setup ## figures of speed, each beside its yardstick in the same run
	$(BIN)/python -m tests.bench

build: setup ## freeze the program into dist/fallback-desk, test it, pack dist/*.deb
	@scripts/build.sh

screenshots: setup ## every window as a picture, in both languages and themes, into out/screenshots
	$(BIN)/python -m desktop_app.ui.screenshots --out out/screenshots

lock: setup ## rewrite requirements.lock from pyproject.toml
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
		--extra dev --extra hub pyproject.toml -o requirements.lock

clean: ## remove the virtual environment and everything built
	rm -rf $(VENV) build dist out *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
