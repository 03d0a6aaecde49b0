"""The models that tests of the real path run: fetched by ``make test-models``."""

import os
from pathlib import Path

import pytest

from index.model_specs import DEFAULT_EMBEDDER, DEFAULT_READER, TINY_LLM
from index.weights import find


def embedder_folder() -> Path:
    return _present(DEFAULT_EMBEDDER)


def reader_folder() -> Path:
    return _present(DEFAULT_READER)


def tiny_llm_file() -> Path:
    return _present(TINY_LLM)


def _present(name: str) -> Path:
    """Where the model is. Absent, the test is skipped, or fails in CI, where it must be."""
    found = find(name)
    if found is None:
        reason = f"{name} is not on this machine: make test-models"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found
