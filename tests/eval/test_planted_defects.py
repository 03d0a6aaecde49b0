"""Engines with a known fault: the figure made for that fault must show it, and by how much."""

from pathlib import Path

import pytest

from eval.plan import plan_run
from eval.run import run
from rag.types import Answer, Status, Verdict
from tests.eval.fakes import (
    TEXTS,
    Script,
    ScriptedEngine,
    answered,
    paragraph,
    refused,
    right_answer,
    small_gold,
    split,
)


def figures(script: Script, folder: Path) -> dict[str, float | None]:
    plan = plan_run(small_gold(folder), {})
    summary = run(plan, ScriptedEngine(script), folder / "out")
    return {key: figure["value"] for key, figure in summary["metrics"].items()}


def always_refuses(question: str) -> Answer:
    return refused(question, retrieved=[hit.paragraph for hit in right_answer(question).retrieved])


def never_refuses(question: str) -> Answer:
    right = right_answer(question)
    if right.status is Status.ANSWERED:
        return right
    heron = paragraph("birds.txt", 1)
    return answered(question, "By the water.", [(heron, "water")], verdict=Verdict.UNSUPPORTED)


def cites_next_door(question: str) -> Answer:
    right = right_answer(question)
    if right.status is not Status.ANSWERED:
        return right
    cited = right.citations[0].paragraph
    neighbours = [part for part in split(cited.path, TEXTS[cited.path]) if part.id != cited.id]
    text = right.sentences[0].text
    return answered(question, text, [(neighbours[0], neighbours[0].text)], retrieved=[cited])


def pastes_the_source(question: str) -> Answer:
    right = right_answer(question)
    if right.status is not Status.ANSWERED:
        return right
    cited = right.citations[0].paragraph
    return answered(question, " ".join([cited.text] * 6), [(cited, cited.text)])


def finds_it_second(question: str) -> Answer:
    right = right_answer(question)
    if right.status is not Status.ANSWERED:
        return right
    cited = right.citations[0].paragraph
    neighbours = [part for part in split(cited.path, TEXTS[cited.path]) if part.id != cited.id]
    return answered(question, "Unknown.", retrieved=[neighbours[0], cited])


def test_engine_that_always_refuses(tmp_path: Path) -> None:
    found = figures(always_refuses, tmp_path)
    assert found["false_refusals"] == 1.0
    assert found["false_answers"] == 0.0
    assert found["correct"] == found["citation_recall"] == found["quote_overlap"] == 0.0
    # There is no answer to be precise, long or unsupported.
    assert found["citation_precision"] is None
    assert found["unsupported"] is None
    assert found["answer_words"] is None
    # Search was not to blame.
    assert found["recall@1"] == 1.0
    # 4 of 10 refusals are right, all 4 unanswerable ones are refused: 2 * 4 / (10 + 4)
    assert found["refusal_precision"] == 0.4
    assert found["refusal_recall"] == 1.0
    assert found["refusal_f1"] == pytest.approx(8 / 14, abs=1e-6)


def test_engine_that_never_refuses(tmp_path: Path) -> None:
    found = figures(never_refuses, tmp_path)
    assert found["false_answers"] == 1.0
    assert found["false_refusals"] == 0.0
    assert found["refusal_precision"] is None
    assert found["refusal_f1"] == 0.0
    assert found["unsupported"] == 0.4
    # All are equally sure: every coverage has the same risk of 4 in 10.
    assert found["aurc"] == 0.4
    assert found["confidence_auc"] == 0.5


def test_engine_that_cites_the_paragraph_next_door(tmp_path: Path) -> None:
    found = figures(cites_next_door, tmp_path)
    assert found["correct"] == 1.0
    assert found["citation_precision"] == found["citation_recall"] == found["quote_overlap"] == 0.0
    assert found["recall@1"] == 1.0


def test_engine_that_pastes_its_source(tmp_path: Path) -> None:
    found = figures(pastes_the_source, tmp_path)
    assert found["citation_precision"] == found["citation_recall"] == 1.0
    assert found["correct"] == 0.0
    assert found["answer_words"] is not None
    assert found["answer_words"] > 40


def test_engine_that_finds_the_paragraph_second(tmp_path: Path) -> None:
    found = figures(finds_it_second, tmp_path)
    assert found["recall@1"] == 0.0
    assert found["recall@3"] == 1.0
    assert found["mrr"] == 0.5
    # 1 / log2(3)
    assert found["ndcg@10"] == pytest.approx(0.63093, abs=1e-5)
    # Answered without citing anything.
    assert found["citation_precision"] == 0.0
