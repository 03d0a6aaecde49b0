import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.readers import read
from index.readers.apart import Child
from index.readers.extracted import PassingError, UnreadableError
from tests.conftest import ROOT
from tests.index.documents import DOCUMENTS


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child("tests.index.readers.broken_child", time_limit_s=1)
    yield child
    child.close()


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("crash", "it brought its reader down"),
        ("hang", "reading it takes too long"),
        ("flood", "needs more than 3 GB of memory"),
        ("deepen", "its parts are nested too deeply"),
        ("be killed", "its reader was ended before"),
        ("leave", "its reader was ended before"),
    ],
)
def test_whatever_one_file_does_the_next_one_is_read(
    child: Child, function: str, reason: str
) -> None:
    assert child.call("echo", "one") == "one"
    with pytest.raises(UnreadableError, match=reason):
        child.call(function)
    assert child.call("echo", "two") == "two"


@pytest.mark.parametrize(("function", "passing"), [("be killed", True), ("crash", False)])
def test_only_what_is_not_the_files_fault_may_be_another_the_next_time(
    child: Child, function: str, passing: bool
) -> None:
    with pytest.raises(UnreadableError) as caught:
        child.call(function)
    assert isinstance(caught.value, PassingError) == passing


def test_what_a_library_fails_at_is_the_files_reason() -> None:
    with pytest.raises(UnreadableError, match=r"damaged, .*not a Word file"):
        read("a.docx", DOCUMENTS["a.xlsx"])


def test_a_module_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "csv.py").write_text("open('was-run', 'w').close()", "utf-8")
    monkeypatch.chdir(tmp_path)
    child = Child()
    try:
        assert "Ann" in child.call("extract", ".csv", b"name,age\nAnn,30\n").text
    finally:
        child.close()
    assert not (tmp_path / "was-run").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_under_a_lower_limit_than_its_own_the_reader_works_too() -> None:
    code = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (9, 9))
from index.readers import read
print(read("a.html", b"<p>Ships sail.</p>").text)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "Ships sail.\n", done.stderr
