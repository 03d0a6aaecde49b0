"""Fixtures of the index's tests, and Hypothesis without its time limit.

On a busy machine a slow example is not a wrong one.
"""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.index.corpora import Library

settings.register_profile("index", deadline=None)
settings.load_profile("index")


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    return Library(folder, tmp_path / "state")
