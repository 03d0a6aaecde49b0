"""The report of a long run is small enough, by showing less of long paragraphs."""

import json
from pathlib import Path

import pytest

from eval.export import markdown
from eval.passages import Passage, shortened
from eval.rundir import read_run
from tests.eval.long_run import COUNT, long_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return long_run(tmp_path_factory.mktemp("long"))


def test_report_of_600_missed_items_with_long_paragraphs_is_under_5_mb(folder: Path) -> None:
    report = folder / "report.html"
    assert report.stat().st_size < 5_000_000
    text = report.read_text(encoding="utf-8")
    assert text.count("<article>") == COUNT
    assert "<script>" not in text


def test_markdown_of_600_missed_items_fits_the_summary_of_a_ci_server(folder: Path) -> None:
    text = markdown(read_run(folder))
    assert len(text.encode()) < 1_000_000
    assert "- 600 × no gold paragraph cited\n" in text
    assert "The first 500; all are in results.jsonl." in text


def test_shortened_passages_keep_the_marked_words() -> None:
    passage = Passage("t", ("a" * 500, "marked", "b" * 500))
    short = shortened(passage, 100)
    assert short.pieces[1] == "marked"
    assert short.pieces[0] == "…" + "a" * 47
    assert short.pieces[2] == "b" * 47 + "…"
    assert shortened(passage, 2000) is passage
    two = shortened(Passage("t", ("a" * 90, "one", "b" * 90, "two", "c" * 90)), 66)
    assert two.pieces == ("…" + "a" * 20, "one", "b" * 10 + "…" + "b" * 10, "two", "c" * 20 + "…")
    assert shortened(Passage("t", ("x" * 50,)), 10).pieces == ("x" * 10 + "…",)


def test_figures_in_the_report_are_those_of_the_summary(folder: Path) -> None:
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["metrics"]["correct"]["value"] == 0
    assert "Misses (600)" in (folder / "report.html").read_text(encoding="utf-8")
