# Two commands do everything: `make site` and `make test`. Both set up what they need, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make
FUZZ_SECONDS ?= 210

.DEFAULT_GOAL := help
.PHONY: help site test test-python test-long test-js test-browser test-firefox fuzz lint bench serve clean

help: ## say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

site: $(STAMPS)/venv ## set up, import the sample sources and build the site into output/
	$(BIN)/backfile import sources --content content --report import-report.json
	$(BIN)/pelican content --fatal errors
	@echo
	@echo "The site is in output/. Open output/index.html in a browser (search works from the folder, too),"
	@echo "or run 'make serve' and go to http://127.0.0.1:8000/"

test: lint test-python test-js test-browser $(if $(shell command -v firefox-esr),test-firefox) ## set up and run every test, in a real browser too
	@echo "All tests passed."

lint: $(STAMPS)/venv $(STAMPS)/npm ## check format, style and types
	$(BIN)/ruff format --no-cache --check --quiet .
	$(BIN)/ruff check --no-cache --quiet .
	$(BIN)/mypy
	npx --no-install tsc -p tsconfig.json

test-python: $(STAMPS)/venv ## run the Python tests
	$(BIN)/pytest

test-long: $(STAMPS)/venv ## try 500 random histories of a site, builds killed included (an hour)
	BACKFILE_BUILD_SEQUENCES=500 $(BIN)/pytest tests/python/test_build.py

test-js: $(STAMPS)/venv $(STAMPS)/npm ## run the tests of the search engine in Node
	npm run --silent test:js

test-browser: $(STAMPS)/venv $(STAMPS)/npm $(STAMPS)/chromium ## run the tests in Chromium
	npm run --silent test:browser

test-firefox: $(STAMPS)/venv $(STAMPS)/npm $(STAMPS)/firefox ## run the tests of searching in Firefox; 'test' does so where Debian's is installed
	npm run --silent test:firefox

fuzz: $(STAMPS)/venv $(STAMPS)/npm $(STAMPS)/atheris ## fuzz readers, round trips, queries and shards (an hour; FUZZ_SECONDS a target)
	$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS) .fuzz
	node tests/fuzz/search.mjs --seconds $(FUZZ_SECONDS) --log .fuzz/log.tsv

bench: $(STAMPS)/venv ## measure, beside what you would use instead
	$(BIN)/python -m benchmarks

serve: ## show the built site at http://127.0.0.1:8000/
	$(PYTHON) -m http.server 8000 --bind 127.0.0.1 --directory output

clean: ## remove the site and everything that was set up
	rm -rf output .backfile .fuzz $(VENV) node_modules $(STAMPS)

$(STAMPS)/venv: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Backfile needs Python 3.11 or later; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q plugins # where Python may not write what it compiled, every start would compile again
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/atheris: $(STAMPS)/venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	@touch $@

$(STAMPS)/npm: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/chromium: tests/browser/ensure-browser.sh
	tests/browser/ensure-browser.sh CHROMIUM chromium chromium-browser google-chrome
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/firefox: tests/browser/ensure-browser.sh
	tests/browser/ensure-browser.sh FIREFOX firefox-esr
	@mkdir -p $(STAMPS) && touch $@
