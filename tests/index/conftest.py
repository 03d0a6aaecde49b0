"""Fixtures of the index's tests."""

from pathlib import Path

import pytest

from tests.index.corpora import Library


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    return Library(folder, tmp_path / "state")
