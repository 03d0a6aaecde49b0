"""Another embedder, another way of cutting, older tables: all is made anew, nothing is mixed."""

import shutil
import sqlite3
from collections.abc import Sequence

import pytest

from index.begin import begin_index
from index.compact import compact
from index.doctor import examine
from index.embedding import Vectors
from index.errors import CorpusError, IndexMismatchError, PinciteError
from index.schema import SCHEMA_VERSION
from index.sync import index_fingerprint, sync
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder

SHIPS = "Ships carry timber. They sail in May."
FISH = "Fish is salted. It is sold in June."


class WatchedEmbedder(HashEmbedder):
    """Looks at the index whenever it embeds."""

    def __init__(self, library: Library, fingerprint: str) -> None:
        super().__init__(fingerprint=fingerprint)
        self.library = library
        self.seen: list[list[str]] = []

    def documents(self, texts: Sequence[str]) -> Vectors:
        self.seen.append(self.library.found("timber"))
        return super().documents(texts)


class OvertakenEmbedder(HashEmbedder):
    """While it turns a question into a vector, another process makes the index anew."""

    def __init__(self, library: Library, dimension: int) -> None:
        super().__init__()
        self.library = library
        self.other = HashEmbedder(dimension, "other")

    def query(self, text: str) -> Vectors:
        with self.library.created() as store:
            sync(store, self.library.folder, self.other)
        return super().query(text)


@pytest.mark.parametrize("dimension", [128, 64])
def test_an_index_made_anew_with_another_embedder_during_a_question_is_named(
    library: Library, dimension: int
) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    for asked in (
        lambda searcher: searcher.search("timber"),
        lambda searcher: searcher.sentence_cosines("timber", store.catalog.paragraph_ids()),
    ):
        with library.opened() as store:
            library.embedder = OvertakenEmbedder(library, dimension)
            with pytest.raises(IndexMismatchError, match="embedder other"):
                asked(library.searcher(store))
        library.embedder = HashEmbedder()
        library.sync()


def test_another_embedder_is_named(library: Library) -> None:
    library.write("a.txt", SHIPS)
    assert library.sync().anew == ()
    library.embedder = HashEmbedder(fingerprint="other")
    assert library.sync().anew == (
        "embedder changed from hash to other: everything is embedded again",
    )
    assert library.sync().anew == ()


def test_the_old_index_serves_until_the_new_one_replaces_it(library: Library) -> None:
    for n in range(3):
        library.write(f"{n}.txt", f"{SHIPS} Ship {n}.")
    library.sync()
    before = library.found("timber")
    other = WatchedEmbedder(library, "other")
    with library.created() as store:
        sync(store, library.folder, other)
    assert other.seen == [before]
    with library.opened() as store, pytest.raises(IndexMismatchError, match="embedder other"):
        library.searcher(store).search("timber")
    library.embedder = HashEmbedder(fingerprint="other")
    assert library.found("timber") == before


def test_stopped_while_embedding_anew_the_old_index_goes_on_serving(library: Library) -> None:
    for n in range(600):
        library.write(f"{n:03}.txt", f"Ship {n} sails on day {n}.")
    library.sync()
    other = HashEmbedder(fingerprint="other")
    with library.created() as store:
        report = sync(store, library.folder, other, stop=lambda: True)
    assert report.stopped
    assert 0 < report.embedded < 600
    assert len(library.found("ship", 100)) > 50
    library.embedder = HashEmbedder(fingerprint="other")
    finished = library.sync()
    assert finished.embedded == 600 - report.embedded
    assert not set(other.embedded) & set(library.embedder.embedded)
    with library.opened() as store:
        assert store.vector_problems() == []


def test_a_file_written_to_while_all_is_embedded_anew_is_as_it_is_now(library: Library) -> None:
    late = library.write("b.txt", SHIPS)
    library.sync()
    library.embedder = HashEmbedder(fingerprint="other")

    def write_late(what: str, done: int, total: int) -> None:
        if what == "files" and done == 0:
            late.write_text(FISH)

    with library.created() as store:
        report = sync(store, library.folder, library.embedder, progress=write_late)
    assert report.embedded == 6
    assert library.found("salted") == [FISH]


@pytest.mark.parametrize("version", [1, SCHEMA_VERSION - 1])
def test_old_tables_are_made_anew_and_the_vectors_kept(library: Library, version: int) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    make_older(library, version)
    with pytest.raises(IndexMismatchError, match=r"earlier version.*sync. makes it anew"):
        library.found("ships")
    with library.created() as store:
        assert store.remade_from == version
        assert store.corpus() == library.folder
        assert store.catalog.counts() == (0, 0)
    report = library.sync()
    assert (report.plan.counts, report.embedded) == ("+1 ~0 -0 =0", 0)
    with library.opened() as store:
        assert store.catalog.get("fingerprint") == index_fingerprint(library.embedder)
        assert store.vector_problems() == []
    assert library.found("ships")[0] == SHIPS


def test_a_folder_that_is_empty_right_after_an_upgrade_does_not_wipe_the_index(
    library: Library,
) -> None:
    upgraded(library)
    for file in library.folder.iterdir():
        file.rename(library.state / file.name)
    for _ in range(2):
        with pytest.raises(CorpusError, match="is empty but 2 files of it are indexed: mount it"):
            library.sync()
    findings = list(examine(library.state, lambda: index_fingerprint(library.embedder)))
    assert any(f.part == "folder" and "2 files of it are indexed" in f.what for f in findings)
    assert not any("unused" in finding.what for finding in findings)
    for name in ("a.txt", "b.txt"):
        (library.state / name).rename(library.folder / name)
    assert library.sync().embedded == 0
    assert set(library.found("timber")) == {SHIPS, FISH}


def test_begun_by_the_pages_after_an_upgrade_it_is_not_wiped_either(library: Library) -> None:
    upgraded(library)
    shutil.rmtree(library.folder)
    library.folder.mkdir()
    begin_index(library.state, library.folder, library.embedder)
    with pytest.raises(CorpusError, match="is empty but 2 files of it are indexed: mount it"):
        library.sync()


def test_two_upgrades_in_a_row_remember_what_there_was_before_the_first(library: Library) -> None:
    upgraded(library)
    with library.created() as store:
        assert store.held() == 2
    make_older(library, 1)
    with library.created() as store:
        assert store.held() == 2


def test_after_an_upgrade_an_empty_folder_may_empty_the_index_when_asked(library: Library) -> None:
    upgraded(library)
    shutil.rmtree(library.folder)
    library.folder.mkdir()
    assert library.sync(prune=True).documents == 0
    assert library.sync().documents == 0


def test_once_synced_an_upgrade_is_forgotten(library: Library) -> None:
    upgraded(library)
    library.sync()
    with library.opened() as store:
        assert store.held() == 0


def test_a_sync_stopped_before_its_first_file_still_remembers(library: Library) -> None:
    upgraded(library)
    with library.created() as store:
        assert sync(store, library.folder, library.embedder, stop=lambda: True).stopped
        assert store.held() == 2


def test_compacting_right_after_an_upgrade_would_drop_every_vector(library: Library) -> None:
    upgraded(library)
    with pytest.raises(PinciteError, match=r'earlier version.*"pincite sync" first'):
        compact(library.state)
    assert library.sync().embedded == 0


def upgraded(library: Library) -> None:
    """Two files were indexed, by an earlier version."""
    library.write("a.txt", SHIPS)
    library.write("b.txt", FISH)
    library.sync()
    make_older(library, SCHEMA_VERSION - 1)


def make_older(library: Library, version: int) -> None:
    """As if an earlier version had made the tables, with other columns."""
    connection = sqlite3.connect(library.state / "catalog.sqlite3")
    connection.execute("ALTER TABLE documents DROP COLUMN title")
    connection.execute("CREATE TABLE forgotten (path TEXT REFERENCES documents (path))")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
