# make chat   set up everything and open the chat over seeds/
# make test   set up, check and test
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PINCITE := $(BIN)/pincite
# An index of CPU builds of torch, where the default one is a CUDA build of gigabytes.
EXTRA_INDEX ?=
PIP_INSTALL = $(BIN)/python -m pip install --disable-pip-version-check --quiet \
	-c constraints.txt $(if $(EXTRA_INDEX),--extra-index-url $(EXTRA_INDEX))

.PHONY: chat setup test check eval bench torture models test-models clean

chat: setup
	$(PINCITE) chat

setup: $(VENV)/.installed models
	$(PINCITE) sync

# The embedder is needed; without the model the chat quotes the documents and says so.
models: $(VENV)/.installed
	$(PINCITE) models pull all-MiniLM-L6-v2
	$(PINCITE) models pull || echo "Going on without the language model: answers will be quotations."

test-models: $(VENV)/.installed
	$(PINCITE) models pull --set test

test: $(VENV)/.installed-test test-models check
	$(BIN)/python -m pytest

check: $(VENV)/.installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(VENV)/.installed models
	$(PINCITE) eval run --gold eval/gold/seeds.jsonl --corpus seeds --out runs/seeds-answers --force
	$(PINCITE) eval run --gold eval/gold/seeds.jsonl --corpus seeds --out runs/seeds-extractive \
		--extractive --force
	$(PINCITE) eval compare runs/seeds-extractive runs/seeds-answers

bench: $(VENV)/.installed models
	$(BIN)/python -m eval.bench

torture: $(VENV)/.installed-test test-models
	$(BIN)/python -m pytest -m torture --run-torture

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Pincite and its libraries: about 400 MB to download with a CPU build of torch"
	@echo "(where pip takes a CUDA build, gigabytes: see EXTRA_INDEX in the README)."
	$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP_INSTALL) -e '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) .pincite runs build *.egg-info
