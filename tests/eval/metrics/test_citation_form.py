"""citation_f1, invalid_citations, citations_per_sentence, supported and precision, by hand."""

import pytest

from eval.metrics import (
    citation_f1,
    citations_per_sentence,
    invalid_citations,
    precision,
    supported,
    unsupported,
)
from eval.metrics.case import Case, CitedQuote
from rag.types import Verdict
from tests.eval.metrics.cases import FAILED, REFUSED, case

TWO_QUOTES = (("first", ["p1"]), ("second", ["p2"]))


def test_precision_divides_by_k_however_many_were_found() -> None:
    found = case(gold=TWO_QUOTES, retrieved=("p1", "x", "p2"))
    # ranks 1 and 3 are relevant: 1/1, 2/3, 2/5, 2/10
    assert [precision.score(found, k) for k in (1, 3, 5, 10)] == [1, 2 / 3, 0.4, 0.2]
    assert precision.score(case(status=FAILED, retrieved=("p1",)), 1) == 0.0
    assert precision.score(case(answerable=False, retrieved=("p1",)), 1) is None


def test_citation_f1_by_hand() -> None:
    # P 1/3, R 1/2: 2 * 1/6 / (5/6) = 0.4
    found = case(gold=TWO_QUOTES, cited=[("p1", "x"), ("p8", "y"), ("p9", "z")])
    assert citation_f1.score(found) == pytest.approx(0.4)
    assert citation_f1.score(case(cited=[("p9", "z")])) == 0.0
    assert citation_f1.score(case(status=REFUSED)) == 0.0
    assert citation_f1.score(case(status=FAILED)) == 0.0
    assert citation_f1.score(case(answerable=False)) is None


def answer(marks: tuple[int, ...], *cited: tuple[int, bool]) -> Case:
    quotes = tuple(CitedQuote("p1", "x", number, inside) for number, inside in cited)
    base = case(marks=marks)
    return Case(base.answerable, base.status, base.answers, base.gold, marks=marks, cited=quotes)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (answer((1, 2), (1, True), (2, True)), 0.0),
        # mark 3 has no citation: 1 of 3
        (answer((1, 2, 3), (1, True), (2, True)), 1 / 3),
        # citation 2 has no mark: 1 of 2
        (answer((1,), (1, True), (2, True)), 0.5),
        # the words of citation 1 are not in its paragraph
        (answer((1,), (1, False)), 1.0),
        (answer(()), None),
        (case(status=REFUSED, marks=(1,)), None),
        (case(status=FAILED), 1.0),
    ],
)
def test_invalid_citations(found: Case, expected: float | None) -> None:
    assert invalid_citations.score(found) == (None if expected is None else pytest.approx(expected))


def test_citations_per_sentence() -> None:
    assert citations_per_sentence.score(case(sentence_citations=(2, 0, 1))) == 1.0
    assert citations_per_sentence.score(case()) is None
    assert citations_per_sentence.score(case(status=REFUSED, sentence_citations=(1,))) is None


def test_supported_unsupported_and_partly_make_the_whole() -> None:
    verdicts = (Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.PARTLY, Verdict.UNSUPPORTED)
    found = case(verdicts=verdicts)
    assert (supported.score(found), unsupported.score(found)) == (0.5, 0.25)
    # Nothing was borne out in an answer without a judged sentence.
    assert supported.score(case()) == 0.0
    assert supported.score(case(status=FAILED)) == 0.0
    assert supported.score(case(status=REFUSED)) is None
