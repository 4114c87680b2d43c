# What one does here, on a machine with Python 3.11 or newer and nothing else. `make help` lists it.

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= $(shell .ci/find-python)
PYTEST := $(PY) -m pytest -n 2
ADDRESS ?= 127.0.0.1:8000
MANAGE := $(PY) -W error -m django

.DEFAULT_GOAL := help
.PHONY: help sandbox test test-postgres browser hosts packaging check clauses states openapi bench clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

sandbox: $(VENV)/.run ## serve a small invented council, kept from run to run; ADDRESS=127.0.0.1:8000
	$(PY) sandbox/manage.py serve $(ADDRESS)

test: $(VENV)/.test ## the daily suite, on SQLite
	$(PYTEST)

test-postgres: $(VENV)/.test ## the daily suite, on a private PostgreSQL
	$(PY) -m tests.servers.postgres -- $(PYTEST) --ds tests.settings.postgres

browser: $(VENV)/.test ## what people see, in Chromium
	$(PY) -m pytest -m browser

hosts: $(VENV)/.test ## other people's sites: each boots and answers one lookup
	$(PYTEST) -m hosts

packaging: $(VENV)/.test ## the wheel in an empty environment
	$(PY) -m pytest -m packaging

check: $(VENV)/.test $(VENV)/.lint ## lint, types, layers, migrations, clauses
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(MANAGE) makemigrations --check --dry-run --settings tests.settings.sqlite
	$(PY) -m tests.clauses check
	$(PY) -m tests.states check
	$(PY) -m tests.openapi check

clauses: $(VENV)/.test ## write docs/policy-clauses.md anew from the tests' marks
	$(PY) -m tests.clauses write

states: $(VENV)/.test ## draw docs/states.md anew from the tables of states
	$(PY) -m tests.states write

openapi: $(VENV)/.test ## draw docs/openapi.yaml anew from the calls
	$(PY) -m tests.openapi write

bench: $(VENV)/.bench ## how fast, in ratios against peers of the same run
	$(PY) -m benchmarks

clean: ## forget the environment, caches and the sandbox's council
	rm -rf $(VENV) .tox build dist *.egg-info sandbox/var .mypy_cache .pytest_cache .ruff_cache \
		.hypothesis .import_linter_cache .coverage*

# The environment, each layer once, and again when its declaration changes.
$(PY):
	"$(PYTHON)" -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.run: pyproject.toml | $(PY)
	$(PY) -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.run
	$(PY) -m pip install --quiet --group test
	@touch $@

$(VENV)/.bench: pyproject.toml $(VENV)/.test
	$(PY) -m pip install --quiet --group bench
	@touch $@

$(VENV)/.lint: pyproject.toml $(VENV)/.run
	$(PY) -m pip install --quiet --group lint
	@touch $@
