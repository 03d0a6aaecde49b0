"""citation_precision, citation_recall and quote_overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import citation_precision, citation_recall, quote_overlap
from eval.metrics.case import Case
from tests.eval.metrics.cases import FAILED, REFUSED, case

TWO_QUOTES = (("grey heron nests", ["p1"]), ("eats fish", ["p2"]))

citations = st.lists(st.tuples(st.sampled_from(["p1", "p2", "p3"]), st.just("heron")), max_size=5)


def scores(found: Case) -> tuple[float | None, float | None, float | None]:
    return (
        citation_precision.score(found),
        citation_recall.score(found),
        quote_overlap.score(found),
    )


def test_citations_by_hand() -> None:
    found = case(
        gold=TWO_QUOTES, cited=[("p1", "heron nests in trees"), ("p9", "eats fish"), ("p8", "x")]
    )
    # 1 of 3 citations relevant; 1 of 2 quotes cited; overlap of quote 1: shared heron, nests:
    # 2 * 2 / (4 + 3) = 4/7, quote 2 is cited from the wrong paragraph: 0; mean 2/7
    assert list(scores(found)) == pytest.approx([1 / 3, 0.5, 2 / 7])


def test_any_item_needs_one_quote_only() -> None:
    found = case(gold=TWO_QUOTES, cited=[("p2", "eats fish")], any_suffices=True)
    assert scores(found) == (1.0, 1.0, 1.0)


def test_best_of_several_quotes_from_a_paragraph_counts() -> None:
    found = case(gold=[("eats fish", ["p2"])], cited=[("p2", "voles"), ("p2", "eats fish")])
    assert quote_overlap.score(found) == 1.0


def test_answer_without_citations_scores_zero() -> None:
    assert scores(case()) == (0.0, 0.0, 0.0)


def test_refusal_has_no_precision_but_costs_recall() -> None:
    assert scores(case(status=REFUSED)) == (None, 0.0, 0.0)


def test_failure_scores_zero_throughout() -> None:
    assert scores(case(status=FAILED, cited=[("p1", "gold words")])) == (0.0, 0.0, 0.0)


def test_unanswerable_items_do_not_count() -> None:
    assert scores(case(answerable=False, cited=[("p1", "x")])) == (None, None, None)


@given(citations, st.permutations(range(5)), st.booleans())
def test_order_of_citations_is_of_no_account_and_shares_are_shares(
    cited: list[tuple[str, str]], order: list[int], any_suffices: bool
) -> None:
    shuffled = [cited[at] for at in order if at < len(cited)]
    one = scores(case(gold=TWO_QUOTES, cited=cited, any_suffices=any_suffices))
    two = scores(case(gold=TWO_QUOTES, cited=shuffled, any_suffices=any_suffices))
    assert one == two
    assert all(value is not None and 0 <= value <= 1 for value in one)
    assert (one[2] or 0) <= (one[1] or 0)
