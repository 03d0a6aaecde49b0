"""What leaves the command line, where it goes to files and terminals of any kind."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.ui.cli_process import SCRIPT

FULL = Path("/dev/full")


def pincite(*arguments: str, folder: Path, **more: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*SCRIPT, *arguments], cwd=folder, stderr=subprocess.PIPE, check=False, **more
    )


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("config", "show"), ("status", "--json")])
def test_output_that_takes_no_more_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with FULL.open("wb") as full:
        ended = pincite(*arguments, folder=tmp_path, stdout=full)
    assert ended.returncode == 1
    told = ended.stderr.decode().splitlines()
    assert len(told) == 1, told
    assert told[0].startswith("pincite: the output cannot be written (No space left on device)")
