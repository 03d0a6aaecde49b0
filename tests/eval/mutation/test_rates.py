from collections.abc import Sequence

from eval.mutation.rates import FALSE_ALARMS, PARAGRAPH, TRUE, Claim, rates, told
from index.types import Paragraph
from rag.types import Verdict
from tests.rag.fakes import paragraph

HOME = paragraph("The bridge was opened in 1932.", path="a.txt", start=0)
AWAY = paragraph("The mill was burnt in 1951.", path="b.txt", start=0)
CLAIM = Claim(HOME.text, "When?", (HOME, AWAY))


def word_for_word(claim: str, question: str, paragraphs: Sequence[Paragraph]) -> Verdict:
    found = any(claim in p.text for p in paragraphs)
    return Verdict.SUPPORTED if found else Verdict.UNSUPPORTED


def test_a_judge_that_compares_word_for_word_sees_every_mutation() -> None:
    found = {rate.kind: (rate.share, rate.n) for rate in rates([CLAIM] * 3, word_for_word)}
    assert found[FALSE_ALARMS] == (0.0, 3)
    assert found["date"] == found["negation"] == found[PARAGRAPH] == (1.0, 3)


def test_a_judge_that_accepts_everything_sees_none() -> None:
    found = {rate.kind: rate.share for rate in rates([CLAIM], lambda *_: Verdict.SUPPORTED)}
    assert found == {FALSE_ALARMS: 0.0, "date": 0.0, "negation": 0.0, PARAGRAPH: 0.0}


def test_a_judge_that_accepts_nothing_raises_an_alarm_each_time() -> None:
    found = rates([CLAIM], lambda *_: Verdict.UNSUPPORTED)
    assert [(rate.kind, rate.share, rate.n) for rate in found] == [(FALSE_ALARMS, 1.0, 1)]


def test_of_a_judge_that_compares_word_for_word_only_the_true_ones_are_told() -> None:
    found = {rate.kind: (rate.share, rate.n) for rate in told([CLAIM] * 3, word_for_word)}
    assert found == {
        kind: (float(kind == TRUE), 3) for kind in (TRUE, "date", "negation", PARAGRAPH)
    }


def test_of_a_judge_that_accepts_nothing_none_are_told_and_all_are_counted() -> None:
    found = {rate.kind: (rate.share, rate.n) for rate in told([CLAIM], lambda *_: Verdict.PARTLY)}
    assert found == {kind: (0.0, 1) for kind in (TRUE, "date", "negation", PARAGRAPH)}
