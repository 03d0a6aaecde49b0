from pathlib import Path

import pytest

from index.kinds import problem_with
from tests.index.documents import DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_every_format_is_what_its_ending_says(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(DOCUMENTS[name])
    assert problem_with(name, file) == ""


@pytest.mark.parametrize(
    ("name", "other"), [("a.odt", "a.rtf"), ("a.rtf", "a.odt"), ("a.txt", "a.rtf")]
)
def test_a_document_under_the_ending_of_another_is_told(
    name: str, other: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(DOCUMENTS[other])
    assert problem_with(name, file)
