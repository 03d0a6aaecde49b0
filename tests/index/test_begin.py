import os
from pathlib import Path

import pytest

from index.begin import begin_index
from index.errors import CorpusError
from tests.index.corpora import Library


def test_an_index_can_be_begun_and_searched_before_anything_is_read(
    folder: Path, tmp_path: Path
) -> None:
    library = Library(folder, tmp_path / "state")
    begin_index(library.state, folder, library.embedder)
    assert library.found("ships") == []
    assert library.documents() == {}
    with library.opened() as store:
        assert store.corpus() == folder


def test_the_first_sync_goes_on_from_there(folder: Path, tmp_path: Path) -> None:
    library = Library(folder, tmp_path / "state")
    begin_index(library.state, folder, library.embedder)
    library.write("a.txt", "Ships carry timber.")
    assert library.sync().documents == 1
    assert library.found("ships") == ["Ships carry timber."]


def test_an_index_that_is_there_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    library = Library(folder, tmp_path / "state")
    library.write("a.txt", "Ships carry timber.")
    library.sync()
    begin_index(library.state, folder, library.embedder)
    assert library.found("ships") == ["Ships carry timber."]


def test_another_folder_or_none_is_refused(folder: Path, tmp_path: Path) -> None:
    library = Library(folder, tmp_path / "state")
    begin_index(library.state, folder, library.embedder)
    with pytest.raises(CorpusError, match="is the index of"):
        begin_index(library.state, tmp_path, library.embedder)
    with pytest.raises(CorpusError, match="does not exist"):
        begin_index(tmp_path / "other", tmp_path / "gone", library.embedder)


def test_a_folder_whose_name_is_not_utf8_is_refused(tmp_path: Path) -> None:
    os.mkdir(os.fsencode(tmp_path) + b"/caf\xe9")
    library = Library(tmp_path / os.fsdecode(b"caf\xe9"), tmp_path / "state")
    with pytest.raises(CorpusError, match="not UTF-8: rename"):
        begin_index(library.state, library.folder, library.embedder)
    with pytest.raises(CorpusError, match="not UTF-8: rename"):
        library.sync()
