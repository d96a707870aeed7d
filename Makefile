# Two commands do all the set-up on a fresh machine: `make study` and `make test`.
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e

.PHONY: study test build check lint bench

study: $(VENV)/.for-study
	$(BIN)/crib study

test: $(VENV)/.for-tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup
	$(BIN)/crib check
	for seed in 1 2; do CLOUDCRIB_DATA=$$(mktemp -d) PYTHONHASHSEED=$$seed $(BIN)/python -m pytest -c tests/nbval.ini --nbval -n 2 --dist loadscope notebooks || exit 1; done

build: $(VENV)/.for-tests
	$(BIN)/crib build

check: $(VENV)/.for-tests
	$(BIN)/crib check

lint: $(VENV)/.for-tests
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.for-tests
	for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.for-study: $(BIN)/python pyproject.toml constraints.txt
	$(INSTALL) .
	touch $@

$(VENV)/.for-tests: $(BIN)/python pyproject.toml constraints.txt
	$(INSTALL) ".[teach,dev]"
	touch $@ $(VENV)/.for-study
