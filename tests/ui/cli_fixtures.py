"""The command line in an empty folder, over the seeds, and without models.

A plugin (``pytest_plugins``) of the tests of the command line.
"""

from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.rag.real_models import embedder_folder
from tests.ui.cli_runner import Pincite, Result, run


@pytest.fixture
def pincite(tmp_path: Path) -> Pincite:
    """The command line in an empty folder, without a language model.

    ``pincite("ask", "Why?", PINCITE_HOME=...)``
    """

    def in_folder(*arguments: object, **environment: object) -> Result:
        own = {"PINCITE_LLM": "none", "PINCITE_THREADS": 1}
        return run(*arguments, folder=tmp_path, **{**own, **environment})

    return in_folder


@pytest.fixture(scope="session")
def seeds_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state that was synced with the seeds; tests only read it."""
    embedder_folder()
    folder = tmp_path_factory.mktemp("cli")
    home = folder / "home"
    result = run("sync", SEEDS, folder=folder, PINCITE_HOME=home, PINCITE_THREADS=1)
    assert result.code == 0, result.err
    return home


@pytest.fixture
def no_models(tmp_path: Path) -> Path:
    """A cache without any model, for ``XDG_CACHE_HOME``."""
    folder = tmp_path / "no-models"
    folder.mkdir()
    return folder


@pytest.fixture
def only_embedder(tmp_path: Path) -> Path:
    """A cache that has the embedder and no language model, for ``XDG_CACHE_HOME``."""
    there = embedder_folder()
    models = tmp_path / "cache" / "pincite" / "models"
    models.mkdir(parents=True)
    (models / there.name).symlink_to(there)
    return tmp_path / "cache"
