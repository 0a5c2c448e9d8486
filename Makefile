# One word for each task.  Everything lives in .venv, made by whatever Python 3.11+ is there.

# The first that runs and that TensorFlow has wheels for; a newer one serves, but cannot train.
PYTHON ?= $(firstword $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p; done) python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# A worker for each core; the tests of a file share what their fixtures made; the longest files come first.
PARALLEL := -n auto --dist loadfile --no-loadscope-reorder

.PHONY: demo serve test lint check pytest fast wheel bench browser constraints clean

demo: .venv/.runtime  ## Fill a sample catalogue on first run and open the web chat
	$(BIN)/grimche demo

serve: .venv/.runtime  ## Serve your own catalogue
	$(BIN)/grimche serve

test: lint check pytest wheel  ## Everything that must hold

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check: .venv/.dev
	$(BIN)/mypy
	$(BIN)/lint-imports

pytest: .venv/.dev
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term

fast: .venv/.dev  ## The tests without the slow ones
	$(BIN)/python -m pytest $(PARALLEL) -m "not slow"

wheel: .venv/.dev  ## The built wheel answers in an empty environment
	sh tests/check_wheel.sh $(BIN)/python

bench: .venv/.dev  ## Print the benchmark table
	$(BIN)/python benchmarks/query.py

browser:  ## Install the browser that the browser tests drive (Debian)
	$(if $(filter 0,$(shell id -u)),,sudo )sh -c "apt-get update -qq && apt-get install -y -qq chromium"

constraints: .venv/.dev  ## Write down the versions that are installed now
	(head -n 1 constraints.txt; $(BIN)/python -m pip freeze --exclude-editable) > constraints.new
	mv constraints.new constraints.txt

clean:  ## Remove what the other words made, but never your data
	rm -rf .venv dist build .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Grimche needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null \
		|| (apt-get update -qq && apt-get install -y -qq python3-venv)
	@$(PYTHON) -m venv .venv \
		|| { echo "No virtual environment can be made; on Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/.runtime: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing Grimche and what it needs into .venv (the first time takes a few minutes) ..."
	$(INSTALL) -e .
	@touch $@

.venv/.dev: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing Grimche and its development tools into .venv ..."
	$(INSTALL) -e '.[dev]'
	@touch $@ .venv/.runtime
