"""Renames, copies and edits: what is the same text is embedded once, wherever it stands."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.types import FileState
from tests.index.corpora import Library

SHIPS = "Ships carry timber. They sail in May."
FISH = "Fish is salted. It is sold in June."
GRAIN = "Grain is stored. It is milled in July."


def shown(library: Library) -> dict[str, tuple[FileState, str]]:
    return {path: (d.state, d.reason) for path, d in library.documents().items()}


def test_renamed_files_and_folders_embed_nothing_and_are_named(library: Library) -> None:
    library.write("a/one.txt", SHIPS)
    library.write("a/two.txt", FISH)
    library.write("a/same.txt", FISH)
    library.sync()
    (library.folder / "a").rename(library.folder / "b")
    report = library.sync()
    assert library.embedder.embedded == []
    assert report.plan.renamed == (
        ("a/one.txt", "b/one.txt"),
        ("a/same.txt", "b/same.txt"),
        ("a/two.txt", "b/two.txt"),
    )
    assert report.plan.counts == "+3 ~0 -3 =0"
    assert {h for h in library.near("salted fish")} == {FISH, SHIPS}


def test_a_removed_and_a_new_file_of_other_content_are_no_rename(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.write("empty.txt", "")
    library.sync()
    (library.folder / "a.txt").unlink()
    (library.folder / "empty.txt").unlink()
    library.write("b.txt", SHIPS.replace("May", "Mai"))
    library.write("other.txt", "")
    assert library.sync().plan.renamed == ()


def test_all_copies_but_the_first_are_duplicates_that_can_be_found(library: Library) -> None:
    for name in ("b.txt", "a.txt", "c/a.txt"):
        library.write(name, SHIPS)
    library.write("other.txt", FISH)
    library.sync()
    assert len(library.embedder.embedded) == len(set(library.embedder.embedded)) == 6
    assert shown(library) == {
        "a.txt": (FileState.INDEXED, ""),
        "b.txt": (FileState.DUPLICATE, "duplicate of a.txt"),
        "c/a.txt": (FileState.DUPLICATE, "duplicate of a.txt"),
        "other.txt": (FileState.INDEXED, ""),
    }
    assert library.found("timber") == [SHIPS, SHIPS, FISH, SHIPS]
    with library.opened() as store:
        assert [p.text for p in store.catalog.paragraphs("c/a.txt")] == [SHIPS]


def test_a_copy_becomes_the_original_when_that_goes(library: Library) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        library.write(name, SHIPS)
    library.sync()
    (library.folder / "a.txt").unlink()
    report = library.sync()
    assert (report.plan.counts, report.embedded) == ("+0 ~0 -1 =2", 0)
    assert shown(library) == {
        "b.txt": (FileState.INDEXED, ""),
        "c.txt": (FileState.DUPLICATE, "duplicate of b.txt"),
    }


def test_a_copy_that_is_edited_is_one_no_more(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.write("b.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    library.write("b.txt", f"{SHIPS}\n\n{GRAIN}")
    library.sync()
    assert set(library.embedder.embedded) == {GRAIN, "Grain is stored.", "It is milled in July."}
    assert {state for state, _ in shown(library).values()} == {FileState.INDEXED}


def test_files_without_paragraphs_are_duplicates_of_nothing(library: Library) -> None:
    library.write("a.txt", "")
    library.write("b.txt", "")
    library.write("a.xyz", "x")
    library.write("b.xyz", "x")
    library.sync()
    assert FileState.DUPLICATE not in library.states().values()


def test_a_note_on_the_original_does_not_hide_that_the_copy_is_one(library: Library) -> None:
    for name in ("a.txt", "b.txt"):
        (library.folder / name).write_bytes("Zürich is a town.".encode("latin-1"))
    library.sync()
    assert shown(library) == {
        "a.txt": (FileState.INDEXED, "read as cp1252: not UTF-8 (byte 1)"),
        "b.txt": (FileState.DUPLICATE, "duplicate of a.txt"),
    }


NAMES = st.sampled_from(["a.txt", "b.txt", "c.md", "d/a.txt", "d/e/b.md"])
TEXTS = st.lists(st.sampled_from([SHIPS, FISH, GRAIN, "Wool is spun.", "# Goods"]), max_size=3).map(
    "\n\n".join
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, TEXTS),
        st.tuples(st.just("delete"), NAMES, st.none()),
        st.tuples(st.just("rename"), NAMES, NAMES),
        st.tuples(st.just("copy"), NAMES, NAMES),
        st.tuples(st.just("sync"), st.none(), st.none()),
    ),
    max_size=8,
)


def take(library: Library, what: str, name: str | None, other: str | None) -> None:
    if what == "sync":
        library.sync(prune=True)
        return
    file = library.folder / str(name)
    if what == "write":
        library.write(str(name), str(other))
    elif file.exists() and what == "delete":
        file.unlink()
    elif file.exists():
        target = library.folder / str(other)
        target.parent.mkdir(parents=True, exist_ok=True)
        if what == "rename":
            file.rename(target)
        else:
            library.write(str(other), file.read_text())


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_changes_and_syncs_end_like_a_fresh_index(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str | None, str | None]]
) -> None:
    home = tmp_path_factory.mktemp("any")
    (home / "corpus").mkdir()
    library = Library(home / "corpus", home / "state")
    library.sync()
    for step in steps:
        take(library, *step)
    library.sync(prune=True)
    fresh = Library(home / "corpus", home / "fresh")
    fresh.sync()
    assert library.contents() == fresh.contents()
    with library.opened() as store:
        assert store.vector_problems() == []
