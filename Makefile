# make setup   both environments and the trained model
# make run     the service, with everything it needs; prints where to look
# make test    all tests            make check   ruff, mypy --strict, the knowledge base, the documents
# make bench   speed and memory, into reports/bench/
# make vectors the slow encoder's vectors of many new phrases, to be committed: without them training takes longer

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: setup run test check bench vectors browser clean

# uv from the PATH, else one of our own
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
# pyenv hides the interpreters it holds behind shims that fail unless their version is named
PYENVS := $(shell command -v pyenv >/dev/null 2>&1 && pyenv versions --bare 2>/dev/null | grep -E '^3\.1[0-9]' | paste -sd:)
FIND := $(if $(PYENVS),PYENV_VERSION=$(PYENVS) )$(UV) python find --system
export UV_PROJECT_ENVIRONMENT
export RASA_TELEMETRY_ENABLED = false
# where it is set, every process compiles what it imports anew, which doubles the time `canbao` takes to start
unexport PYTHONDONTWRITEBYTECODE

BOT := .venv/.synced
NLU := .venv-nlu/.synced
MODEL := models/.trained
CANBAO := .venv/bin/canbao

setup: $(BOT) $(NLU) $(MODEL)

$(filter .uv/bin/uv,$(UV)):
	python3 -m venv .uv && .uv/bin/pip install --quiet uv

$(BOT): pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --frozen --python "$$($(FIND) '>=3.11' 2>/dev/null || echo '>=3.11')"
	@touch $@

# compiled once here, Rasa starts in half the time
$(NLU): pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	UV_PROJECT_ENVIRONMENT=.venv-nlu $(UV) sync --frozen --only-group nlu --no-install-project --compile-bytecode \
	    --python "$$($(FIND) 3.10 2>/dev/null || echo 3.10)"
	@touch $@

# Rasa's fingerprints decide what of a training is done again; this target, whether it is asked at all
$(MODEL): config.yml domain.yml nlu/topics.yml $(wildcard nlu/data/*.yml nlu/components/*.py) | $(BOT) $(NLU)
	$(CANBAO) nlu train
	@touch $@

run: setup
	$(CANBAO) run

# more workers than cores of a small machine, for tests wait more than they compute
WORKERS ?= 3

test: setup $(if $(CI),browser)
	.venv/bin/pytest -n $(WORKERS)

# the page is tested in a real browser; elsewhere than in CI its tests say that it is missing
browser:
	@command -v chromium >/dev/null || ! command -v apt-get >/dev/null || \
	    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null) || \
	    echo "no chromium could be installed" >&2

check: $(BOT) $(NLU)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(CANBAO) kb check
	$(CANBAO) nlu check
	.venv/bin/pytest tests/test_documents.py tests/test_architecture.py

vectors: $(NLU)
	.venv-nlu/bin/python -m nlu.components.ship_vectors

bench: setup
	.venv/bin/python -m benchmarks

clean:
	rm -rf .venv .venv-nlu .uv models reports var
