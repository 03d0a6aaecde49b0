from pathlib import Path

import pytest

from eval.opening import check_folder
from eval.writing import check_writable, write_whole
from index.errors import UsageError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "squad.jsonl"
    file.write_text("mine")
    return file


@pytest.mark.parametrize("below", ["", "x", "x/y"])
def test_a_run_cannot_go_into_a_file_or_below_one_and_nothing_is_written(
    file: Path, below: str
) -> None:
    with pytest.raises(UsageError, match=r"cannot be written \(Not a directory\): name a place"):
        check_folder(file / below, force=True)
    assert file.read_text() == "mine"


@pytest.mark.parametrize("place", ["/proc/x", "/proc/self/x/y", "/dev/null/x"])
def test_a_place_where_the_system_lets_nobody_write_is_named_with_the_reason(place: str) -> None:
    with pytest.raises(UsageError, match=rf"{place} cannot be written \("):
        check_writable(Path(place))


def test_asking_whether_a_folder_can_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    check_writable(tmp_path / "runs" / "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["missing/report.md", "squad.jsonl/report.md", ""])
def test_a_file_that_cannot_be_written_is_named_with_the_reason(file: Path, name: str) -> None:
    target = file.parent / name
    with pytest.raises(UsageError, match=rf"{target} cannot be written \("):
        write_whole(target, "text")
    assert file.read_text() == "mine"
    assert not target.with_name(f"{target.name}.part").exists()
