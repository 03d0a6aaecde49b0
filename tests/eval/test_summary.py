from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.cases import case_of
from eval.gold.items import ResolvedItem
from eval.measures import MEASURES, score_case
from eval.records import ResultRecord, answer_record, result_record
from eval.rundir import RunData
from eval.summary import Summary, figure, scores_of, summarise
from rag.types import Answer
from tests.eval.fakes import answered, paragraph, right_answer, small_gold


def result_of(gold: ResolvedItem, answer: Answer) -> ResultRecord:
    record = answer_record(answer)
    return result_record(gold.item.id, record, score_case(case_of(gold, record, answer.confidence)))


def summary_of(items: Sequence[ResolvedItem], results: Sequence[ResultRecord]) -> Summary:
    return summarise(RunData({}, tuple(items), tuple(results)))


def results_of(folder: Path, count: int) -> list[ResultRecord]:
    records = []
    for gold in small_gold(folder).items[:count]:
        records.append(result_of(gold, right_answer(gold.item.question)))
    return records


def test_item_without_a_result_counts_as_failed(tmp_path: Path) -> None:
    items = small_gold(tmp_path).items
    summary = summary_of(items, results_of(tmp_path, 3))
    assert summary["counts"]["missing"] == 7
    metrics = summary["metrics"]
    # Three of six answerable ones are there; none of the unanswerable ones.
    for key in ("recall@5", "correct", "citation_recall", "citation_precision", "false_refusals"):
        assert (metrics[key]["value"], metrics[key]["n"]) == (0.5, 6)
    assert (metrics["false_answers"]["value"], metrics["false_answers"]["n"]) == (1.0, 4)


def test_binary_scores_get_wilsons_interval_and_others_the_bootstraps(tmp_path: Path) -> None:
    items = small_gold(tmp_path).items
    scores = scores_of(items, results_of(tmp_path, 10))
    correct = figure(MEASURES["correct"], items, scores)
    assert (correct["kind"], correct["high"]) == ("proportion", 1.0)
    # 6 / (6 + z²) = 6 / 9.84146
    assert correct["low"] == pytest.approx(0.609666, abs=1e-5)
    assert figure(MEASURES["token_f1"], items, scores)["kind"] == "mean"
    # A tenth each: they do not vary, and say nothing of what would show.
    assert figure(MEASURES["precision@10"], items, scores)["detectable"] is None


def test_a_share_of_items_about_the_same_paragraph_is_less_sure(tmp_path: Path) -> None:
    own = small_gold(tmp_path).items
    shared = [replace(gold, cluster=str(number // 3)) for number, gold in enumerate(own)]
    # The first three of six are right: they are one cluster, and those that failed another.
    scores = scores_of(own, results_of(tmp_path, 3))
    alone, together = (figure(MEASURES["correct"], items, scores) for items in (own, shared))
    assert alone["value"] == together["value"] == 0.5
    assert together["low"] < alone["low"] < alone["high"] < together["high"]  # type: ignore[operator]  # neither is None
    assert together["detectable"] > alone["detectable"]  # type: ignore[operator]


def test_order_of_results_is_of_no_account(tmp_path: Path) -> None:
    items = small_gold(tmp_path).items
    results = results_of(tmp_path, 10)
    assert summary_of(items, results) == summary_of(items, results[::-1])


def test_order_of_items_moves_no_value(tmp_path: Path) -> None:
    items = small_gold(tmp_path).items
    results = results_of(tmp_path, 10)
    one, two = summary_of(items, results), summary_of(items[::-1], results)
    for key, found in one["metrics"].items():
        assert found["value"] == two["metrics"][key]["value"]


def test_median_answer_length(tmp_path: Path) -> None:
    items = small_gold(tmp_path).items[:3]
    heron = paragraph("birds.txt", 1)
    texts = ("One.", "One two three.", "One two three four five six.")
    records = []
    for gold, text in zip(items, texts, strict=True):
        answer = answered(gold.item.question, text, [(heron, "trees")])
        records.append(result_of(gold, answer))
    assert summary_of(items, records)["metrics"]["answer_words"]["value"] == 3
