import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.embedding import Vectors
from index.errors import CorpusError, IndexMismatchError
from index.readers import apart, kinds
from index.sync import index_fingerprint, plan_sync, sync
from index.types import FileState
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder

SHIPS = "Ships carry timber. They sail in May."
FISH = "Fish is salted. It is sold in June."
GRAIN = "Grain is stored. It is milled in July."


class StoppedEmbedder(HashEmbedder):
    """Stops like Ctrl-C once it has embedded ``calls`` times."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.calls = calls

    def documents(self, texts: Sequence[str]) -> Vectors:
        if self.calls == 0:
            raise KeyboardInterrupt
        self.calls -= 1
        return super().documents(texts)


def test_a_first_sync_indexes_every_file(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.write("b/c.md", f"# Goods\n\n{GRAIN}")
    report = library.sync()
    assert report.plan.lines()[-1] == "+2 ~0 -0 =0"
    assert (report.documents, report.paragraphs, report.rebuilt) == (2, 3, "")
    sentences = ["Ships carry timber.", "They sail in May.", "Fish is salted."]
    sentences += ["It is sold in June.", "Grain is stored.", "It is milled in July."]
    assert sorted(library.embedder.embedded) == sorted([SHIPS, FISH, GRAIN, *sentences])
    assert report.embedded == 9
    assert library.states() == {"a.txt": FileState.INDEXED, "b/c.md": FileState.INDEXED}
    assert library.documents()["b/c.md"].title == "Goods"
    assert library.found("salted fish")[0] == FISH


def test_a_second_sync_reads_and_embeds_nothing(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    report = library.sync()
    assert report.plan.lines() == ["+0 ~0 -0 =1"]
    assert (report.embedded, report.rebuilt, library.embedder.embedded) == (0, "", [])


def test_a_second_sync_needs_no_embedder(library: Library) -> None:
    class Unused(HashEmbedder):
        @property
        def dimension(self) -> int:
            raise AssertionError("loads the model")

        @dimension.setter
        def dimension(self, value: int) -> None: ...

    library.write("a.txt", SHIPS)
    library.sync()
    with library.created() as store:
        sync(store, library.folder, Unused())


def test_added_changed_and_removed_files_are_told_apart(library: Library) -> None:
    for name, text in (("a.txt", SHIPS), ("b.txt", FISH), ("c.txt", GRAIN)):
        library.write(name, text)
    library.sync()
    library.write("b.txt", f"{FISH} So it is.")
    library.write("d.txt", "Wool is spun.")
    (library.folder / "c.txt").unlink()
    assert library.sync().plan.lines() == ["~ b.txt", "- c.txt", "+ d.txt", "+1 ~1 -1 =1"]
    assert list(library.documents()) == ["a.txt", "b.txt", "d.txt"]
    assert library.found("grain stored and milled in July")[0] != GRAIN


def test_a_plan_changes_nothing(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    before = {f: f.read_bytes() for f in library.state.rglob("*") if f.suffix == ".sqlite3"}
    library.write("b.txt", FISH)
    with library.created() as store:
        plan = plan_sync(store, library.folder, index_fingerprint(library.embedder))
    assert plan.lines() == ["+ b.txt", "+1 ~0 -0 =1"]
    assert before == {f: f.read_bytes() for f in before}
    assert library.sync().plan.lines() == plan.lines()


def test_only_the_edited_paragraph_and_its_new_sentences_are_embedded(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}\n\n{GRAIN}")
    library.sync()
    edited = FISH.replace("June", "March")
    library.write("a.txt", f"{SHIPS}\n\n{edited}\n\n{GRAIN}")
    report = library.sync()
    assert sorted(library.embedder.embedded) == [edited, "It is sold in March."]
    assert report.embedded == 2


def test_a_paragraph_put_on_top_embeds_only_itself_and_moves_the_others(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    with library.opened() as store:
        before = store.catalog.paragraphs("a.txt")
    library.write("a.txt", f"Wool is spun.\n\n{SHIPS}\n\n{FISH}")
    library.sync()
    assert library.embedder.embedded == ["Wool is spun."]
    with library.opened() as store:
        after = store.catalog.paragraphs("a.txt")
        assert store.vector_problems() == []
    assert [p.id for p in after[1:]] == [p.id for p in before]
    assert [p.ordinal for p in after] == [1, 2, 3]
    assert after[1].start == before[0].start + len("Wool is spun.\n\n")


def test_a_renamed_file_embeds_nothing(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    (library.folder / "a.txt").rename(library.folder / "b.txt")
    report = library.sync()
    assert report.plan.lines() == ["- a.txt", "+ b.txt", "> a.txt -> b.txt", "+1 ~0 -1 =0"]
    assert (report.embedded, library.embedder.embedded) == (0, [])
    with library.opened() as store:
        assert {h.paragraph.path for h in library.searcher(store).search("ships")} == {"b.txt"}


def test_a_copy_is_embedded_once(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.write("b.txt", SHIPS)
    assert library.sync().embedded == 3
    assert len(library.embedder.embedded) == len(set(library.embedder.embedded)) == 3
    assert library.found("timber") == [SHIPS, SHIPS]


def test_a_touched_file_is_only_restamped(library: Library) -> None:
    file = library.write("a.txt", SHIPS)
    library.sync()
    os.utime(file, (1_500_000_000, 1_500_000_000))
    with library.opened() as store:
        generation = store.catalog.get("generation")
    report = library.sync()
    assert report.plan.lines() == ["+0 ~0 -0 =1"]
    assert [f.path for f in report.plan.touched] == ["a.txt"]
    with library.opened() as store:
        assert store.catalog.get("generation") == generation
        assert store.catalog.stamps()["a.txt"][1] == 1_500_000_000 * 10**9
    assert library.sync().plan.touched == ()


def test_an_edit_right_after_a_sync_with_equal_size_and_time_is_noticed(library: Library) -> None:
    file = library.write("a.txt", SHIPS, settled=False)
    time_ns = file.stat().st_mtime_ns
    library.sync()
    file.write_text(SHIPS.replace("May", "Mai"))
    os.utime(file, ns=(time_ns, time_ns))
    assert library.sync().plan.lines() == ["~ a.txt", "+0 ~1 -0 =0"]
    assert library.found("ships") == [SHIPS.replace("May", "Mai")]


def test_a_file_just_written_is_not_called_changed_by_the_next_sync(library: Library) -> None:
    library.write("a.txt", SHIPS, settled=False)
    library.sync()
    assert library.sync().plan.lines() == ["+0 ~0 -0 =1"]


def test_an_empty_folder_does_not_wipe_the_index(library: Library) -> None:
    library.write("a.txt", SHIPS).with_name("b.txt").write_text(FISH)
    library.sync()
    shutil.rmtree(library.folder)
    library.folder.mkdir()
    with pytest.raises(CorpusError, match="is empty but 2 files of it are indexed: mount it, or"):
        library.sync()
    assert library.found("ships")[0] == SHIPS
    assert library.sync(prune=True).plan.lines()[-1] == "+0 ~0 -2 =0"
    assert library.found("ships") == []


def test_an_empty_folder_can_be_synced_at_first(library: Library) -> None:
    assert library.sync().paragraphs == 0
    assert library.found("ships") == []


def test_a_missing_folder_changes_nothing(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    shutil.rmtree(library.folder)
    with pytest.raises(CorpusError, match="does not exist"):
        library.sync(prune=True)
    assert library.found("ships") == [SHIPS]


def test_another_folder_into_the_same_state_is_refused(library: Library, tmp_path: Path) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    other = tmp_path / "other"
    other.mkdir()
    with (
        library.created() as store,
        pytest.raises(CorpusError, match=r"is the index of .*corpus, not of .*other: set PINCITE"),
    ):
        sync(store, other, library.embedder)
    with library.created() as store, pytest.raises(CorpusError, match="none of the files of"):
        sync(store, other, library.embedder, moved=True)
    with library.created() as store:
        assert store.corpus() == library.folder


def test_a_folder_that_is_said_to_have_moved_is_not_embedded_again(
    library: Library, tmp_path: Path
) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    moved = library.folder.rename(tmp_path / "moved")
    with library.created() as store:
        assert sync(store, moved, library.embedder, moved=True).embedded == 0
        assert store.corpus() == moved
        assert store.catalog.counts()[0] == 1


def test_a_folder_that_could_not_be_used_is_not_remembered(library: Library) -> None:
    with library.created() as store, pytest.raises(CorpusError):
        sync(store, library.folder / "nowhere", library.embedder)
    library.write("a.txt", SHIPS)
    assert library.sync().paragraphs == 1


def test_state_and_corpus_can_be_moved_together(library: Library, tmp_path: Path) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    (tmp_path / "moved").mkdir()
    library.folder = library.folder.rename(tmp_path / "moved" / "corpus")
    library.state = library.state.rename(tmp_path / "moved" / "state")
    report = library.sync()
    assert (report.plan.lines()[-1], report.rebuilt) == ("+0 ~0 -0 =1", "")


def test_another_embedder_starts_over_and_mixes_nothing(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.write("b.txt", FISH)
    library.sync()
    (library.folder / "b.txt").unlink()
    library.embedder = HashEmbedder(dimension=32, fingerprint="other")
    report = library.sync()
    assert report.plan.lines() == ["+ a.txt", "+1 ~0 -0 =0"]
    assert (report.embedded, report.rebuilt) == (3, "")
    assert library.found("ships") == [SHIPS]
    with library.opened() as store:
        (id_,) = store.catalog.different_texts()
        assert store.cache.of_paragraphs([id_])[id_].shape == (32,)
        assert store.vector_problems() == []


def test_a_running_search_says_that_the_index_has_another_embedder_now(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    with library.opened() as store:
        searcher = library.searcher(store)
        assert searcher.search("ships")
        library.embedder = HashEmbedder(dimension=32, fingerprint="other")
        library.sync()
        with pytest.raises(IndexMismatchError, match=r"made anew with the embedder other.*start"):
            searcher.search("ships")


def test_going_back_to_an_earlier_embedder_embeds_nothing(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.sync()
    first, library.embedder = library.embedder, HashEmbedder(fingerprint="other")
    library.sync()
    library.embedder = first
    assert library.sync().embedded == 0


def test_no_file_stops_the_others(library: Library, tmp_path: Path) -> None:
    library.write("a.txt", SHIPS)
    library.write("empty.txt", " \n\n---\n")
    (library.folder / "broken.txt").write_bytes(b"\xff\xfea\0b")
    (library.folder / "nul.md").write_bytes(b"a\0b")
    (library.folder / "latin.txt").write_bytes("Zürich is a town.".encode("latin-1"))
    (library.folder / "a.mp3").write_bytes(b"ID3")
    (library.folder / "gone.txt").symlink_to(tmp_path / "nothing")
    library.sync()
    documents = library.documents()
    assert {path: (d.state, d.reason) for path, d in documents.items() if d.reason} == {
        "a.mp3": (
            "skipped",
            f"no reader for .mp3 files (there is for {kinds()})",
        ),
        "broken.txt": ("failed", "broken utf-16 text at byte 4; save it as UTF-8 text"),
        "empty.txt": ("empty", "no paragraph in it"),
        "gone.txt": ("failed", "cannot be read: No such file or directory"),
        "latin.txt": ("indexed", "read as cp1252: not UTF-8 (byte 1)"),
        "nul.md": ("failed", "not text: it holds NUL characters; save it as UTF-8 text"),
    }
    assert library.found("Zürich town")[0] == "Zürich is a town."
    assert library.sync().plan.lines() == ["+0 ~0 -0 =7"]


def test_an_empty_file_is_listed_as_empty(library: Library) -> None:
    library.write("a.txt", "")
    assert library.sync().documents == 1
    assert library.states() == {"a.txt": FileState.EMPTY}


def test_a_file_that_becomes_broken_is_no_longer_served(library: Library) -> None:
    file = library.write("a.txt", SHIPS)
    library.write("b.txt", FISH)
    library.sync()
    file.write_bytes(b"a\0b")
    library.sync()
    assert library.states()["a.txt"] is FileState.FAILED
    assert library.found("ships carry timber") == [FISH]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_rights_fails_alone_and_is_tried_again(library: Library) -> None:
    library.write("a.txt", SHIPS).chmod(0)
    library.write("b.txt", FISH)
    library.sync()
    assert library.documents()["a.txt"].reason == "cannot be read: Permission denied"
    assert library.sync().plan.lines() == ["+0 ~0 -0 =2"]
    (library.folder / "a.txt").chmod(0o600)
    assert library.sync().plan.lines()[-1] == "+0 ~1 -0 =1"
    assert library.found("ships")[0] == SHIPS


def test_a_file_whose_reader_cannot_be_started_is_tried_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "no room for another process")

    library.write("a.html", f"<p>{SHIPS}</p>")
    apart._child.close()
    with monkeypatch.context() as patched:
        patched.setattr("subprocess.Popen", fail)
        library.sync()
    reason = "its reader could not be started: no room for another process"
    assert library.documents()["a.html"].reason == reason
    assert library.sync().plan.lines()[-1] == "+0 ~1 -0 =0"
    assert library.found("ships")[0] == SHIPS
    assert library.sync().plan.lines() == ["+0 ~0 -0 =1"]


def test_a_file_that_fails_by_itself_is_tried_again_only_by_content(library: Library) -> None:
    library.write("a.txt", "a\0b")
    library.sync()
    assert library.sync().plan.lines() == ["+0 ~0 -0 =1"]
    with library.created() as store:
        report = sync(store, library.folder, library.embedder, by_content=True)
    assert report.plan.lines() == ["~ a.txt", "+0 ~1 -0 =0"]


def test_a_file_that_vanishes_during_the_sync_fails_alone(library: Library) -> None:
    library.write("a.txt", SHIPS)
    late = library.write("b.txt", FISH)

    def unlink_late(what: str, done: int, total: int) -> None:
        late.unlink(missing_ok=True)

    with library.created() as store:
        sync(store, library.folder, library.embedder, progress=unlink_late)
    assert library.documents()["b.txt"].reason == "cannot be read: No such file or directory"
    assert library.sync().plan.lines() == ["- b.txt", "+0 ~0 -1 =1"]


def test_a_deleted_paragraph_is_not_served_by_a_store_opened_before(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    with library.opened() as store:
        searcher = library.searcher(store)
        assert {h.paragraph.text for h in searcher.search("fish")} == {SHIPS, FISH}
        library.write("a.txt", SHIPS)
        library.sync()
        assert [h.paragraph.text for h in searcher.search("fish")] == [SHIPS]
        assert len(store.nearest(library.embedder.query("fish"), 10)) == 1


def test_ctrl_c_keeps_what_was_done_and_the_next_sync_completes(library: Library) -> None:
    for n in range(300):
        library.write(f"{n:03}.txt", f"Ship {n} is called number {n}. It sails on day {n}.")
    embedder = StoppedEmbedder(calls=1)
    with library.created() as store, pytest.raises(KeyboardInterrupt):
        sync(store, library.folder, embedder)
    kept = len(library.documents())
    assert 0 < kept < 300
    report = library.sync()
    assert report.plan.lines()[-1] == f"+{300 - kept} ~0 -0 ={kept}"
    assert not set(embedder.embedded) & set(library.embedder.embedded)
    with library.opened() as store:
        assert len(store.catalog.different_texts()) == 300
        assert store.vector_problems() == []


def test_ctrl_c_in_one_long_file_keeps_the_vectors_made_so_far(library: Library) -> None:
    library.write("a.txt", "\n\n".join(f"Ship {n} sails on day {n}." for n in range(1500)))
    embedder = StoppedEmbedder(calls=1)
    with library.created() as store, pytest.raises(KeyboardInterrupt):
        sync(store, library.folder, embedder)
    assert library.documents() == {}
    report = library.sync()
    assert report.embedded == 1500 - len(embedder.embedded) < 1500
    assert report.paragraphs == 1500


def test_progress_counts_files_and_vectors(library: Library) -> None:
    library.write("a.txt", SHIPS)
    library.write("b.txt", FISH)
    seen: list[tuple[str, int, int]] = []
    with library.created() as store:
        sync(store, library.folder, library.embedder, progress=lambda *step: seen.append(step))
    assert seen == [("files", 0, 2), ("files", 2, 2), ("vectors", 2, 2)]


def test_unused_vectors_can_be_dropped(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    library.write("a.txt", SHIPS)
    library.sync()
    with library.created() as store:
        assert store.cache.drop_unused() == 3
        assert store.cache.drop_unused() == 0
    assert library.found("ships") == [SHIPS]
