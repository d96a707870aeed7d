# Two commands do all the set-up on a fresh machine: `make study` and `make test`.
# Further words for JupyterLab: make study LAB="--no-browser --port=8890".
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
COMMA := ,
.PHONY: study test build check lint bench

study: $(VENV)/.for-study
	@$(BIN)/crib study $(LAB)

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

bench: $(VENV)/.for-tests
	for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

# uv installs in seconds what takes pip minutes; where it cannot be had, or fails, pip does the same.
define install
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check uv && \
	  $(BIN)/python -m uv pip install --python $(BIN)/python -c constraints.txt -e $(1); then :; else \
	  echo "Without uv, pip installs it; that takes some two minutes."; \
	  $(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e $(1); \
	fi
endef

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The course needs Python 3.11 or newer; name one: make study PYTHON=python3.12")'
	@echo "Making a Python environment in $(VENV)."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.for-study: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing the course and what it needs into $(VENV); this is done once, and takes some ten seconds."
	$(call install,.)
	@touch $@

$(VENV)/.for-tests: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing the course and all that its authors, teachers and tests need into $(VENV); this is done once."
	$(call install,".[author$(COMMA)teach$(COMMA)dev]")
	@touch $@ $(VENV)/.for-study
