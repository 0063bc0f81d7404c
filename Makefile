# make run    the portal with a demo city on http://127.0.0.1:$(PORT)/
# make test   all tests but those that need a browser or print a .pdf, on SQLite (DATABASE_URL names another database)
# make lint   style of Python and templates, and types
# make sbom   what the portal is made of, packages and vendored files with versions and licences, in sbom.json (CycloneDX)
# make venv   the environment with everything that development needs
# PYTHON=… names the Python to use; without it the first of those below that is new enough

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTHONS := python3 python3.13 python3.12 python3.11 $(wildcard $(HOME)/.pyenv/versions/3.1[123].*/bin/python)
SUITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
VERSION_OF = $(shell $(1) -c 'import sys; print(sys.version_info[:2])' 2>/dev/null)

# An environment whose Python is gone, of another version or not the one that PYTHON names is made anew: it is taken away
# before anything is built. A PYTHON that does not suit takes nothing away.
OWN := $(call VERSION_OF,$(BIN)/python)
NAMED := $(and $(PYTHON),$(shell $(PYTHON) -c '$(SUITS)' 2>/dev/null && echo yes),$(call VERSION_OF,$(PYTHON)))
ifneq ($(wildcard $(VENV)),)
ifneq ($(and $(shell $(BIN)/python -c '$(SUITS)' 2>/dev/null && echo yes),$(or $(NAMED),$(OWN))),$(or $(OWN),none))
$(info The Python of $(VENV) is gone or another one; the environment is made anew.)
$(shell rm -rf $(VENV))
endif
endif

.PHONY: run test lint sbom venv port-is-free

run: port-is-free $(VENV)/run-installed
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_demo
	$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

port-is-free: $(VENV)/bin/python
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)), reuse_port=False).close()' 2>/dev/null \
		|| { echo "Port $(PORT) of 127.0.0.1 is taken or not allowed. Name another: make run PORT=8001"; exit 1; }

test: $(VENV)/dev-installed
	$(BIN)/python -m pytest -n auto -m "not browser and not pdf"

lint: $(VENV)/dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --check --lint --quiet templates
	$(BIN)/mypy

sbom: $(VENV)/dev-installed
	$(BIN)/python .ci/bill_of_materials.py sbom.json

venv: $(VENV)/dev-installed

# Each is tried, not looked up: a shim of pyenv is there for versions that are not, and a bare python3 may be too old.
$(VENV)/bin/python:
	@for python in $(or $(PYTHON),$(PYTHONS)); do \
		$$python -c '$(SUITS)' >/dev/null 2>&1 || continue; \
		$$python -c 'import ensurepip, venv' 2>/dev/null \
			|| { unable=$$python; continue; }; \
		echo "$$python -m venv $(VENV)"; exec $$python -m venv $(VENV); \
	done; \
	if [ -n "$$unable" ]; then \
		echo "$$unable cannot make environments. On Debian or Ubuntu run: apt-get install python3-venv"; \
	else \
		echo "Python 3.11, 3.12 or 3.13 is needed, and $(or $(PYTHON),none of $(PYTHONS)) is. Name one with: make run PYTHON=…"; \
	fi; exit 1

$(VENV)/run-installed: requirements.txt | $(VENV)/bin/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev-installed: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/run-installed
