"""Damage of every kind, planted: each is named, and mended by the very command it names."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index.compact import compact
from index.doctor import COMPACT, REBUILD, SYNC, Finding, examine
from index.errors import CorpusError
from index.lock import writer_lock
from index.rebuild import rebuild
from index.sync import index_fingerprint
from index.vectors import VectorIndex
from tests.index.corpora import LONG_AGO_NS, Library
from tests.index.fakes import HashEmbedder

SHIPS = "Ships carry timber. They sail in May."
FISH = "Fish is salted. It is sold in June."
GRAIN = "Grain is stored. It is milled in July."


@pytest.fixture
def synced(library: Library) -> Library:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.write("b.md", f"# Goods\n\n{GRAIN}")
    library.write("c/a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    return library


def findings(library: Library) -> list[Finding]:
    return list(examine(library.state, lambda: index_fingerprint(library.embedder)))


def mend(library: Library, verb: str) -> None:
    library.embedder.embedded.clear()
    if verb == SYNC:
        library.sync()
    elif verb == COMPACT:
        compact(library.state)
    else:
        assert verb == REBUILD
        with writer_lock(library.state):
            rebuild(library.state, library.folder, Path("nowhere"), library.embedder)


def check_mended(library: Library, *, embeds: int = 0) -> None:
    """Every verb named is run; then nothing is wrong and all is as in a fresh index."""
    found = findings(library)
    assert found
    for verb in sorted({finding.mend for finding in found}, reverse=True):
        mend(library, verb)
        assert len(library.embedder.embedded) <= embeds
    assert findings(library) == []
    fresh = Library(library.folder, library.state.with_name("fresh"))
    fresh.sync()
    assert library.contents() == fresh.contents()


def execute(library: Library, *statements: str) -> None:
    with closing(sqlite3.connect(library.state / "catalog.sqlite3")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_an_index_that_is_right_has_no_finding(synced: Library) -> None:
    assert findings(synced) == []


def test_looking_changes_nothing(synced: Library) -> None:
    def files() -> dict[str, tuple[int, bytes]]:
        return {
            str(file.relative_to(synced.state)): (file.stat().st_mtime_ns, file.read_bytes())
            for file in sorted(synced.state.rglob("*"))
            if file.is_file()
        }

    with closing(VectorIndex.open(synced.vector_folders()[0])) as index:
        index.delete(sorted(index.ids())[:1])
    execute(synced, "UPDATE documents SET paragraphs = 9")
    before = files()
    assert findings(synced)
    assert files() == before


# The folder


def test_what_was_not_synced_is_named(synced: Library) -> None:
    synced.write("new.txt", "Wool is spun.")
    synced.write("a.txt", SHIPS)
    (synced.folder / "b.md").unlink()
    assert [(f.part, f.what, f.mend) for f in findings(synced)] == [
        ("folder", "new.txt is new", SYNC),
        ("folder", "a.txt has changed", SYNC),
        ("folder", "b.md is gone", SYNC),
    ]
    mend(synced, SYNC)
    assert [(f.mend, f.harmless) for f in findings(synced)] == [(COMPACT, True)]


def test_a_file_changed_behind_its_size_and_time_is_named(synced: Library) -> None:
    file = synced.folder / "b.md"
    time_ns = file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes().replace(b"July", b"Juli"))
    os.utime(file, ns=(LONG_AGO_NS, time_ns))
    (found,) = findings(synced)
    assert (found.part, found.mend) == ("folder", REBUILD)
    assert found.what.startswith("b.md has other content")
    mend(synced, REBUILD)
    assert synced.found("grain")[0].endswith("Juli.")


def test_a_folder_that_is_gone_or_empty_is_named(synced: Library) -> None:
    shutil.rmtree(synced.folder)
    (found,) = findings(synced)
    assert "does not exist" in found.what
    synced.folder.mkdir()
    (found,) = findings(synced)
    assert found.what.endswith("is empty, 3 files of it are indexed")
    assert found.mend.startswith("mount it, or")


# The catalog


@dataclass(frozen=True)
class Damage:
    """Statements that plant it, words of what is found, and the most texts the mend embeds."""

    statements: tuple[str, ...]
    named: str
    embeds: int = 0


DAMAGES = {
    "paragraph lost": Damage(
        ("DELETE FROM paragraphs WHERE path = 'a.txt' AND ordinal = 1",),
        "a.txt: says 2 paragraphs, 1 are there",
    ),
    "count wrong": Damage(
        ("UPDATE documents SET paragraphs = 3 WHERE path = 'b.md'",),
        "b.md: says 3 paragraphs, 1 are there",
    ),
    "paragraph moved": Damage(
        ("UPDATE paragraphs SET start = start + 1 WHERE path = 'b.md'",),
        "the paragraph is not at its offsets",
    ),
    "text changed": Damage(
        ("UPDATE documents SET text = replace(text, 'milled', 'killed') WHERE path = 'b.md'",),
        "the paragraph is not at its offsets",
    ),
    "text and paragraph changed": Damage(
        (
            "UPDATE documents SET text = replace(text, 'milled', 'killed') WHERE path = 'b.md'",
            "UPDATE paragraphs SET text = replace(text, 'milled', 'killed') WHERE path = 'b.md'",
        ),
        "b.md: its texts are not those its vectors were made of",
    ),
    "sentence out of its paragraph": Damage(
        ('UPDATE sentences SET "end" = "end" + 50 WHERE ordinal = 1',),
        "a sentence is not at its offsets",
    ),
    "sentences lost": Damage(
        ("DELETE FROM sentences WHERE paragraph = 1",),
        "a paragraph of it has no sentence",
    ),
    "paragraphs miscounted": Damage(
        ("UPDATE paragraphs SET ordinal = 7 WHERE path = 'b.md'",),
        "b.md: its paragraphs are not counted through",
    ),
    "pages lost": Damage(
        ("UPDATE documents SET pages_with_text = 2 WHERE path = 'b.md'",),
        "b.md: its pages are not where they are said to be",
    ),
    "vectors lost": Damage(
        ("DELETE FROM vectors",), "paragraphs and sentences have no vector", embeds=9
    ),
    "vector of another length": Damage(
        ("UPDATE vectors SET vector = substr(vector, 5) WHERE rowid = 1",),
        "is no vector of length 1",
        embeds=1,
    ),
    "vector of zeros": Damage(
        ("UPDATE vectors SET vector = zeroblob(512) WHERE rowid = 2",),
        "is no vector of length 1",
        embeds=1,
    ),
    "unused broken vector": Damage(
        ("INSERT INTO vectors VALUES (x'00', x'000000')",), "the cached vector 00 is no vector"
    ),
    "words lost": Damage(
        ("DELETE FROM paragraphs_fts WHERE rowid = 1",),
        "is missing from the full-text index",
    ),
    "other words": Damage(
        ("UPDATE paragraphs_fts SET text = 'nothing' WHERE rowid = 1",),
        "has other words in the full-text index",
    ),
    "words of nothing": Damage(
        ("INSERT INTO paragraphs_fts (rowid, text, heading) VALUES (99, 'ships', '')",),
        "row 99 of the full-text index belongs to no paragraph",
    ),
    "full-text index out of step": Damage(
        ("DELETE FROM paragraphs_fts_idx", "DELETE FROM paragraphs_fts_data WHERE id > 10"),
        "the full-text index is damaged",
    ),
    "orphaned rows": Damage(
        ("DELETE FROM documents WHERE path = 'a.txt'",),
        "a row of paragraphs belongs to no row of documents",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_in_the_catalog_is_named_and_mended(synced: Library, name: str) -> None:
    damage = DAMAGES[name]
    execute(synced, *damage.statements)
    assert any(f.part == "catalog" and damage.named in f.what for f in findings(synced))
    check_mended(synced, embeds=damage.embeds)


def test_a_catalog_that_is_no_database_is_made_anew_from_the_folder(synced: Library) -> None:
    (synced.state / "catalog.sqlite3").write_bytes(b"something else" * 1000)
    (found,) = findings(synced)
    assert (found.part, found.mend) == ("catalog", REBUILD)
    assert "is damaged" in found.what
    mend(synced, REBUILD)
    assert [f.harmless for f in findings(synced)] == [True]
    mend(synced, COMPACT)
    check_as_fresh(synced)


def test_rebuilding_a_torn_catalog_of_an_empty_folder_does_not_wipe_the_index(
    synced: Library,
) -> None:
    file = synced.state / "catalog.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        # Where the paragraphs begin: the documents can still be counted.
        ((page,),) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'paragraphs'"
        ).fetchall()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\x55" * 4096
    file.write_bytes(content)
    synced.folder.rename(synced.folder.with_name("elsewhere"))
    synced.folder.mkdir()
    with pytest.raises(CorpusError, match="is empty but 3 files of it are indexed"):
        mend(synced, REBUILD)
    synced.folder.rmdir()
    synced.folder.with_name("elsewhere").rename(synced.folder)
    mend(synced, REBUILD)
    assert synced.embedder.embedded == []
    mend(synced, COMPACT)
    check_as_fresh(synced)


def check_as_fresh(library: Library) -> None:
    assert findings(library) == []
    fresh = Library(library.folder, library.state.with_name("fresh"))
    fresh.sync()
    assert library.contents() == fresh.contents()


def test_a_torn_catalog_is_made_anew_with_the_vectors_that_can_still_be_read(
    library: Library,
) -> None:
    for n in range(300):
        library.write(f"{n:03}.txt", f"Ship {n} sails on day {n}. It carries {n} barrels.")
    library.sync()
    texts = len(library.embedder.embedded)
    file = library.state / "catalog.sqlite3"
    content = bytearray(file.read_bytes())
    page = 4096
    for at in range(20 * page, len(content), 9 * page):
        content[at : at + page] = b"\x55" * page
    file.write_bytes(content)
    assert {f.mend for f in findings(library)} == {REBUILD}
    with writer_lock(library.state):
        done = rebuild(library.state, None, library.folder, HashEmbedder())
    assert done.set_aside is not None
    assert (done.set_aside / "catalog.sqlite3").is_file()
    assert texts / 2 < done.kept < texts
    assert done.report.embedded == texts - done.kept
    assert done.report.documents == 300
    mend(library, COMPACT)
    check_as_fresh(library)


def test_without_a_catalog_the_index_is_to_be_made(synced: Library) -> None:
    (synced.state / "catalog.sqlite3").unlink()
    assert [(f.part, f.mend) for f in findings(synced)] == [("state", SYNC)]
    mend(synced, SYNC)
    assert findings(synced) == []


def test_old_tables_and_another_embedder_are_named(synced: Library) -> None:
    execute(synced, "PRAGMA user_version = 1")
    (found,) = findings(synced)
    assert "earlier version" in found.what
    mend(synced, found.mend)
    assert findings(synced) == []
    synced.embedder = HashEmbedder(fingerprint="other")
    (found,) = findings(synced)
    assert found.what == "embedder changed from hash to other: everything is embedded again"
    mend(synced, found.mend)
    assert [f.mend for f in findings(synced)] == [COMPACT]


# The vectors


def chroma(library: Library, change: Callable[[VectorIndex], None]) -> None:
    with closing(VectorIndex.open(library.vector_folders()[0])) as index:
        change(index)


def lose(index: VectorIndex) -> None:
    index.delete(sorted(index.ids())[:1])


def exchange(index: VectorIndex) -> None:
    """One text less, another more, so that their number stays."""
    lose(index)
    index._collection.add(ids=["other.txt#0"], embeddings=[np.ones(128, dtype=np.float32)])


def spoil(index: VectorIndex) -> None:
    id_ = sorted(index.ids())[0]
    index.delete([id_])
    index._collection.add(ids=[id_], embeddings=[np.ones(128, dtype=np.float32)])


CHROMA: Sequence[tuple[Callable[[VectorIndex], None], list[str]]] = [
    (lose, ["it does not hold as many texts"]),
    (exchange, ["is missing", "other.txt#0 should not be there"]),
    (spoil, ["has another vector than the catalog"]),
]


@pytest.mark.parametrize(("change", "named"), CHROMA)
def test_texts_that_differ_in_chroma_are_named_and_mended(
    synced: Library, change: Callable[[VectorIndex], None], named: list[str]
) -> None:
    chroma(synced, change)
    found = findings(synced)
    assert {f.part for f in found} == {"vectors"}
    assert all(any(part in f.what for f in found) for part in named)
    check_mended(synced)


@pytest.mark.parametrize("damage", ["remove", "garbage", "empty"])
def test_chromas_files_gone_or_garbage_are_named_and_mended(synced: Library, damage: str) -> None:
    (directory,) = synced.vector_folders()
    if damage == "remove":
        shutil.rmtree(directory)
    else:
        (directory / "chroma.sqlite3").write_bytes(b"x" * 5000 if damage == "garbage" else b"")
    assert [(f.part, f.mend) for f in findings(synced)] == [("vectors", REBUILD)]
    check_mended(synced)


def test_a_sync_cut_off_before_chroma_followed_is_named(synced: Library) -> None:
    execute(synced, "UPDATE meta SET value = 'no' WHERE key = 'synced'")
    (found,) = findings(synced)
    assert (found.part, found.mend) == ("vectors", SYNC)
    check_mended(synced)


def test_what_only_takes_room_is_harmless(synced: Library) -> None:
    (synced.state / "vectors-left").mkdir()
    (synced.folder / "b.md").unlink()
    synced.sync()
    (synced.state / "vectors-left").mkdir(exist_ok=True)
    assert {(f.mend, f.harmless) for f in findings(synced)} == {(COMPACT, True)}
    check_mended(synced)


def test_while_another_process_writes_nothing_else_is_said(synced: Library) -> None:
    synced.write("new.txt", "Wool is spun.")
    with writer_lock(synced.state):
        (found,) = findings(synced)
    assert f"process {os.getpid()} on" in found.what
    assert len(findings(synced)) == 1
    (synced.state / "writer.pid").write_text("process 999999999 on elsewhere since long ago\n")
    assert "elsewhere" in findings(synced)[0].what
