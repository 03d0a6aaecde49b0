"""What answering took: percentiles, tokens and money, worked by hand."""

from dataclasses import replace

import pytest

from eval.effort import Prices, cost, count_tokens, latency, parse_prices
from eval.records import ResultRecord, answer_record, result_record
from index.errors import UsageError
from rag.types import Timings, TokenCounts
from tests.eval.fakes import answered


def results(*totals: float) -> list[ResultRecord]:
    return [
        result_record(
            str(total),
            answer_record(
                replace(
                    answered("Why?", "So."),
                    timings=Timings(1.0, total / 2, total),
                    tokens=TokenCounts(100 + int(total), 40, 10),
                )
            ),
            {},
        )
        for total in totals
    ]


def test_percentiles_by_hand() -> None:
    found = latency(results(*range(1, 102)))
    assert found["total"] == {"n": 101, "p50": 51.0, "p90": 91.0, "p95": 96.0, "p99": 100.0}
    assert found["first_token"]["p50"] == 25.5


def test_what_was_not_answered_now_has_no_latency() -> None:
    assert latency(results(0.0))["total"] == {
        "n": 0,
        "p50": None,
        "p90": None,
        "p95": None,
        "p99": None,
    }


def test_cost_by_hand() -> None:
    tokens = count_tokens(results(1, 2, 3))
    assert (tokens["prompt"], tokens["cached"], tokens["completion"]) == (102.0, 40.0, 10.0)
    # 306 prompt tokens at 2 and 30 written ones at 10 the million.
    assert cost(tokens, 3, parse_prices("2,10")) == {
        "total": 0.000912,
        "per_item": 0.000304,
        "prompt_price": 2.0,
        "completion_price": 10.0,
    }
    assert cost(tokens, 0, Prices(2, 10))["per_item"] is None


@pytest.mark.parametrize("text", ["1", "1,2,3", "a,b", "-1,2", "nan,1", "1,inf"])
def test_prices_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="PROMPT,COMPLETION"):
        parse_prices(text)
