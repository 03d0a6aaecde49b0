"""What a judge's verdicts amount to, and how far they can be trusted.

Where items have accepted answers, the verdicts are compared with ``correct`` by Cohen's kappa
(Cohen 1960),

    kappa = (observed agreement - agreement expected by chance) / (1 - expected)

0 is chance, 1 is full agreement; below .6 read the verdicts with care (Landis and Koch 1977).
"""

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from eval.gold.items import ResolvedItem
from eval.judge_records import JudgeRecord
from eval.records import ResultRecord
from eval.statistics import design_effect, wilson


class Judged(TypedDict):
    """The share of right answers by the judge, and its agreement.

    ``n`` are the answerable items with accepted answers: those it judged, and those refused or
    failed, which are wrong unasked. ``errors`` are further ones, of which it said nothing usable.
    ``kappa`` is over the ``kappa_n`` judged items that ``correct`` scores too, null without
    variety.
    """

    model: str
    prompt_version: int
    value: float | None
    n: int
    low: float | None
    high: float | None
    kappa: float | None
    kappa_n: int
    errors: int


def judged(
    items: Sequence[ResolvedItem],
    results: Sequence[ResultRecord],
    records: Sequence[JudgeRecord],
) -> Judged | None:
    """The judge's figures; None without one. Refused and failed items are wrong unasked."""
    if not records:
        return None
    last = records[-1]
    answers = {result["id"]: result for result in results}
    said = {
        record["id"]: record["verdict"]
        for record in records
        if (record["model"], record["prompt_version"]) == (last["model"], last["prompt_version"])
        and record["id"] in answers
        and record["answer"] == answers[record["id"]]["answer"]
    }
    verdicts: dict[str, bool] = {}
    errors = 0
    for gold in items:
        if not gold.item.answerable or not gold.item.answers:
            continue
        result = answers.get(gold.item.id)
        if result is None or result["status"] != "answered":
            verdicts[gold.item.id] = False
        elif (verdict := said.get(gold.item.id)) is None:
            errors += 1
        else:
            verdicts[gold.item.id] = verdict
    pairs = [
        (verdict, answers[id_]["scores"]["correct"] == 1)
        for id_, verdict in verdicts.items()
        if id_ in said and answers[id_]["scores"].get("correct") is not None
    ]
    right, n = sum(verdicts.values()), len(verdicts)
    clusters = {gold.item.id: gold.cluster for gold in items}
    rows = np.array([[verdict] for verdict in verdicts.values()], dtype=np.float64)
    named = [clusters[id_] for id_ in verdicts]
    interval = wilson(right, n, design_effect(rows, named)) if n else None
    kappa = cohens_kappa(pairs)
    return {
        "model": last["model"],
        "prompt_version": last["prompt_version"],
        "value": round(right / n, 6) if n else None,
        "n": n,
        "low": round(interval.low, 6) if interval else None,
        "high": round(interval.high, 6) if interval else None,
        "kappa": None if kappa is None else round(kappa, 6),
        "kappa_n": len(pairs),
        "errors": errors,
    }


def cohens_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Agreement beyond chance of two raters; None when chance alone explains everything."""
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    first = sum(one for one, _ in pairs) / n
    second = sum(other for _, other in pairs) / n
    expected = first * second + (1 - first) * (1 - second)
    return None if expected == 1 else (observed - expected) / (1 - expected)
