# The front door: `make` alone says what it opens.

PORT ?= 8000
# The interpreter that makes .venv: the one you name, else the one .venv has already, else python3.
PYTHON ?= $(shell test -x .venv/bin/python && echo .venv/bin/python || echo python3)
BARE = command -v "$(PYTHON)" >/dev/null || { echo "Allyance needs Python 3.11 or later and found no '$(PYTHON)': install it, or name another, as in 'make $@ PYTHON=python3.12'." >&2; exit 1; }; "$(PYTHON)" allyance_site/bare.py
IN = .venv/bin/python -m
TEMPLATES = $(wildcard templates casework/templates cms/templates)

.DEFAULT_GOAL := help
.PHONY: help run test check fix coverage bench screenshots dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

run: ## the demo from bare: http://127.0.0.1:8000, Ctrl-C ends it (another port: PORT=8001)
	@$(BARE) requirements.lock "$(PORT)"
	@exec .venv/bin/python -u -m allyance_site.start "$(PORT)"

test: dev ## every test that this machine can run (a part of them: ARGS=tests/casework; on PostgreSQL: DATABASE_URL=...)
	@$(IN) allyance_site.machine
	@$(IN) pytest -n auto $(ARGS)

check: export DJANGO_SETTINGS_MODULE = allyance_site.settings.test
check: export DATABASE_URL = sqlite://:memory:
check: dev ## lint, format, templates, layers, types, Django's own checks and migrations
	$(IN) ruff check
	$(IN) ruff format --check
	$(IN) djhtml --check $(TEMPLATES)
	.venv/bin/lint-imports
	$(IN) mypy
	.venv/bin/python manage.py check --fail-level WARNING
	.venv/bin/python manage.py makemigrations --check --dry-run

fix: dev ## what of `make check` can be mended by a machine
	-$(IN) ruff check --fix
	$(IN) ruff format
	$(IN) djhtml $(TEMPLATES)

coverage: dev ## the suite with its branch coverage: 90 % of all, 100 % of who may do what
	@$(IN) pytest -n auto --cov --cov-report= --cov-fail-under=0 $(ARGS)
	@$(IN) coverage report --skip-covered
	@$(IN) coverage report --fail-under=100 --include='casework/access/*,casework/actions/*'

bench: dev ## docs/performance.md: rules, pages, audit and worker measured on both databases (SIZES="1000 10000")
	@$(IN) allyance_site.management.bench $(SIZES)

screenshots: dev ## pictures of the main pages, for docs/
	@$(IN) pytest -n 0 -p no:randomly tests/browser/screenshots.py

dev:
	@$(BARE) requirements-dev.lock
