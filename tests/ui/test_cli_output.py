"""What leaves the command line, where it goes to files and terminals of any kind."""

import json
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
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments", [("config", "show"), ("status", "--json"), ("--help",), ("eval", "run", "--help")]
)
def test_output_that_takes_no_more_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    with FULL.open("wb") as full:
        ended = pincite(*arguments, folder=tmp_path, stdout=full)
    assert ended.returncode == 1
    told = ended.stderr.decode().splitlines()
    assert len(told) == 1, told
    assert told[0].startswith("pincite: the output cannot be written (No space left on device)")


def test_characters_that_the_encoding_of_the_output_lacks_are_spelt_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    monkeypatch.setenv("PINCITE_LLM", "née α😀")
    told = pincite("status", folder=tmp_path, stdout=subprocess.PIPE)
    assert told.returncode == 0, told.stderr
    assert r"model: née \u03b1\U0001f600, not here" in told.stdout.decode("cp1252")
    as_json = pincite("status", "--json", folder=tmp_path, stdout=subprocess.PIPE)
    assert json.loads(as_json.stdout.decode("cp1252"))["llm"]["name"] == "née α😀"
    wrong = pincite("show", "α", folder=tmp_path, stdout=subprocess.PIPE)
    assert (wrong.returncode, b"Traceback" in wrong.stderr) == (1, False)
