"""An open store serves what another process has synced, and never what it has deleted."""

import logging

import pytest

from tests.index.corpora import Library
from tests.index.sync_process import start_sync, sync_elsewhere

SHIPS = "Ships carry timber."
FISH = "Fish is salted."
GRAIN = "Grain is stored."


def test_what_another_process_added_and_deleted_is_noticed_by_an_open_store(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.write("a.txt", SHIPS)
    library.write("b.txt", FISH)
    library.sync()
    with library.opened() as store:
        searcher = library.searcher(store)
        assert {h.paragraph.text for h in searcher.search("ships")} == {SHIPS, FISH}
        library.write("c.txt", GRAIN)
        (library.folder / "a.txt").unlink()
        sync_elsewhere(library)
        near = store.nearest(library.embedder.query("grain stored"), 10)
        assert [id_.split("#")[0] for id_ in near] == ["c.txt", "b.txt"]
        assert {h.paragraph.text for h in searcher.search("ships")} == {FISH, GRAIN}
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


def test_a_text_added_to_many_is_found_by_vector_in_an_open_store(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    # Over 1000 texts Chroma keeps its graph in files, which a reader loads once and for all.
    library.write("a.txt", "\n\n".join(f"Ship{n} sails{n} on day{n}." for n in range(1100)))
    library.sync()
    with library.opened() as store:
        assert len(store.nearest(library.embedder.query("grain stored"), 10)) == 10
        library.write("b.txt", GRAIN)
        sync_elsewhere(library)
        near = store.nearest(library.embedder.query("grain stored"), 10)
        assert near[0].startswith("b.txt#")
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("syncs", [3, pytest.param(20, marks=pytest.mark.torture)])
def test_searches_during_syncs_are_right_at_every_moment(library: Library, syncs: int) -> None:
    library.write("a.txt", SHIPS)
    for n in range(20):
        library.write(f"b{n}.txt", f"Fish {n} is salted on day {n}.")
    library.sync()
    with library.opened() as store:
        searcher = library.searcher(store)
        searches = 0
        for n in range(syncs):
            for m in range(20):
                library.write(f"b{m}.txt", f"Fish {m} is salted in month {n}.")
            # One file goes and comes back in the next round.
            (library.folder / f"b{n % 20}.txt").unlink()
            with start_sync(library.folder, library.state, pause_s=0.02) as process:
                while process.poll() is None:
                    before = set(store.catalog.paragraph_ids())
                    hits = searcher.search("Which ships carry timber?")
                    after = set(store.catalog.paragraph_ids())
                    assert hits[0].paragraph.text == SHIPS
                    assert len({hit.paragraph.id for hit in hits}) == len(hits)
                    assert {hit.paragraph.id for hit in hits} <= before | after
                    searches += 1
            found = searcher.search("salted fish", 30)
            months = {h.paragraph.text.split()[-1] for h in found} - {"timber."}
            assert months == {f"{n}."}
            assert f"b{n % 20}.txt" not in {h.paragraph.path for h in found}
        assert searches > 3
