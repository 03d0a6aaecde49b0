from pathlib import Path

import pytest

from rag.settings import Settings
from ui.cli.chat import for_folder


@pytest.mark.parametrize(
    ("served", "offered"), [("mine", ("Why?",)), ("other", ()), (None, ("Why?",))]
)
def test_examples_are_offered_over_the_folder_they_were_written_for(
    tmp_path: Path, served: str | None, offered: tuple[str, ...]
) -> None:
    settings = Settings(corpus=tmp_path / "x" / ".." / "mine", examples=("Why?",))
    folder = None if served is None else tmp_path / served
    assert for_folder(settings, folder).examples == offered
