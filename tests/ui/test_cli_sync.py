"""``sync`` from outside: its output, watching, being stopped, being refused."""

import os
import signal
from pathlib import Path

import pytest

from index.lock import writer_lock
from tests.rag.real_models import embedder_folder
from tests.ui.cli_process import running
from tests.ui.cli_runner import Pincite
from ui.cli.progress import ProgressLines, progress_line

pytest_plugins = ["tests.ui.cli_fixtures"]

HERON = "The heron eats fish.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    embedder_folder()
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(HERON)
    return folder


# Output


@pytest.mark.model
def test_sync_as_json_names_every_change(pincite: Pincite, docs: Path) -> None:
    planned = pincite("sync", "docs", "--dry-run", "--json").json
    assert planned["added"] == ["a.txt"]
    assert "no index in" in pincite("status").out, "a dry run made an index"
    done = pincite("sync", "docs", "--json").json
    assert planned.items() <= done.items()
    assert (done["files"], done["paragraphs"], done["embedded"]) == (1, 1, 1)
    (docs / "a.txt").rename(docs / "b.txt")
    renamed = pincite("sync", "--json").json
    assert renamed["renamed"] == [{"from": "a.txt", "to": "b.txt"}]
    assert (renamed["embedded"], renamed["unchanged"]) == (0, 0)


@pytest.mark.model
def test_a_rename_and_a_copy_are_named(pincite: Pincite, docs: Path) -> None:
    pincite("sync", "docs")
    (docs / "a.txt").rename(docs / "b.txt")
    (docs / "c.txt").write_text(HERON)
    assert "> a.txt -> b.txt" in pincite("sync", "--dry-run").out
    done = pincite("sync")
    assert "+2 ~0 -1 =0" in done.out
    assert "0 texts embedded" in done.out
    assert "renamed a.txt -> b.txt" in done.err
    assert "c.txt: duplicate of b.txt" in done.err
    assert "duplicate of b.txt" in pincite("list").out
    assert pincite("status", "--json").json["files"] == {"indexed": 1, "duplicate": 1}


@pytest.mark.model
def test_what_the_settings_exclude_is_not_indexed(pincite: Pincite, docs: Path) -> None:
    (docs / "drafts").mkdir()
    (docs / "drafts" / "b.txt").write_text("The heron nests.\n")
    (docs.parent / "pincite.toml").write_text('exclude = ["drafts/"]')
    assert pincite("sync", "docs").code == 0
    assert [entry["path"] for entry in pincite("list", "--json").json] == ["a.txt"]
    (docs.parent / "pincite.toml").write_text('exclude = ["!"]')
    refused = pincite("sync")
    assert (refused.code, "exclude" in refused.err) == (2, True)


@pytest.mark.model
def test_progress_is_shown_in_lines_where_it_is_asked_for(pincite: Pincite, docs: Path) -> None:
    shown = pincite("sync", "docs", "--progress")
    assert "progress: files 1/1 100%" in shown.err
    assert "progress:" not in shown.out


def test_a_line_of_progress_has_count_rate_and_time_left() -> None:
    # 30 files in 2 s are 15 a second: the 60 that are left take 4 s.
    assert progress_line("files", 40, 100, 30, 2.0) == "progress: files 40/100 40% 15.0/s 4s left"
    assert progress_line("items", 4, 10, 3, 60.0) == "progress: items 4/10 40% 0.05/s 120s left"
    assert progress_line("files", 0, 100, 0, 0.0) == "progress: files 0/100 0%"


def test_lines_of_progress_come_no_faster_than_they_can_be_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show = ProgressLines()
    for done in range(1001):
        show("files", done, 1000)
    show("vectors", 0, 0)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) < 5
    assert lines[-1].startswith("progress: files 1000/1000 100% ")


@pytest.mark.parametrize("other", ["--dry-run", "--json"])
def test_watching_goes_with_no_option_that_ends_at_once(pincite: Pincite, other: str) -> None:
    assert pincite("sync", "--watch", other).code == 2


@pytest.mark.model
def test_a_second_writer_exits_1_and_names_the_first(pincite: Pincite, docs: Path) -> None:
    with writer_lock(docs.parent / ".pincite"):
        for arguments in (["sync", "docs"], ["rebuild"]):
            refused = pincite(*arguments)
            assert refused.code == 1
            assert f"written by process {os.getpid()} on " in refused.err


# Watching and stopping


@pytest.mark.model
@pytest.mark.slow
def test_watching_applies_changes_says_so_and_ends_with_ctrl_c(
    pincite: Pincite, docs: Path
) -> None:
    with running(docs.parent, "sync", "docs", "--watch") as process:
        process.until("Watching")
        # The model is loaded at the first text: from then on changes are a matter of moments.
        (docs / "b.txt").write_text("The stork eats frogs.\n")
        process.until("+ b.txt")
        (docs / ".c.txt.swp").write_text("The crane dances.\n")
        os.replace(docs / ".c.txt.swp", docs / "c.txt")
        process.until("+ c.txt", within_s=30)
        # Between two changes another process may write.
        (docs / "d.md").write_text("The owl hunts.\n")
        process.until("+ d.md", within_s=30)
        assert pincite("sync").code == 0
        with writer_lock(docs.parent / ".pincite"):
            (docs / "a.txt").unlink()
            process.until("is being written by", within_s=30)
        process.until("- a.txt", within_s=30)
        process.send(signal.SIGINT)
        assert process.wait() == 0
        assert not any("Traceback" in line for line in process.seen)
    found = [entry["path"] for entry in pincite("list", "--json").json]
    assert found == ["b.txt", "c.txt", "d.md"]
    assert pincite("doctor").code == 0


@pytest.mark.model
@pytest.mark.slow
def test_watching_survives_a_folder_that_is_suddenly_empty(pincite: Pincite, docs: Path) -> None:
    with running(docs.parent, "sync", "docs", "--watch") as process:
        process.until("Watching")
        (docs / "a.txt").rename(docs.parent / "a.txt")
        process.until("is empty but 1 files of it are indexed", within_s=30)
        (docs.parent / "a.txt").rename(docs / "a.txt")
        (docs / "b.txt").write_text("The stork eats frogs.\n")
        process.until("+ b.txt")
        process.send(signal.SIGTERM)
        assert process.wait() == 0


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_sync_that_is_stopped_keeps_what_it_has_and_goes_on_next_time(
    pincite: Pincite, docs: Path, number: int, code: int
) -> None:
    for n in range(200):
        text = f"Bird {n} eats {n * 3} fishes in lake {n}. It rests on {n % 28} May.\n"
        (docs / f"{n:03}.txt").write_text(text)
    with running(docs.parent, "sync", "docs", "--progress") as process:
        process.until("progress: files 0/201")
        process.send(number)
        process.until("stopping after what is in hand", within_s=30)
        process.until("what was done is kept")
        assert process.wait() == code
    kept = len(pincite("list", "--json").json)
    assert 0 < kept < 201
    finished = pincite("sync")
    assert f"+{201 - kept} ~0 -0 ={kept}" in finished.out
    assert pincite("doctor").code == 0
