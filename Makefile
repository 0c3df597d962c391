# Every target makes first what it needs and has not got: packages, assets, services.
# The machine needs make and Python 3.11 for it; anything else that is missing is installed or named.

PYTHON ?= $(firstword $(shell command -v python3.11 python3) python3)
PORTAL := .venv/bin/python
# Asked here and not by a script, which a Python that is too old could not even read.
PREPARE = @$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Cannot set up Contest Portal: it needs Python 3.11 or newer, and $(PYTHON) is not;" \
	"name another with: make PYTHON=/path/to/python3.11" >&2; exit 1; }; \
	exec $(PYTHON) contest_portal/management/setup.py

ASSETS := build/static/portal.css
STYLES := $(shell find static/scss -name '*.scss')

# With it each of the many programs that a run starts would compile every package again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check bench fix matrix screenshots environment assets lock clean packages packages-for-tests
.DEFAULT_GOAL := help

help: ## Show what there is to call
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: packages $(ASSETS) ## Start everything and print the address and the people to sign in as (PORT, PORTAL_VAR)
	@exec $(PORTAL) manage.py up

test: packages-for-tests $(ASSETS) ## Run the whole suite on throw-away services (ARGS are handed to pytest)
	@exec $(PORTAL) -m tests.run -n 3 tests $(ARGS)

check: packages-for-tests $(ASSETS) ## Lint, types, templates, Django's checks, migrations, architecture
	$(PORTAL) -m ruff check .
	$(PORTAL) -m ruff format --check .
	$(PORTAL) -m mypy
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 5.2
	$(PORTAL) manage.py check --fail-level WARNING
	$(PORTAL) -m tests.run --manage makemigrations --check --dry-run
	$(PORTAL) -m pytest -q -n 0 tests/architecture

fix: packages-for-tests ## Mend what a machine can mend
	$(PORTAL) -m ruff check --fix-only .
	$(PORTAL) -m ruff format .
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

bench: packages-for-tests $(ASSETS) ## Measure against simpler ways and smaller logs, as ratios (ARGS names some)
	@exec $(PORTAL) -m bench $(ARGS)

matrix: packages-for-tests ## Write what every address answers to everybody as build/matrix.csv, for review
	@exec $(PORTAL) -m tests.access.write_matrix

screenshots: packages-for-tests ## Take the pictures of docs/ from a portal that runs (PORT, PORTAL_DEMO_PASSWORD)
	@exec $(PORTAL) -m docs.take_screenshots

environment: packages-for-tests $(ASSETS) ## Install every package, for run and test, and stage the assets

assets: packages ## Compile the stylesheet and stage fonts, scripts and images again
	@$(PORTAL) -m contest_portal.management.assets

lock: packages-for-tests ## Resolve requirements/*.in and package.json again
	$(PORTAL) -m contest_portal.management.lock

clean: ## Remove what set-up made; the data in var/ stay
	rm -rf .venv build node_modules

packages:
	$(PREPARE) run

packages-for-tests:
	$(PREPARE) test

$(ASSETS): package-lock.json contest_portal/management/assets.py $(STYLES) | packages
	@$(PORTAL) -m contest_portal.management.assets
