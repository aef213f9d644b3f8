.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

$(READY): pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv sync --frozen --inexact --compile-bytecode --quiet
	touch $@

RUNS := .venv/.runs

$(RUNS): pyproject.toml uv.lock
	@echo "Installing what the bot needs into .venv; this happens once."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv sync --frozen --no-dev --inexact --quiet
	touch $@

.PHONY: run test lint audit trial fuzz bench growth soak screenshots texts help

run: $(RUNS)  ## start the bot; without TELEGRAM_TOKEN in a sandbox with demo data
	$(BIN)/python -m bot run

test: lint  ## types, style, layers and all tests
	$(BIN)/pytest -n 4 --dist worksteal

lint: $(READY)  ## types, style and layers only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(READY)  ## what is known against the packages of uv.lock
	.ci/audit

trial: $(READY)  ## 100 kills during 3,000 updates, files and imports, on both databases; some minutes
	LONG_TRIAL=1 $(BIN)/pytest -s -k crowd tests/end_to_end/test_killed.py

fuzz: $(READY)  ## 50,000 odd updates and 20,000 forged taps, on both databases; some minutes
	LONG_TRIAL=1 $(BIN)/pytest -s -n 2 tests/faults/test_fuzz.py

bench: $(READY)  ## taps per second beside bare handlers; how well names and ideas are recognised
	$(BIN)/python -m benchmarks.taps
	$(BIN)/python -m benchmarks.names
	$(BIN)/python -m benchmarks.similar benchmarks/ideas.tsv

growth: $(READY)  ## time and memory of each operation at 100 to 1,000,000 people; some minutes
	$(BIN)/python -m benchmarks.growth

soak: $(READY)  ## two minutes of life at ten times the busiest: what grows, leaks or slows down
	$(BIN)/python -m benchmarks.soak

screenshots: $(READY)  ## the README's pictures, taken from the sandbox's page
	$(BIN)/python docs/screenshots.py

texts: $(READY)  ## collect the texts in the code into the catalogues
	$(BIN)/python -m locales.collect

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14
