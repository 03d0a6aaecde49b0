"""false_answers, false_refusals, unsupported and confidence."""

from eval.metrics import confidence, false_answers, false_refusals, unsupported
from rag.types import Verdict
from tests.eval.metrics.cases import FAILED, REFUSED, case

SUPPORTED, PARTLY, UNSUPPORTED = Verdict.SUPPORTED, Verdict.PARTLY, Verdict.UNSUPPORTED


def test_false_answers_look_at_unanswerable_items() -> None:
    assert false_answers.score(case(answerable=False)) == 1.0
    assert false_answers.score(case(answerable=False, status=REFUSED)) == 0.0
    assert false_answers.score(case()) is None


def test_false_refusals_look_at_answerable_items() -> None:
    assert false_refusals.score(case()) == 0.0
    assert false_refusals.score(case(status=REFUSED)) == 1.0
    assert false_refusals.score(case(answerable=False)) is None


def test_failed_item_is_wrong_on_either_side() -> None:
    assert false_answers.score(case(answerable=False, status=FAILED)) == 1.0
    assert false_refusals.score(case(status=FAILED)) == 1.0


def test_unsupported_is_the_share_of_sentences() -> None:
    # one of four
    verdicts = (SUPPORTED, UNSUPPORTED, PARTLY, SUPPORTED)
    assert unsupported.score(case(verdicts=verdicts)) == 0.25
    assert unsupported.score(case(answerable=False, verdicts=(UNSUPPORTED,))) == 1.0


def test_unsupported_needs_an_answer_and_its_sentences() -> None:
    assert unsupported.score(case(status=REFUSED)) is None
    assert unsupported.score(case(status=FAILED)) == 1.0
    assert unsupported.score(case(verdicts=())) == 1.0


def test_failed_item_has_the_wrong_confidence() -> None:
    assert confidence.score(case(confidence=0.7)) == 0.7
    assert confidence.score(case(confidence=0.7, status=FAILED)) == 0.0
    assert confidence.score(case(confidence=0.7, status=FAILED, answerable=False)) == 1.0
