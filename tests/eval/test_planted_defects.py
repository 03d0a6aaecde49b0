"""Engines with a known fault: the figure made for that fault must show it, and by how much.

At the end the four faults of the worst kind on a run of 120 items: compare and gate must name each.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eval.compare import compare
from eval.gate import Gate, Threshold, check_run
from eval.plan import plan_run
from eval.run import run
from rag.types import Answer, Status, Verdict
from tests.eval.fakes import (
    TEXTS,
    Script,
    ScriptedEngine,
    answered,
    hits,
    paragraph,
    refused,
    right_answer,
    small_gold,
    split,
)
from tests.eval.many import FILE, many_engine, many_gold, mostly_right, text_of


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


ANSWERABLE, UNANSWERABLE = 80, 40
PARTS = split(FILE, text_of(ANSWERABLE)[FILE])
SOUND = mostly_right(ANSWERABLE)


def shuffles_what_it_found(question: str) -> Answer:
    answer = SOUND(question)
    found = [hit.paragraph for hit in answer.retrieved]
    turned = found[2:] + found[:2] if len(question) % 2 else found[::-1]
    return replace(answer, retrieved=hits(*turned))


def cites_one_further(question: str) -> Answer:
    answer = SOUND(question)
    if not answer.citations:
        return answer
    number = (answer.citations[0].paragraph.ordinal) % ANSWERABLE
    moved = answered(question, answer.sentences[0].text, [(PARTS[number], "market")])
    return replace(moved, retrieved=answer.retrieved)


def answers_always(question: str) -> Answer:
    answer = SOUND(question)
    if answer.status is Status.ANSWERED:
        return answer
    guess = answered(question, "In the year of the flood.", [(PARTS[3], "market")])
    return replace(guess, retrieved=answer.retrieved)


def refuses_always(question: str) -> Answer:
    return refused(question, retrieved=[hit.paragraph for hit in SOUND(question).retrieved])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run without a defect."""
    folder = tmp_path_factory.mktemp("sound")
    plan = plan_run(many_gold(folder, ANSWERABLE, UNANSWERABLE), {})
    run(plan, many_engine(ANSWERABLE), folder / "out")
    return folder / "out"


@pytest.mark.parametrize(
    ("defect", "thresholds"),
    [
        (
            shuffles_what_it_found,
            [Threshold("recall@1", "under", 0.8), Threshold("ndcg@10", "under", 0.8)],
        ),
        (
            cites_one_further,
            [
                Threshold("citation_precision", "under", 0.8),
                Threshold("citation_recall", "under", 0.7),
            ],
        ),
        (answers_always, [Threshold("false_answers", "over", 0.25)]),
        (
            refuses_always,
            [Threshold("false_refusals", "over", 0.25), Threshold("correct", "under", 0.6)],
        ),
    ],
)
def test_compare_and_gate_name_the_defect(
    defect: Callable[[str], Answer], thresholds: list[Threshold], sound: Path, tmp_path: Path
) -> None:
    plan = plan_run(many_gold(tmp_path, ANSWERABLE, UNANSWERABLE), {})
    run(plan, many_engine(ANSWERABLE, defect), tmp_path / "defect")

    metrics = compare(sound, tmp_path / "defect")["metrics"]
    # The sound run keeps all gates, so it is the defect that they name.
    assert check_run(sound, Gate(thresholds)) == []
    lines = check_run(tmp_path / "defect", Gate(thresholds, sound, 5))
    for threshold in thresholds:
        delta = metrics[threshold.metric]
        assert delta["verdict"] == "worse"
        assert delta["p"] is not None
        assert delta["p_adjusted"] is not None
        assert delta["p"] <= delta["p_adjusted"] < 0.01
        assert any(line.startswith(f"{threshold.metric} is ") for line in lines)
        assert any(line.startswith(f"{threshold.metric} changed by ") for line in lines)
    assert any("items are worse, over 5" in line for line in lines)


def test_a_run_like_the_one_before_passes_every_gate(sound: Path, tmp_path: Path) -> None:
    def slips_once(question: str) -> Answer:
        return refuses_always(question) if question.endswith("Alder1 founded?") else SOUND(question)

    plan = plan_run(many_gold(tmp_path, ANSWERABLE, UNANSWERABLE), {})
    run(plan, many_engine(ANSWERABLE, slips_once), tmp_path / "after")
    assert compare(sound, tmp_path / "after")["regressed"] == ["t1"]
    assert check_run(sound, Gate((), sound, 0)) == []
    assert check_run(tmp_path / "after", Gate((), sound, 1)) == []
    [line] = check_run(tmp_path / "after", Gate((), sound, 0))
    assert line == "1 items are worse, over 0: t1"
