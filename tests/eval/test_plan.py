import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold.items import GoldItem, GoldSet, ResolvedItem
from eval.plan import Mode, plan_run, sample_items
from index.errors import UsageError


def items(answerable: int, unanswerable: int) -> tuple[ResolvedItem, ...]:
    kinds = [True] * answerable + [False] * unanswerable
    return tuple(
        ResolvedItem(GoldItem(f"q{n}", "?", (), (), kind), (), (), f"q{n}")
        for n, kind in enumerate(kinds)
    )


def ids(sample: tuple[ResolvedItem, ...]) -> list[str]:
    return [gold.item.id for gold in sample]


def test_sample_keeps_the_proportion_and_the_order() -> None:
    everything = items(60, 30)
    sample = sample_items(everything, 12, seed=1)
    assert [gold.item.answerable for gold in sample] == [True] * 8 + [False] * 4
    assert [gold for gold in everything if gold in sample] == list(sample)


def test_same_seed_same_sample_whatever_the_order_of_items() -> None:
    everything = items(20, 20)
    one = sample_items(everything, 10, seed=3)
    two = sample_items(everything[::-1], 10, seed=3)
    assert set(ids(one)) == set(ids(two))
    assert ids(sample_items(everything, 10, seed=4)) != ids(one)


def test_larger_sample_contains_the_smaller() -> None:
    everything = items(50, 50)
    small, large = (set(ids(sample_items(everything, n, seed=0))) for n in (10, 40))
    assert small < large


@given(st.integers(1, 30), st.integers(1, 30), st.integers(2, 60), st.integers(0, 5))
def test_sample_has_its_size_and_both_kinds(yes: int, no: int, size: int, seed: int) -> None:
    sample = sample_items(items(yes, no), size, seed)
    assert len(sample) == min(size, yes + no)
    assert {gold.item.answerable for gold in sample} == {True, False}


def test_sample_below_one_is_refused() -> None:
    with pytest.raises(UsageError, match="name a number from 1"):
        sample_items(items(3, 3), 0, seed=0)


def test_record_names_all_that_could_move_a_number() -> None:
    plan = plan_run(
        GoldSet("gold.jsonl", "abc", items(3, 1)),
        {"commit": "c0ffee"},
        mode=Mode.EXTRACTIVE,
        sample=2,
        seed=9,
    )
    assert plan.record("tiny") == {
        "gold": {"name": "gold.jsonl", "sha256": "abc"},
        "items": 2,
        "mode": "extractive",
        "sample": 2,
        "prices": {"prompt": 0.0, "completion": 0.0},
        "seed": 9,
        "model": "tiny",
        "settings": {"commit": "c0ffee"},
    }
