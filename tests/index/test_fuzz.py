"""Whatever a damaged file holds: no crash, no hang, a state and, unless it is read, a reason."""

import time
from pathlib import Path

import pytest

from index.paragraphs import check_offsets
from index.prepare import prepare
from index.scan import scan
from index.types import FileState
from tests.index.fuzz import damaged

_SECONDS_A_FILE = 10


def check(folder: Path, seed: int, count: int) -> dict[FileState, int]:
    for name, content in damaged(seed, count):
        (folder / name).write_bytes(content)
    states: dict[FileState, int] = {}
    for name, file in scan(folder).items():
        started = time.monotonic()
        prepared = prepare(folder, file)
        seconds = time.monotonic() - started
        document = prepared.document
        assert seconds < _SECONDS_A_FILE, f"{name} took {seconds:.0f} seconds"
        assert document.state is FileState.INDEXED or document.reason, name
        assert "could not be cut into paragraphs" not in document.reason, (name, document.reason)
        check_offsets(prepared.text, prepared.paragraphs)
        prepared.text.encode()
        states[document.state] = states.get(document.state, 0) + 1
    assert sum(states.values()) == count
    return states


def test_fifty_damaged_files_each_get_a_state_and_a_reason(folder: Path) -> None:
    states = check(folder, seed=1, count=50)
    assert {FileState.INDEXED, FileState.FAILED} <= states.keys()


@pytest.mark.torture
def test_a_thousand_damaged_files_each_get_a_state_and_a_reason(folder: Path) -> None:
    states = check(folder, seed=2, count=1_000)
    assert {FileState.INDEXED, FileState.FAILED} <= states.keys()
