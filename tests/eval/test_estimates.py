import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eval import estimates
from eval.estimates import Estimate, Floats
from eval.metrics import refusal
from eval.metrics.aurc import aurc, risk_coverage
from eval.metrics.confidence_auc import auc

shares = st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0])
flags = st.sampled_from([0.0, 1.0])
tables = st.lists(st.tuples(shares, flags), min_size=1, max_size=20).map(np.array)

ALL = (
    estimates.mean,
    estimates.median,
    refusal.precision,
    refusal.recall,
    refusal.f1,
    auc,
    aurc,
)


def value(estimate: Estimate, rows: object) -> float:
    table: Floats = np.array(rows, dtype=np.float64)
    return float(estimate(table, np.ones((1, len(table))))[0])


def test_refusal_figures_by_hand() -> None:
    # refused: items 1, 2, 3; unanswerable: 2, 3, 4, 5
    rows = [(1, 0), (1, 1), (1, 1), (0, 1), (0, 1), (0, 0)]
    assert value(refusal.precision, rows) == pytest.approx(2 / 3)
    assert value(refusal.recall, rows) == pytest.approx(2 / 4)
    assert value(refusal.f1, rows) == pytest.approx(2 * 2 / (3 + 4))


def test_figures_without_a_denominator_are_not_numbers() -> None:
    assert np.isnan(value(refusal.precision, [(0, 1)]))
    assert np.isnan(value(refusal.recall, [(1, 0)]))
    assert np.isnan(value(refusal.f1, [(1, 0)]))
    assert np.isnan(value(auc, [(0.5, 1)]))


def test_area_under_the_risk_coverage_curve_by_hand() -> None:
    # by falling confidence the losses are 0, 1, 0, 1: risks 0, 1/2, 1/3, 1/2; mean 1/3
    rows = [(0.9, 0), (0.7, 1), (0.5, 0), (0.2, 1)]
    assert value(aurc, rows) == pytest.approx(1 / 3)
    assert risk_coverage(np.array(rows)) == [
        (0.25, 0.0),
        (0.5, 0.5),
        (0.75, pytest.approx(1 / 3)),
        (1.0, 0.5),
    ]


def test_equal_confidence_comes_in_at_once() -> None:
    assert risk_coverage(np.array([(0.5, 0.0), (0.5, 1.0)])) == [(1.0, 0.5)]
    assert value(aurc, [(0.5, 0), (0.5, 1)]) == 0.5


def test_confidence_auc_by_hand() -> None:
    # pairs answerable > unanswerable: .9 > .4, .9 > .6, .6 > .4, .6 = .6 (half): 3.5 of 4
    rows = [(0.9, 1), (0.6, 1), (0.4, 0), (0.6, 0)]
    assert value(auc, rows) == pytest.approx(3.5 / 4)


@given(tables)
def test_confidence_auc_is_that_of_mann_and_whitney(rows: Floats) -> None:
    ours, theirs = rows[rows[:, 1] == 1, 0], rows[rows[:, 1] == 0, 0]
    if len(ours) and len(theirs):
        reference = stats.mannwhitneyu(ours, theirs).statistic / (len(ours) * len(theirs))
        assert value(auc, rows) == pytest.approx(float(reference))


def test_memory_for_the_figures_grows_with_the_items_not_with_their_square() -> None:
    items = 4000
    rows = np.column_stack([np.linspace(0, 1, items), np.arange(items) % 2])
    weights = np.ones((10, items))
    for estimate in (auc, aurc):
        tracemalloc.start()
        estimate(rows, weights)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 20 * weights.nbytes


@given(tables)
def test_median_is_numpys(rows: Floats) -> None:
    assert value(estimates.median, rows[:, :1]) == pytest.approx(float(np.median(rows[:, 0])))


@given(tables, st.randoms())
def test_order_of_items_is_of_no_account_and_shares_are_shares(
    rows: Floats, random: np.random.Generator
) -> None:
    shuffled = rows[::-1]
    for estimate in ALL:
        one, two = value(estimate, rows), value(estimate, shuffled)
        assert one == pytest.approx(two, nan_ok=True)
        assert np.isnan(one) or -1e-12 <= one <= 1 + 1e-12


@given(tables, st.data())
def test_weight_two_is_the_item_twice(rows: Floats, data: st.DataObject) -> None:
    weights = np.array(
        [data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))], float
    )
    if weights.sum() == 0:
        return
    repeated = np.repeat(rows, weights[0].astype(int), axis=0)
    for estimate in ALL:
        assert estimate(rows, weights)[0] == pytest.approx(value(estimate, repeated), nan_ok=True)
