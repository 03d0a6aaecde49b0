"""``pincite verify`` over a folder that changes."""

import json
from pathlib import Path

import pytest

from rag.receipt import Quotation, Receipt, to_json
from tests.ui.cli_runner import Pincite
from ui.receipt_page import receipt_page

pytest_plugins = ["tests.ui.cli_fixtures"]

TEXT = "The pier cost 2.4 million.\n\nThe regional fund paid for all of it.\n"
QUOTE = "The regional fund paid"


@pytest.fixture
def corpus(tmp_path: Path, pincite: Pincite) -> Path:
    """A synced folder of one document."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    assert pincite("sync", folder).code == 0
    return folder


@pytest.fixture
def receipt(tmp_path: Path, corpus: Path, pincite: Pincite) -> Path:
    """A receipt that quotes it."""
    [document] = json.loads(pincite("list", "--json").out)
    start = TEXT.index(QUOTE)
    made = Receipt(
        "pincite receipt 1", "2024-03-14T12:00:00+00:00", "Who paid?", "Who paid?", "answered",
        "The fund [1].", False, (),
        (Quotation(1, "a.txt", "a.txt#1", 2, None, start, start + len(QUOTE), QUOTE),),
        {"a.txt": document["sha256"]}, "m", {},
    )  # fmt: skip
    (tmp_path / "receipt.html").write_text(receipt_page(made), encoding="utf-8")
    file = tmp_path / "receipt.json"
    file.write_text(to_json(made), encoding="utf-8")
    return file


def states(pincite: Pincite, receipt: Path) -> tuple[int, str, str]:
    result = pincite("verify", receipt, "--json")
    [found] = json.loads(result.out)
    return result.code, found["state"], found["document"]


def test_a_receipt_is_checked_against_the_files_as_they_are_now(
    pincite: Pincite, corpus: Path, receipt: Path
) -> None:
    file = corpus / "a.txt"
    assert states(pincite, receipt) == (0, "intact", "unchanged")
    assert states(pincite, receipt.with_suffix(".html")) == (0, "intact", "unchanged")
    file.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    assert states(pincite, receipt) == (0, "intact", "changed")
    file.write_text("First of all.\n\n" + TEXT, encoding="utf-8")
    assert states(pincite, receipt) == (1, "moved", "changed")
    file.write_text(TEXT.replace("regional", "national"), encoding="utf-8")
    assert states(pincite, receipt) == (1, "gone", "changed")
    file.unlink()
    assert states(pincite, receipt) == (1, "gone", "missing")


def test_what_is_printed_for_people_names_the_quote_and_the_count(
    pincite: Pincite, receipt: Path
) -> None:
    result = pincite("verify", receipt)
    assert QUOTE in result.out
    assert "1 quotations: 1 intact, 0 moved, 0 gone" in result.out


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname", "../docs2/a.txt"])
def test_a_receipt_from_elsewhere_reads_nothing_outside_the_folder(
    pincite: Pincite, corpus: Path, receipt: Path, path: str
) -> None:
    (corpus.parent / "secret.txt").write_text(TEXT, encoding="utf-8")
    receipt.write_text(receipt.read_text().replace("a.txt", path), encoding="utf-8")
    assert states(pincite, receipt)[1:] != ("intact", "changed")
    assert states(pincite, receipt)[2] == "missing"


@pytest.mark.parametrize("content", [b"", b"{}", b"<html>", b"\xff\xfe"])
def test_what_is_no_receipt_is_a_usage_error(
    pincite: Pincite, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "other").write_bytes(content)
    result = pincite("verify", tmp_path / "other")
    assert result.code == 2
    assert "receipt" in result.err or "cannot be read" in result.err
