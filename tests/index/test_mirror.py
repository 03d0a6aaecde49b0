"""Chroma follows the catalog, is rebuilt when in doubt, and is never needed for a right answer."""

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from index.search import Searcher
from index.sync import sync
from index.types import Hit
from tests.index.corpora import Library

SHIPS = "Ships carry timber."
FISH = "Fish is salted."


def delete(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def halve(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def scramble(file: Path) -> None:
    file.write_bytes(bytes(i * 7 % 251 for i in range(file.stat().st_size)))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of so many texts that Chroma writes its graph to files of its own."""
    home = tmp_path_factory.mktemp("large")
    (home / "corpus").mkdir()
    library = Library(home / "corpus", home / "state")
    words = [f"word{n}" for n in range(300)]
    random = Random(1)
    texts = [" ".join(random.choices(words, k=8)) + "." for _ in range(1100)]
    library.write("a.txt", "\n\n".join([*texts[:77], SHIPS, *texts[77:]]))
    library.sync()
    return home


@pytest.fixture
def copied(large: Path, tmp_path: Path) -> Library:
    shutil.copytree(large, tmp_path / "large")
    return Library(tmp_path / "large" / "corpus", tmp_path / "large" / "state")


def hits(library: Library, query: str) -> tuple[Hit, ...]:
    with library.opened() as store:
        return library.searcher(store).search(query)


def warnings_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_chroma_holds_each_different_text_once(library: Library) -> None:
    for n in range(5):
        library.write(f"{n}.txt", SHIPS)
    library.write("5.txt", FISH)
    library.sync()
    with library.opened() as store:
        assert len(store.catalog.different_texts()) == 2
        assert store.catalog.settings()["mirrored"] == "2"
        ids = store.nearest(library.embedder.query("timber"), 10)
        assert [id_.split("#")[0] for id_ in ids] == [f"{n}.txt" for n in range(6)]
        assert len(store.nearest(library.embedder.query("timber"), 3)) == 3


def test_deleting_one_of_equal_paragraphs_leaves_the_other_findable(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.write("b.txt", SHIPS)
    library.sync()
    (library.folder / "a.txt").unlink()
    library.sync()
    assert library.near("timber") == [SHIPS]
    with library.opened() as store:
        assert store.vector_problems() == []


def test_many_equal_texts_make_no_other_unfindable(library: Library) -> None:
    library.write("a.txt", "\n\n".join(["All rights reserved."] * 1500))
    library.write("b.txt", "\n\n".join(f"Ship {n} sails on day {n}." for n in range(100)))
    assert library.sync().rebuilt == ""
    with library.opened() as store:
        assert store.vector_problems() == []


def test_chroma_and_an_exact_comparison_find_the_same(copied: Library) -> None:
    with copied.opened() as store:
        for n in range(0, 300, 15):
            vector = copied.embedder.query(f"word{n} and word{n + 1} with word{n + 7}")
            assert store.nearest(vector, 10) == store.cache.nearest(vector, 10)


def test_one_directory_serves_and_others_are_swept_away(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    (serving,) = library.vector_folders()
    library.write("b.txt", FISH)
    library.sync()
    assert library.vector_folders() == [serving]
    (library.state / "vectors-left-behind").mkdir()
    shutil.rmtree(serving)
    library.sync()
    (new,) = library.vector_folders()
    assert new not in (serving, library.state / "vectors-left-behind")


def test_a_lost_directory_is_rebuilt_without_embedding(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    before = hits(library, "timber")
    shutil.rmtree(library.vector_folders()[0])
    with library.opened() as store:
        assert store.vector_problems() == ["its directory is gone"]
    assert hits(library, "timber") == before
    assert warnings_of(caplog) == [
        "the vector index cannot be used (its directory is gone), so that every paragraph is"
        ' compared: "pincite sync" mends it'
    ]
    assert library.vector_folders() == []
    report = library.sync()
    assert (report.rebuilt, report.embedded) == ("its directory is gone", 0)
    assert hits(library, "timber") == before
    assert library.sync().rebuilt == ""


@pytest.mark.parametrize("damage", [delete, empty, halve, scramble])
def test_a_damaged_sqlite_file_of_chroma_is_rebuilt_without_embedding(
    library: Library, damage: Callable[[Path], None]
) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    before = hits(library, "timber")
    damage(library.vector_folders()[0] / "chroma.sqlite3")
    with library.opened() as store:
        assert len(store.vector_problems()) == 1
    assert hits(library, "timber") == before
    report = library.sync()
    assert report.rebuilt
    assert report.embedded == 0
    with library.opened() as store:
        assert store.vector_problems() == []
    assert hits(library, "timber") == before


@pytest.mark.parametrize("damage", [delete, halve, scramble])
@pytest.mark.parametrize("name", ["header.bin", "data_level0.bin", "index_metadata.pickle"])
def test_damaged_graph_files_are_not_even_opened(
    copied: Library, damage: Callable[[Path], None], name: str
) -> None:
    # Opening them has killed the process (header.bin halved, data_level0.bin scrambled).
    (file,) = copied.vector_folders()[0].glob(f"*/{name}")
    damage(file)
    with copied.opened() as store:
        (problem,) = store.vector_problems()
    assert problem == "its files are not as the last sync left them"
    assert hits(copied, "Which ships carry timber?")[0].paragraph.ordinal == 78
    if name == "header.bin":
        report = copied.sync()
        assert (report.rebuilt, report.embedded) == (problem, 0)
        with copied.opened() as store:
            assert store.vector_problems() == []


def test_a_file_grown_beyond_measure_is_not_read(copied: Library) -> None:
    (file,) = copied.vector_folders()[0].glob("*/link_lists.bin")
    os.truncate(file, 10**12)  # sparse: takes no room
    with copied.opened() as store:
        assert store.vector_problems() == ["its files grew beyond all measure"]


def test_vectors_lost_from_chroma_are_noticed_by_a_sync_with_nothing_to_do(
    library: Library,
) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    lose_one_vector(library)
    with library.opened() as store:
        assert store.vector_problems() == ["it does not hold as many texts as the last sync left"]
    report = library.sync()
    assert report.rebuilt == "it does not hold as many texts as the last sync left"
    assert set(library.near("salted fish")) == {SHIPS, FISH}


def test_a_sync_that_was_cut_off_while_chroma_was_written_rebuilds(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    library.write("b.txt", FISH)

    def stop(what: str, done: int, total: int) -> None:
        if what == "vectors":
            raise KeyboardInterrupt

    with library.created() as store, pytest.raises(KeyboardInterrupt):
        sync(store, library.folder, library.embedder, progress=stop)
    assert library.found("salted fish")[0] == FISH
    assert library.near("salted fish")[0] == FISH
    report = library.sync()
    assert report.rebuilt == "an earlier sync was cut off while writing it"
    assert report.embedded == 0


def test_where_chroma_cannot_be_used_at_all_every_paragraph_is_compared(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no Chroma today")

    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    with monkeypatch.context() as patch:
        patch.setattr("chromadb.PersistentClient", fail)
        assert library.sync().rebuilt == (
            "there was none yet; the new one cannot be used either (Chroma: no Chroma today), so"
            " that searches compare every paragraph until the next sync"
        )
        assert library.found("salted fish")[0] == library.near("salted fish")[0] == FISH
    assert warnings_of(caplog) == []
    assert library.vector_folders() == []
    assert library.sync().rebuilt == ""
    assert len(library.vector_folders()) == 1


def test_before_the_first_sync_nothing_is_near(library: Library) -> None:
    with library.created() as store:
        assert store.vector_problems() == ["there is none"]
        assert store.nearest(library.embedder.query("timber"), 5) == []
        assert Searcher(store, library.embedder).search("timber") == ()
    assert library.vector_folders() == []


def test_a_store_that_fell_back_uses_chroma_again_after_the_next_sync(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    with library.opened() as store:
        empty(library.vector_folders()[0] / "chroma.sqlite3")
        searcher = library.searcher(store)
        for _ in range(3):
            assert searcher.search("timber")
        assert len(warnings_of(caplog)) == 1
        library.sync()
        assert store.nearest(library.embedder.query("timber"), 5)
        lose_one_vector(library)  # only a store that asks Chroma can miss it
        assert store.nearest(library.embedder.query("timber"), 5) == []
        assert len(warnings_of(caplog)) == 1


def lose_one_vector(library: Library) -> None:
    """As a crash of Chroma does: the catalog knows of nothing."""
    from index.vectors import VectorIndex

    index = VectorIndex.open(library.vector_folders()[0])
    index.delete([sorted(index.ids())[0]])
    index.close()
