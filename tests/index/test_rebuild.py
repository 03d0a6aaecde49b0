from pathlib import Path

import pytest

from index.doctor import examine
from index.errors import CorpusError
from index.lock import writer_lock
from index.rebuild import rebuild
from index.sync import index_fingerprint
from tests.index.corpora import Library


def refused(library: Library, folder: Path | None) -> str:
    with pytest.raises(CorpusError) as error, writer_lock(library.state):
        rebuild(library.state, folder, Path("nowhere"), library.embedder)
    return str(error.value)


def test_a_rebuild_that_is_refused_leaves_the_index_as_it_was(library: Library) -> None:
    library.write("a.txt", "Ships sail at dawn. They carry salt.")
    library.sync()
    with library.opened() as store:
        before = store.catalog.settings()
    assert "not of" in refused(library, library.folder.parent)
    away = library.folder.rename(library.folder.with_name("away"))
    assert "does not exist" in refused(library, None)
    library.folder.mkdir()
    assert "is empty" in refused(library, None)
    library.folder.rmdir()
    away.rename(library.folder)
    with library.opened() as store:
        assert store.catalog.settings() == before
    assert not list(examine(library.state, lambda: index_fingerprint(library.embedder)))
