# make run    the assistant on its embedded corpus, http://127.0.0.1:8000
# make test   everything that CI checks, browser tests included
# make check  the same without the browser: quick enough for each commit
# make fix    format and mend what can be mended by machine

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What the browser tests drive, and the server that stands in front in the shipped example.
PROGRAMS := chromium firefox-esr WebKitWebDriver Xvfb nginx openssl
PACKAGES := chromium firefox-esr webkit2gtk-driver xvfb nginx-light openssl fonts-dejavu-core
MISSING := $(strip $(foreach program,$(PROGRAMS),$(if $(shell PATH="$$PATH:/usr/sbin" command -v $(program)),,$(program))))

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
	$(BIN)/assistant build
	$(BIN)/python -m pytest -q -n auto -m "not browser"

fix: $(VENV)/installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed-test
	for script in tests/bench/*.py; do $(BIN)/python $$script || exit 1; done

browser:
ifneq ($(MISSING),)
	@test "$$(id -u)" = 0 || { echo "Missing: $(MISSING). Run: sudo apt-get install $(PACKAGES)"; exit 1; }
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null
endif

# Debian keeps venv in a package of its own.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/installed: pyproject.toml $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-test: pyproject.toml $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build dist *.egg-info
