"""Markdown, JSON, JUnit and RAGAS; the TREC files are read back in metrics/test_references.py."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from eval.export import FORMATS, qrels, trec
from eval.gold.load import load_gold
from eval.plan import plan_run
from eval.run import run
from eval.rundir import RunData, read_run
from rag.types import Answer
from tests.eval.fakes import (
    GOLD_LINES,
    TEXTS,
    ScriptedEngine,
    answered,
    corpus_of,
    paragraph,
    right_answer,
    small_gold,
    write_lines,
)


def mixed(question: str) -> Answer:
    if "lanes" in question:
        return answered(question, "Six | <b>lanes</b>.", [(paragraph("birds.txt", 1), "water")])
    if "owls" in question:
        raise RuntimeError("fell\x00over")
    return right_answer(question)


@pytest.fixture
def data(tmp_path: Path) -> RunData:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(mixed), tmp_path / "out")
    return read_run(tmp_path / "out")


def test_junit_has_a_case_an_item_with_failures_and_errors(data: RunData) -> None:
    suite = ElementTree.fromstring(FORMATS["junit"](data))
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "10",
        "failures": "1",
        "errors": "1",
        "skipped": "0",
    }
    [failed] = [case for case in suite if case.find("failure") is not None]
    assert failed.get("name") == "a2: How many lanes has it?"
    failure = failed.find("failure")
    assert failure is not None
    assert "no gold paragraph cited" in (failure.get("message") or "")
    assert "accepted: four" in (failure.text or "")
    [broken] = [case for case in suite if case.find("error") is not None]
    error = broken.find("error")
    assert error is not None
    # XML cannot hold the character.
    assert error.get("message") == "RuntimeError: fell�over"


def test_items_without_a_result_are_errors_in_junit(data: RunData) -> None:
    suite = ElementTree.fromstring(FORMATS["junit"](replace(data, results=data.results[:4])))
    assert suite.get("errors") == "6"


def test_markdown_shows_figures_and_misses_and_escapes_the_rest(data: RunData) -> None:
    text = FORMATS["md"](data)
    # 5 of 6 are right
    assert "| correct | 0.833 |" in text
    assert "## Misses (2)" in text
    assert "Six \\| \\<b\\>lanes\\</b\\>." in text
    assert "| bridges | 3 |" in text


def test_json_holds_the_record_the_figures_and_the_misses(data: RunData) -> None:
    found = json.loads(FORMATS["json"](data))
    assert found["run"]["items"] == 10
    assert found["summary"]["counts"]["errors"] == 1
    assert [miss["id"] for miss in found["misses"]] == ["a2", "u4"]


def test_ragas_samples_have_its_field_names(data: RunData) -> None:
    samples = [json.loads(line) for line in FORMATS["ragas"](data).splitlines()]
    assert len(samples) == 10
    assert samples[0] == {
        "user_input": "When was the Alder bridge opened?",
        "retrieved_contexts": [paragraph("bridges.txt", 1).text],
        "retrieved_context_ids": ["bridges.txt#1"],
        "response": "It is 1932.",
        "reference": "1932",
        "reference_contexts": [paragraph("bridges.txt", 1).text],
        "reference_context_ids": ["bridges.txt#1"],
    }


def test_ids_with_blanks_are_one_column_of_trec_files_and_no_two_become_the_same(
    tmp_path: Path,
) -> None:
    ids = ["a one", "a_one", "a%20one", "a\u00a0one", "a\tone"]
    gold = load_gold(
        write_lines(tmp_path / "gold.jsonl", [{**GOLD_LINES[0], "id": id_} for id_ in ids]),
        corpus_of(TEXTS),
    )
    run(plan_run(gold, {}), ScriptedEngine(), tmp_path / "out")
    data = read_run(tmp_path / "out")
    found = [line.split() for line in trec(data).splitlines()]
    assert found[0] == ["a%20one", "Q0", "bridges.txt#1", "1", "1.000000", "pincite"]
    assert [unquote(line[0]) for line in found] == ids
    assert [line.split()[0] for line in qrels(data).splitlines()] == [line[0] for line in found]


def test_html_is_the_report(data: RunData) -> None:
    assert FORMATS["html"](data).startswith("<!doctype html>")
