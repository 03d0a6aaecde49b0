import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from eval import estimates
from eval.estimates import Floats
from eval.statistics import (
    bootstrap,
    design_effect,
    detectable_between_runs,
    holm,
    mcnemar,
    paired_bootstrap,
    sign_flip,
    smallest_detectable_difference,
    wilson,
)


def column(values: list[float]) -> Floats:
    return np.array(values, dtype=np.float64)[:, None]


def test_wilson_by_hand() -> None:
    # p = .9, n = 10, z = 1.96: centre (.9 + z²/20) / (1 + z²/10) = .788997,
    # half z sqrt(.9 * .1 / 10 + z²/400) / (1 + z²/10) = .193145
    found = wilson(9, 10)
    assert found.low == pytest.approx(0.59585, abs=1e-4)
    assert found.high == pytest.approx(0.98213, abs=1e-4)


def test_wilson_says_something_of_a_perfect_score() -> None:
    found = wilson(20, 20)
    # n / (n + z²) = 20 / 23.8415
    assert found.low == pytest.approx(0.83888, abs=1e-4)
    assert found.high == 1.0


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_figure_and_stays_a_share(counts: tuple[int, int]) -> None:
    successes, n = counts
    found = wilson(successes, n)
    assert 0 <= found.low <= successes / n <= found.high <= 1


def test_items_of_one_cluster_that_end_alike_are_worth_fewer() -> None:
    # Five clusters of two that end alike, three right and two wrong: .4 and -.6 from the mean. Sums
    # .8 and -1.2, squares 3 * .64 + 2 * 1.44 = 4.8 of 6 * .16 + 4 * .36 = 2.4: 5/4 * 9/10 * 2.
    rows, pairs = column([1.0] * 6 + [0.0] * 4), list("aabbccddee")
    effect = design_effect(rows, pairs)
    assert effect == pytest.approx(2.25)
    # 10 / 2.25 = 4.4444 items: centre (.6 + z²/8.8889) / (1 + z²/4.4444) = .55364,
    # half z sqrt(.24/4.4444 + z²/79.0123) / (1 + z²/4.4444) = .33677
    found = wilson(6, 10, effect)
    assert found.low == pytest.approx(0.55364 - 0.33677, abs=1e-4)
    assert found.high == pytest.approx(0.55364 + 0.33677, abs=1e-4)


def test_clusters_make_no_figure_surer() -> None:
    rows = column([1.0, 0.0, 1.0, 0.0])
    assert design_effect(rows, list("abcd")) == pytest.approx(1.0)
    assert design_effect(rows, list("aabb")) == 1.0
    assert design_effect(rows, list("aaaa")) == 1.0
    assert design_effect(column([1.0, 1.0]), list("ab")) == 1.0


def test_mcnemar_by_hand() -> None:
    # 2 * (C(6,0) + C(6,1)) / 2^6 = 14 / 64
    assert mcnemar(1, 5) == pytest.approx(14 / 64)
    assert mcnemar(1, 5) == mcnemar(5, 1)
    assert mcnemar(0, 0) == 1.0


def test_a_cluster_that_changes_as_one_counts_once() -> None:
    # 14 items of one paragraph are lost, and two others each way: sums -14, 1, -1. Of the 8
    # choices of signs, the total is at least 14 from 0 in 6 (the two with 14 and 1 - 1: 4; 16: 2)
    before = column([1.0] * 14 + [0.0, 1.0])
    after = column([0.0] * 14 + [1.0, 0.0])
    names = ["lost"] * 14 + ["found", "other"]
    assert sign_flip(before, after, names) == pytest.approx(6 / 8)


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_few_clusters_that_all_change_in_one_direction_are_no_proof(n: int) -> None:
    before, names = column([0.0] * n), [str(i) for i in range(n)]
    after = column([0.1 * (i + 1) for i in range(n)])
    # 2 of the 2^n choices of signs: all as they are, or all the other way.
    assert sign_flip(before, after, names) == pytest.approx(2 ** (1 - n))
    change = paired_bootstrap(estimates.median, before, after, names)
    assert change.p is None or change.p >= 2 ** (1 - n)


@given(st.integers(0, 12), st.integers(0, 12))
def test_with_one_item_a_cluster_it_is_mcnemars_exact_test(lost: int, won: int) -> None:
    before = column([1.0] * lost + [0.0] * won + [1.0])
    after = column([0.0] * lost + [1.0] * won + [1.0])
    names = [str(n) for n in range(lost + won + 1)]
    assert sign_flip(before, after, names) == pytest.approx(mcnemar(lost, won))


def test_drawn_signs_are_close_to_the_normal_test_and_never_give_0() -> None:
    random = np.random.default_rng(3)
    change = random.normal(0.02, 0.1, 100)
    names = [str(n) for n in range(100)]
    z = abs(change.sum()) / np.sqrt((change**2).sum())
    expected = 2 * (1 - stats.norm.cdf(z))
    found = sign_flip(column([0.0] * 100), column(list(change)), names)
    assert found == pytest.approx(expected, abs=0.02)
    sure = random.uniform(0.1, 0.2, 100)
    assert 0 < sign_flip(column([0.0] * 100), column(list(sure)), names) < 0.001


def test_bootstrap_is_close_to_the_normal_interval() -> None:
    values = np.random.default_rng(1).normal(0.5, 0.1, 200)
    found = bootstrap(estimates.mean, column(list(values)), [str(n) for n in range(200)])
    assert found is not None
    half = 1.96 * values.std() / np.sqrt(200)
    assert found.low == pytest.approx(values.mean() - half, abs=0.002)
    assert found.high == pytest.approx(values.mean() + half, abs=0.002)


def test_bootstrap_repeats_itself() -> None:
    rows = column([0.1, 0.4, 0.9, 0.3])
    assert bootstrap(estimates.mean, rows, list("abcd")) == bootstrap(
        estimates.mean, rows, list("abcd")
    )


def test_items_of_one_cluster_make_the_interval_wider() -> None:
    rows = column([0.0, 1.0] * 20)
    apart = bootstrap(estimates.mean, rows, [str(n) for n in range(40)])
    together = bootstrap(estimates.mean, rows, ["even", "odd"] * 20)
    assert apart is not None
    assert together is not None
    assert together.high - together.low > apart.high - apart.low


def test_one_cluster_gives_no_interval() -> None:
    assert bootstrap(estimates.mean, column([0.1, 0.9]), ["a", "a"]) is None
    change = paired_bootstrap(estimates.mean, column([0.1, 0.9]), column([0.2, 0.9]), ["a", "a"])
    assert change.interval is None
    assert change.delta == pytest.approx(0.05)


def test_paired_bootstrap_sees_a_small_change_common_to_all_items() -> None:
    before = np.random.default_rng(2).uniform(0, 0.9, 60)
    names = [str(n) for n in range(60)]
    change = paired_bootstrap(
        estimates.mean, column(list(before)), column(list(before + 0.02)), names
    )
    assert change.delta == pytest.approx(0.02)
    assert change.p == pytest.approx(1e-4)


def test_runs_that_are_equal_differ_by_nothing() -> None:
    rows = column([0.1, 0.5, 0.9])
    change = paired_bootstrap(estimates.median, rows, rows, list("abc"))
    assert (change.delta, change.p) == (0.0, 1.0)


@settings(max_examples=10)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_interval_of_a_mean_lies_between_the_smallest_and_the_largest(values: list[float]) -> None:
    found = bootstrap(estimates.mean, column(values), [str(n) for n in range(len(values))])
    assert found is not None
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9


def test_holm_by_hand() -> None:
    # Sorted .01 .02 .03 .2 they are multiplied by 4 3 2 1, and none is below the one before.
    assert holm([0.03, 0.2, 0.01, 0.02]) == pytest.approx([0.06, 0.2, 0.04, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_two_runs_show_less_than_one_against_a_fixed_figure() -> None:
    # 2.8016 * .5 * sqrt(2) / sqrt(100)
    assert detectable_between_runs(100, 0.5) == pytest.approx(0.1981, abs=1e-4)


def test_smallest_detectable_difference_by_hand() -> None:
    # (1.959964 + 0.841621) * 0.3 / sqrt(100)
    assert smallest_detectable_difference(100, 0.3) == pytest.approx(0.0840476, abs=1e-6)
