from hypothesis import given
from hypothesis import strategies as st

from rag.compose import Composed, compose
from rag.match import Match, Span
from rag.types import AnswerSentence, Citation, Verdict
from tests.rag.checks import MARK, PROPERTY
from tests.rag.fakes import paragraph

FIRST = paragraph("One is first.", "Two is next.", path="a.txt", start=10)
OTHER = paragraph("Three is other.", path="b.txt")
SPANS = [Span(p, s.start, s.end) for p in (FIRST, OTHER) for s in p.sentences]
ONE, TWO, THREE = SPANS


def borne_out(*spans: Span, verdict: Verdict = Verdict.SUPPORTED) -> Match:
    return Match(verdict, spans, 0.9)


UNBORNE = Match(Verdict.UNSUPPORTED, (), 0.1)


def test_spans_are_numbered_in_the_order_they_appear_and_once_each() -> None:
    made = compose(
        [
            ("B.", borne_out(THREE)),
            ("A.", borne_out(ONE, THREE, verdict=Verdict.PARTLY)),
            ("C.", borne_out(TWO)),
        ]
    )
    assert made.text == "B. [1] A. [2][1] C. [3]"
    assert made.sentences == (
        AnswerSentence("B.", (1,), Verdict.SUPPORTED),
        AnswerSentence("A.", (2, 1), Verdict.PARTLY),
        AnswerSentence("C.", (3,), Verdict.SUPPORTED),
    )
    assert made.citations == (
        Citation(1, OTHER, 0, 15),
        Citation(2, FIRST, 10, 23),
        Citation(3, FIRST, 24, 36),
    )
    assert [c.quote for c in made.citations] == [
        "Three is other.",
        "One is first.",
        "Two is next.",
    ]


def test_what_nothing_bears_out_is_left_out_and_takes_no_number() -> None:
    made = compose([("Invented.", UNBORNE), ("True.", borne_out(ONE))])
    assert made.text == "True. [1]"
    assert compose([("Invented.", UNBORNE)]) == Composed("", (), ())


def test_words_of_a_source_stand_in_quotation_marks_after_the_sentences() -> None:
    made = compose([("A.", borne_out(ONE))], [("One is first [7].", borne_out(ONE))])
    assert made.text == "A. [1] “One is first.” [1]"
    assert [s.quotation for s in made.sentences] == [False, True]
    assert len(made.citations) == 1


def test_a_year_in_brackets_is_no_mark_of_a_citation() -> None:
    made = compose([("See Garside [2024] EWHC 118 [3].", borne_out(ONE))])
    assert made.text == "See Garside [2024] EWHC 118. [1]"


@PROPERTY
@given(st.lists(st.lists(st.sampled_from(SPANS), max_size=3, unique=True), max_size=6))
def test_marks_and_citations_agree_both_ways(spans: list[list[Span]]) -> None:
    made = compose([("Said.", borne_out(*each) if each else UNBORNE) for each in spans])
    marks = [int(n) for n in MARK.findall(made.text)]
    assert marks == [n for sentence in made.sentences for n in sentence.citations]
    assert [c.number for c in made.citations] == list(range(1, len(made.citations) + 1))
    assert set(marks) == {c.number for c in made.citations}
