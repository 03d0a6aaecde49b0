from collections.abc import Iterator, Sequence
from typing import overload

import pytest

from index.lines import Line, begins_item, lines_of, parted_by_indents

PARAGRAPH = "    The harbour master decides on berths and\nships that carry timber wait outside.\n"


class Read(Sequence[Line]):
    """Lines that count how often all of them are gone through."""

    def __init__(self, text: str) -> None:
        self._lines = lines_of(text)
        self.times = 0

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Line]:
        self.times += 1
        return iter(self._lines)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        return self._lines[at]


def test_long_text_is_gone_through_as_often_as_short_text() -> None:
    short, long = Read(PARAGRAPH * 5), Read(PARAGRAPH * 50)
    assert len(parted_by_indents(short)) == 5
    assert len(parted_by_indents(long)) == 50
    assert short.times == long.times


@pytest.mark.parametrize("mark", ["•", "◆", "♦", "❖", "☐", "\uf095", "\uf0a8"])
def test_signs_of_all_programs_begin_an_item(mark: str) -> None:
    assert begins_item(f"{mark} timber from Riga")
    assert not begins_item(f"{mark}timber")
