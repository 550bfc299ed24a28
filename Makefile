# Hatif: `make run` starts everything, `make test` proves it. Nothing but git, make and Python 3.11+ is needed beforehand.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# Rasa 3.6 needs CPython 3.10: this machine's own, else the one that uv downloads.
PYTHON310 ?= $(shell for p in "$$(pyenv prefix 3.10 2>/dev/null)/bin/python" python3.10; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null && { echo $$p; exit; }; done; echo 3.10)
UV_VERSION := 0.13.9
UV := .tools/uv/bin/uv
BIN := .venv/bin
NODE_PATH_PREFIX := PATH="$(CURDIR)/$(BIN):$$PATH"
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -name schema.d.ts -prune -o -type f -print)

.DEFAULT_GOAL := help
.PHONY: help run test check setup browser bench nlu-report clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: setup  ## install, build, train if needed, and start the whole product (Ctrl-C ends it)
	@$(BIN)/hatif run

test: setup browser .tools/spark  ## every test: both Python environments, the web's, and a browser against the running product
	$(NODE_PATH_PREFIX) npm --prefix web run --silent check
	$(NODE_PATH_PREFIX) npm --prefix web test --silent
	assistant/.venv/bin/python -m assistant.train
	assistant/.venv/bin/python -m pytest -c assistant/pytest.ini --rootdir . tests/assistant tests/actions
	$(BIN)/pytest -n 2 tests/backend tests/repo
	$(BIN)/pytest tests/e2e

check: setup .tools/spark  ## format, lint, types, contracts and the fast tests, within four minutes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NODE_PATH_PREFIX) npm --prefix web run --silent check
	$(BIN)/pytest -n 2 tests/repo tests/backend -m "not slow"

setup: .tools/backend .tools/assistant .tools/web  ## install and build, without starting anything

browser: setup
	@for b in chromium chromium-browser google-chrome; do command -v $$b >/dev/null && exit 0; done; \
	$(BIN)/playwright install chromium

.tools/backend: pyproject.toml uv.lock $(UV)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@echo "installing the backend's environment"
	$(UV) sync --frozen --quiet --python "$(PYTHON)"
	@touch $@

.tools/spark: .tools/backend
	@echo "installing Spark, to prove that a cluster rates alike"
	$(UV) sync --frozen --quiet --group spark --python "$(PYTHON)"
	@touch $@

.tools/assistant: assistant/pyproject.toml assistant/uv.lock $(UV)
	@echo "installing the assistant's environment (Rasa, Python 3.10)"
	$(UV) sync --frozen --quiet --project assistant --python "$(PYTHON310)"
	@touch $@

.tools/web: .tools/node $(WEB_SOURCES)
	@echo "building the web parts"
	$(NODE_PATH_PREFIX) npm --prefix web run --silent build
	@touch $@

.tools/node: web/package.json web/package-lock.json .tools/backend
	@echo "installing the web parts' packages"
	$(NODE_PATH_PREFIX) npm --prefix web ci --silent --no-audit --no-fund
	@touch $@

.tools/peers: $(addprefix tests/bench/peers/,rasa_default/pyproject.toml rasa_default/uv.lock nlpjs/package-lock.json) .tools/backend
	@echo "installing what understanding is measured beside (rasa init's TensorFlow, nlp.js)"
	$(UV) sync --frozen --quiet --project tests/bench/peers/rasa_default --python "$(PYTHON310)"
	$(NODE_PATH_PREFIX) npm --prefix tests/bench/peers/nlpjs ci --silent --no-audit --no-fund
	@touch $@

$(UV):
	@echo "installing uv"
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv .tools/uv || { echo "python3 -m venv failed: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
	@.tools/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# The peers of one part only: TensorFlow is large.
BENCH_NEEDS := $(if $(filter understanding,$(or $(PARTS),understanding)),.tools/assistant .tools/peers)

bench: .tools/backend $(BENCH_NEEDS)  ## how fast it is: rating, bills, PDF, prepaid, a million customers, understanding; PARTS="rating pdf" for some
	$(UV) sync --frozen --quiet --group bench --inexact --python "$(PYTHON)"
	@$(BIN)/python -W ignore -m tests.bench $(PARTS)

nlu-report: .tools/assistant  ## how well messages are understood: build/nlu.json and build/nlu.html; HATIF_NLU_BENCH=FOLDER adds public sets
	@assistant/.venv/bin/python -W ignore -m assistant.nlu_report

clean:  ## remove what was installed and built, not the state in .hatif
	rm -rf .tools .venv assistant/.venv assistant/models web/node_modules web/dist build tests/bench/peers/*/.venv tests/bench/peers/*/node_modules
