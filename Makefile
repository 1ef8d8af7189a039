# Two commands do everything: `make site` and `make test`. Both set up what they need, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make
FUZZ_SECONDS ?= 210

.DEFAULT_GOAL := help
.PHONY: help site test test-python test-long test-js test-browser test-firefox fuzz lint bench serve clean locked lock licences sbom audit

help: ## say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

site: $(STAMPS)/venv ## set up, import the sample sources, build the site into output/ and look the finished files through
	$(BIN)/backfile import sources --content content --report import-report.json
	$(BIN)/pelican content --fatal errors
	$(BIN)/backfile verify output
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

locked: ## set up with exactly the versions of requirements.lock, each checked by its digest
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $(STAMPS)/venv

lock: $(STAMPS)/uv ## renew requirements.lock: the newest versions that pyproject.toml allows, for every platform
	$(STAMPS)/uv/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements.lock

licences: $(STAMPS)/venv ## write docs/licences.md anew
	$(BIN)/python tools/supply.py licences

sbom: $(STAMPS)/venv ## write a bill of materials (CycloneDX) to dist/backfile.cdx.json
	$(BIN)/python tools/supply.py sbom

audit: $(STAMPS)/audit $(STAMPS)/npm ## look the locked packages up among known vulnerabilities, where the registries answer
	$(PYTHON) tools/audit.py $(STAMPS)/audit/bin/pip-audit

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

$(STAMPS)/uv: TOOL = 'uv>=0.5,<1'
$(STAMPS)/audit: TOOL = 'pip-audit>=2.7,<3'
$(STAMPS)/uv $(STAMPS)/audit:
	@mkdir -p $(STAMPS)
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check $(TOOL) || { rm -rf $@; exit 1; }

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
