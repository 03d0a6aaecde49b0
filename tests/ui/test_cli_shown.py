from pathlib import Path

import pytest

from index.types import Paragraph
from tests.eval.fakes import answered
from tests.rag.real_models import embedder_folder
from tests.ui.cli_runner import Pincite
from ui.cli.ask import as_text
from ui.cli.shown import name, shown

pytest_plugins = ["tests.ui.cli_fixtures"]

TITLE_OF_A_TERMINAL = "\x1b]0;owned\x07"


def test_the_words_of_a_citation_are_shown_as_they_are_in_quotation_marks_on_one_line() -> None:
    words = 'She said "no"\nin C:\\temp\u2028and left.'
    part = Paragraph("a.txt#1", "a.txt", 1, 0, len(words), words)
    told = as_text(answered("What did she say?", "She said no.", [(part, words)]))
    assert told.endswith('[1] a.txt, paragraph 1\n    “She said "no" in C:\\temp and left.”')


def test_control_characters_are_spelt_out_and_line_breaks_and_tabs_stay() -> None:
    assert shown("a\x1b[31mb\x9b2J\x7f\x00") == r"a\x1b[31mb\x9b2J\x7f\x00"
    assert shown("one\r\ntwo\tthree\rfour\n") == "one\ntwo\tthree\\x0dfour\n"
    assert shown("“Grüße” ✓ 😀") == "“Grüße” ✓ 😀"


def test_a_name_stays_on_its_line_and_is_read_in_one_direction() -> None:
    assert name("a\n+ b\t\u2028c\u202etxt.exe") == r"a\x0a+ b\x09\u2028c\u202etxt.exe"
    assert name("Grüße שלום.txt") == "Grüße שלום.txt"


@pytest.mark.model
def test_no_control_character_of_documents_or_names_reaches_the_terminal(
    pincite: Pincite, tmp_path: Path
) -> None:
    embedder_folder()
    corpus = tmp_path / "docs"
    corpus.mkdir()
    file = f"fer\x1b[31mry\n+ planted{TITLE_OF_A_TERMINAL}.txt"
    (corpus / file).write_text(f"The ferry leaves at nine{TITLE_OF_A_TERMINAL} every day.\r\n")
    (corpus / "broken\x1b[2J.pdf").write_text("no PDF")
    told = [pincite("sync", corpus, "--dry-run"), pincite("sync", corpus)]
    (found,) = pincite("search", "When does the ferry leave?", "--json").json
    assert found["path"] == file
    asked = ("When does the ferry leave?", "--extractive")
    for command in (
        *(("list",), ("status",), ("doctor",), ("search", "ferry"), ("show", file)),
        *(("show", found["paragraph_id"]), ("ask", *asked), ("show", "\x1b[2J")),
    ):
        told.append(pincite(*command))
    for result in told:
        out = result.out + result.err
        assert not [c for c in out if not c.isprintable() and c != "\n"], out
        assert "\n+ planted" not in out
    assert r"fer\x1b[31mry\x0a+ planted\x1b]0;owned\x07.txt" in told[2].out
