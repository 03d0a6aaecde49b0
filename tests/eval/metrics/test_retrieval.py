"""recall@k, nDCG@10 and MRR, by hand, by property, and against trec_eval."""

import math

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import mrr, ndcg, recall
from tests.eval.metrics.cases import FAILED, REFUSED, case

TWO_QUOTES = (("first", ["p1"]), ("second", ["p2", "copy of p2"]))

paragraphs = st.sampled_from([f"p{n}" for n in range(15)])
rankings = st.lists(paragraphs, unique=True, max_size=10)
quotes = st.lists(
    st.tuples(st.just("q"), st.frozensets(paragraphs, min_size=1, max_size=3)),
    min_size=1,
    max_size=4,
)


def test_recall_is_the_share_of_quotes_in_the_first_k() -> None:
    found = case(gold=TWO_QUOTES, retrieved=("x", "p1", "y", "copy of p2"))
    # quote 1 at rank 2, quote 2 at rank 4: none of 2, 1 of 2, 2 of 2
    assert [recall.score(found, k) for k in (1, 3, 5)] == [0.0, 0.5, 1.0]


def test_recall_of_any_item_is_one_as_soon_as_one_quote_is_found() -> None:
    found = case(gold=TWO_QUOTES, retrieved=("x", "p1"), any_suffices=True)
    assert [recall.score(found, k) for k in (1, 3)] == [0.0, 1.0]


def test_ndcg_by_hand() -> None:
    found = case(gold=TWO_QUOTES, retrieved=("x", "p1", "p2"))
    # three relevant paragraphs; hits at ranks 2 and 3:
    # (1/log2 3 + 1/log2 4) / (1/log2 2 + 1/log2 3 + 1/log2 4) = 1.130930 / 2.130930 = 0.530721
    assert ndcg.score(found) == pytest.approx(0.530721, abs=1e-6)


def test_reciprocal_rank_is_that_of_the_first_relevant_paragraph() -> None:
    assert mrr.score(case(retrieved=("x", "y", "p1", "p1"))) == pytest.approx(1 / 3)
    assert mrr.score(case(retrieved=("x", "y"))) == 0.0


@pytest.mark.parametrize("measure", [lambda c: recall.score(c, 5), ndcg.score, mrr.score])
def test_refused_items_count_failed_ones_score_zero_unanswerable_ones_do_not_count(
    measure: object,
) -> None:
    assert callable(measure)
    assert measure(case(status=REFUSED, retrieved=("p1",))) == 1.0
    assert measure(case(status=FAILED, retrieved=("p1",))) == 0.0
    assert measure(case(answerable=False, retrieved=("p1",))) is None


@given(quotes, rankings, st.booleans())
def test_recall_rises_with_k_and_stays_between_zero_and_one(
    gold: list[tuple[str, frozenset[str]]], ranked: list[str], any_suffices: bool
) -> None:
    found = case(
        gold=[(q, sorted(p)) for q, p in gold], retrieved=tuple(ranked), any_suffices=any_suffices
    )
    values = [recall.score(found, k) or 0.0 for k in range(11)]
    assert values == sorted(values)
    assert 0 <= values[0] <= values[-1] <= 1


@given(quotes, rankings, st.randoms())
def test_order_of_quotes_is_of_no_account(
    gold: list[tuple[str, frozenset[str]]], ranked: list[str], random: object
) -> None:
    shuffled = list(reversed(gold))
    one = case(gold=[(q, sorted(p)) for q, p in gold], retrieved=tuple(ranked))
    two = case(gold=[(q, sorted(p)) for q, p in shuffled], retrieved=tuple(ranked))
    assert recall.score(one, 5) == recall.score(two, 5)
    assert (ndcg.score(one), mrr.score(one)) == (ndcg.score(two), mrr.score(two))


@given(st.frozensets(paragraphs, min_size=1), rankings.filter(bool))
def test_equal_to_trec_eval(relevant: frozenset[str], ranked: list[str]) -> None:
    evaluator = pytrec_eval.RelevanceEvaluator(
        {"q": dict.fromkeys(relevant, 1)}, {"ndcg_cut.10", "recall.5", "recip_rank"}
    )
    run = {"q": {id_: float(-rank) for rank, id_ in enumerate(ranked)}}
    reference = evaluator.evaluate(run)["q"]
    # One quote for each relevant paragraph, so that recall over quotes is recall over paragraphs.
    found = case(gold=[(id_, [id_]) for id_ in sorted(relevant)], retrieved=tuple(ranked))
    assert ndcg.score(found) == pytest.approx(reference["ndcg_cut_10"], abs=1e-6)
    assert recall.score(found, 5) == pytest.approx(reference["recall_5"], abs=1e-6)
    assert mrr.score(found) == pytest.approx(reference["recip_rank"], abs=1e-6)


def test_ndcg_of_a_perfect_ranking_is_one() -> None:
    ids = [f"p{n}" for n in range(12)]
    assert math.isclose(ndcg.ndcg(frozenset(ids), ids, 10), 1.0)
    assert ndcg.ndcg(frozenset(), ids, 10) == 0.0
