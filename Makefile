# make run    the assistant on its embedded corpus, http://127.0.0.1:8000
# make test   everything that CI checks, browser tests included
# make check  the same without the browser: quick enough for each commit
# make fix    format and mend what can be mended by machine

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM := $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))

.PHONY: run test check fix bench browser clean

run: $(VENV)/installed
	$(BIN)/assistant serve

test: $(VENV)/installed-test browser check
	$(BIN)/python -m pytest -q -m browser

check: $(VENV)/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/assistant lint --quiet
	$(BIN)/python -m pytest -q -m "not browser"

fix: $(VENV)/installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed-test
	for script in tests/bench/*.py; do $(BIN)/python $$script || exit 1; done

browser:
ifeq ($(CHROMIUM),)
	@test "$$(id -u)" = 0 || { echo "The browser tests need Chromium: sudo apt-get install chromium"; exit 1; }
	apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
endif

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-test: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test,ingest]'
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build dist *.egg-info
