"""Asked to stop, a sync ends between two steps, keeps what is done, and is gone on with."""

from collections.abc import Callable

import pytest

import index.vectors
from index.sync import Report, sync
from tests.index.corpora import Library


def stop_after(times: int) -> Callable[[], bool]:
    asked = iter(range(times))
    return lambda: next(asked, None) is None


def stopped_sync(library: Library, times: int) -> Report:
    with library.created() as store:
        return sync(store, library.folder, library.embedder, stop=stop_after(times))


def test_a_stopped_sync_keeps_whole_groups_and_the_next_goes_on(library: Library) -> None:
    for n in range(700):
        library.write(f"{n:03}.txt", f"Ship {n} is called number {n}. It sails on day {n}.")
    report = stopped_sync(library, 1)
    assert report.stopped
    kept = len(library.documents())
    assert 0 < kept < 700
    assert library.found("ship")
    next_report = library.sync()
    assert next_report.plan.counts == f"+{700 - kept} ~0 -0 ={kept}"
    assert report.embedded + next_report.embedded == 2100
    assert next_report.rebuilt == ""


def test_a_long_file_is_stopped_in_the_middle_and_its_vectors_kept(library: Library) -> None:
    library.write("a.txt", "\n\n".join(f"Ship {n} sails on day {n}." for n in range(1500)))
    report = stopped_sync(library, 0)
    assert (report.stopped, report.embedded, library.documents()) == (True, 1024, {})
    assert library.sync().embedded == 1500 - 1024


@pytest.mark.parametrize("served", [False, True])
def test_stopped_while_chroma_follows_what_it_holds_is_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch, served: bool
) -> None:
    monkeypatch.setattr(index.vectors, "_BATCH", 10)
    library.write("a.txt", "Fish is salted.")
    if served:
        library.sync()
    library.write("b.txt", "\n\n".join(f"Ship {n} sails on day {n}." for n in range(50)))
    # Asked once after the files, then after each batch.
    report = stopped_sync(library, 3)
    assert report.stopped
    (folder,) = library.vector_folders()
    with library.opened() as store:
        assert store.catalog.get("synced") == "no"
        assert int(store.catalog.get("mirrored")) == 30 + served
    assert library.found("salted fish")[0] == "Fish is salted."
    report = library.sync()
    assert (report.stopped, report.rebuilt, report.embedded) == (False, "", 0)
    assert library.vector_folders() == [folder]
    with library.opened() as store:
        assert store.vector_problems() == []


def test_stopped_while_a_served_index_is_rebuilt_the_old_one_goes_on_serving(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.vectors, "_BATCH", 10)
    library.write("b.txt", "\n\n".join(f"Ship {n} sails on day {n}." for n in range(50)))
    library.sync()
    before = library.vector_folders()
    with library.created() as store:
        report = sync(
            store, library.folder, library.embedder, rebuild="asked to", stop=stop_after(1)
        )
    assert report.stopped
    assert library.vector_folders() == before
    with library.opened() as store:
        assert store.vector_problems() == []
    with library.created() as store:
        report = sync(store, library.folder, library.embedder, rebuild="asked to")
    assert (report.rebuilt, report.embedded) == ("asked to", 0)
    (new,) = library.vector_folders()
    assert [new] != before
