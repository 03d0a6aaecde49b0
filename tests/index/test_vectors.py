"""The checks of Chroma itself, with damage planted in what it holds."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from index.embedding import Vectors
from index.types import Paragraph
from index.vectors import BrokenIndexError, VectorIndex, seal
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder

COUNT = 30
CHROMA_DELETE = 3
SHIPS = [f"Ship{n} sails{n} on day{n}." for n in range(COUNT)]


@pytest.fixture
def vectors() -> dict[str, Vectors]:
    embedder = HashEmbedder()
    return {f"{n:02}.txt#0": embedder.query(text) for n, text in enumerate(SHIPS)}


@pytest.fixture
def chroma(tmp_path: Path, vectors: Mapping[str, Vectors]) -> Iterator[VectorIndex]:
    with closing(VectorIndex.create(tmp_path / "vectors-test", 16)) as index:
        put(index, vectors)
        yield index


def put(index: VectorIndex, vectors: Mapping[str, Vectors]) -> None:
    texts = [(Paragraph(id_, id_[:6], 1, 0, 4, "text"), v) for id_, v in vectors.items()]
    assert list(index.add(texts)) == [len(vectors)]


def test_what_holds_all_and_finds_all_has_no_problem(
    chroma: VectorIndex, vectors: dict[str, Vectors]
) -> None:
    assert chroma.problems(set(vectors), vectors) == []


def test_missing_and_surplus_texts_are_counted(
    chroma: VectorIndex, vectors: dict[str, Vectors]
) -> None:
    wanted = {*vectors, "x.txt#1", "x.txt#2"} - {"00.txt#0"}
    assert chroma.problems(wanted, {}) == [
        "2 of 31 texts are missing",
        "1 texts should not be there",
    ]


def test_a_text_that_stands_under_another_vector_cannot_be_found_by_its_own(
    chroma: VectorIndex, vectors: dict[str, Vectors]
) -> None:
    chroma.delete(["07.txt#0"])
    put(chroma, {"07.txt#0": -vectors["07.txt#0"]})
    assert chroma.problems(set(vectors), vectors) == ["07.txt#0 cannot be found by its own vector"]


def test_a_missing_text_is_not_told_twice(chroma: VectorIndex, vectors: dict[str, Vectors]) -> None:
    chroma.delete(["07.txt#0"])
    assert chroma.problems(set(vectors), vectors) == ["1 of 30 texts are missing"]


def test_one_of_many_equal_vectors_is_found_by_an_equal(
    chroma: VectorIndex, vectors: dict[str, Vectors]
) -> None:
    equal = {f"{n}.txt#1": vectors["00.txt#0"] for n in range(50, 70)}
    put(chroma, equal)
    assert chroma.problems({*vectors, *equal}, equal) == []


def test_what_was_deleted_and_is_still_found_is_named(
    chroma: VectorIndex, vectors: dict[str, Vectors]
) -> None:
    chroma.delete(["03.txt#0"])
    probes = {id_: vectors[id_] for id_ in ("03.txt#0", "04.txt#0")}
    assert chroma.still_found(probes) == ["04.txt#0 was deleted and is still found"]
    assert chroma.still_found({}) == []


def test_in_an_emptied_index_nothing_is_still_found(
    chroma: VectorIndex, vectors: dict[str, Vectors]
) -> None:
    chroma.delete(vectors)
    assert chroma.still_found(vectors) == []
    assert chroma.problems(set(), {}) == []


# What a sync makes of it


@pytest.fixture
def synced(library: Library) -> Library:
    for n, text in enumerate(SHIPS):
        library.write(f"{n:02}.txt", text)
    library.sync()
    return library


def test_a_sync_whose_deletion_chroma_swallows_rebuilds(synced: Library) -> None:
    file = synced.vector_folders()[0] / "chroma.sqlite3"
    with closing(sqlite3.connect(file)) as planted, planted:
        # Chroma's own log of changes: what never gets into it never happens.
        planted.execute(
            "CREATE TRIGGER swallow BEFORE INSERT ON embeddings_queue"
            f" WHEN new.operation = {CHROMA_DELETE} BEGIN SELECT RAISE(IGNORE); END"
        )
    (gone,) = synced.near(SHIPS[5])[:1]
    assert gone == SHIPS[5]
    (synced.folder / "05.txt").unlink()
    report = synced.sync()
    assert "was deleted and is still found" in report.rebuilt
    assert report.rebuilt.startswith("05.txt#")
    assert report.embedded == 0
    assert SHIPS[5] not in synced.near(SHIPS[5])
    with synced.opened() as store:
        assert store.vector_problems() == []


def test_a_sync_that_finds_a_text_under_a_wrong_vector_rebuilds(synced: Library) -> None:
    with closing(VectorIndex.open(synced.vector_folders()[0])) as index:
        (id_,) = [id_ for id_ in index.ids() if id_.startswith("05.txt")]
        index.delete([id_])
        put(index, {id_: -synced.embedder.query(SHIPS[5])})
    synced.write("new.txt", "Fish is salted.")
    report = synced.sync()
    assert report.rebuilt == f"{id_} cannot be found by its own vector"
    assert report.embedded == 1
    assert synced.near(SHIPS[5])[0] == SHIPS[5]


def test_an_index_whose_files_are_deleted_while_they_are_looked_at_is_a_broken_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "index_metadata.pickle").touch()
    (tmp_path / "graph" / "gone").symlink_to("nowhere")
    with pytest.raises(BrokenIndexError, match="cannot be read"):
        seal(tmp_path, 1)
