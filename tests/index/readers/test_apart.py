from collections.abc import Iterator

import pytest

from index.readers import read
from index.readers.apart import Child
from index.readers.extracted import UnreadableError
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
    ],
)
def test_whatever_one_file_does_the_next_one_is_read(
    child: Child, function: str, reason: str
) -> None:
    assert child.call("echo", "one") == "one"
    with pytest.raises(UnreadableError, match=reason):
        child.call(function)
    assert child.call("echo", "two") == "two"


def test_what_a_library_fails_at_is_the_files_reason() -> None:
    with pytest.raises(UnreadableError, match=r"damaged, .*not a Word file"):
        read("a.docx", DOCUMENTS["a.xlsx"])
