# make chat   set up everything and open the chat over seeds/
# make test   set up, check and test
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PINCITE := $(BIN)/pincite
# An index of CPU builds of torch, where the default one is a CUDA build of gigabytes.
EXTRA_INDEX ?=
# The pip that comes with Python 3.11 reads an index three times as slowly.
PIP := pip==26.3
# Python compiles what is used of the libraries when it is: all of them would take a minute more.
PIP_INSTALL = $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile \
	-c constraints.txt $(if $(EXTRA_INDEX),--extra-index-url $(EXTRA_INDEX))

# It would do so each time anew where this is set.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: chat setup test run-tests check eval eval-baseline bench torture models test-models clean

chat: setup
	$(PINCITE) chat

setup: $(VENV)/.installed models
	$(PINCITE) sync

# The embedder is needed; without the reader it reads itself, without the model the chat quotes the
# documents, and both are said.
models: $(VENV)/.installed
	$(PINCITE) models pull all-MiniLM-L6-v2
	$(PINCITE) models pull || echo "Going on without these: search and answers will be simpler."

test-models: $(VENV)/.installed-test
	$(PINCITE) models pull --set test

# Three processes, since much of the time they wait for servers and pages, and a file of tests at a
# time, so that servers, models and browsers are shared in it.
WORKERS ?= -n 3 --dist loadfile --no-loadscope-reorder

# Beside each other: much of what the tests do is wait, and so is fetching models.
test: $(VENV)/.installed-test
	@$(MAKE) --no-print-directory -j 2 check run-tests

run-tests: test-models
	$(BIN)/python -m pytest $(WORKERS)

check: $(VENV)/.installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Error 4 when a figure is surely worse than in the baseline kept here, or more than so many items
# are worse: machines differ in a few words of what the model writes, hence not 0. Both runs are made
# and compared first. (make itself, whatever a command ends with, exits 2.)
SEEDS_RUN = $(PINCITE) eval run --gold eval/gold/seeds.jsonl --corpus seeds --force
EVAL_BASELINE = $(if $(wildcard eval/baseline/$(1)/run.json),--baseline eval/baseline/$(1) \
	--max-regressions $(2))

eval: $(VENV)/.installed models
	@code=0; set -x; \
	$(SEEDS_RUN) --out runs/seeds-extractive --extractive \
		$(call EVAL_BASELINE,seeds-extractive,3) || code=$$?; \
	$(SEEDS_RUN) --out runs/seeds-answers $(call EVAL_BASELINE,seeds-answers,10) || code=$$?; \
	$(PINCITE) eval compare runs/seeds-extractive runs/seeds-answers || code=$$?; \
	exit $$code

# After an improvement was measured and looked at: what later runs are held to.
eval-baseline: $(VENV)/.installed
	$(PINCITE) eval baseline runs/seeds-extractive eval/baseline/seeds-extractive
	$(PINCITE) eval baseline runs/seeds-answers eval/baseline/seeds-answers

bench: $(VENV)/.installed-bench $(VENV)/.installed-test models
	$(BIN)/python -m eval.bench --fresh
	$(BIN)/python -m pytest -m timed --run-timed -s

torture: $(VENV)/.installed-test test-models
	$(BIN)/python -m pytest -m torture --run-torture

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$@ -m pip install --disable-pip-version-check --quiet --no-compile $(PIP) || true

define SAY_WHAT_IS_INSTALLED
@echo "Installing Pincite and its libraries: about 400 MB to download with a CPU build of torch"
@echo "(where pip takes a CUDA build, gigabytes: see EXTRA_INDEX in the README)."
endef

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(SAY_WHAT_IS_INSTALLED)
	$(PIP_INSTALL) -e .
	@touch $@

# With all that .installed stands for: to install twice takes longer than once.
$(VENV)/.installed-test: pyproject.toml constraints.txt | $(BIN)/python
	$(SAY_WHAT_IS_INSTALLED)
	$(PIP_INSTALL) -e '.[test]'
	@touch $(VENV)/.installed $@

$(VENV)/.installed-bench: $(VENV)/.installed
	$(PIP_INSTALL) -e '.[bench]'
	@touch $@

clean:
	rm -rf $(VENV) .pincite runs build *.egg-info
