# Two commands do all the set-up on a fresh machine: `make study` and `make test`.
# Further words for JupyterLab: make study LAB="--no-browser --port=8890".
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
COMMA := ,

.PHONY: study test test-all build check lint bench front lint-front

PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup
TOOK := .crib-steps
define step
	@echo '$(2)'; start=$$(date +%s); $(2); code=$$?; printf '%8d s  %s\n' $$(($$(date +%s) - start)) '$(1)' >> $(TOOK); [ $$code = 0 ] || cat $(TOOK); exit $$code
endef

study: $(VENV)/.for-study
	@$(BIN)/crib study $(LAB)

# Every notebook is run twice in `test-all`: forked and compared byte by byte by `crib check`, and in a fresh kernel by nbval, on two hash seeds.
test: $(VENV)/.for-tests
	@rm -f $(TOOK)
	$(call step,pytest,$(PYTEST))
	$(call step,crib check,PYTHONHASHSEED=1 $(BIN)/crib check)
	@cat $(TOOK)

test-all: $(VENV)/.for-tests
	@rm -f $(TOOK)
	$(call step,pytest --long,$(PYTEST) --long)
	$(call step,crib check,PYTHONHASHSEED=1 $(BIN)/crib check)
	$(call step,nbval,CLOUDCRIB_DATA=$$(mktemp -d) PYTHONHASHSEED=2 $(PYTEST) -c tests/nbval.ini --dist loadscope --nbval notebooks)
	@cat $(TOOK)

build: $(VENV)/.for-tests
	$(BIN)/crib build

check: $(VENV)/.for-tests
	$(BIN)/crib check

lint: $(VENV)/.for-tests
	$(BIN)/ruff format --check src tests bench packaging
	$(BIN)/ruff check src tests bench packaging
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory lint-front; \
	else echo "The widget's sources are not checked: there is no npm here, and only those who change them need it."; fi

front: front/node_modules/.package-lock.json
	cd front && npm run --silent build

lint-front: front/node_modules/.package-lock.json
	cd front && npm run --silent lint

bench: $(VENV)/.for-tests
	for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

front/node_modules/.package-lock.json: front/package.json front/package-lock.json
	cd front && npm ci --silent
	touch $@

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
