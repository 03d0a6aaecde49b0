"""Another document's date or amount in the place of the one that an answer gives."""

from collections.abc import Sequence

import pytest

from index.types import Paragraph, Sentence
from rag.extract import RankedSentence
from rag.match import Match, Span, verbatim
from rag.notices.other_values import FITS, other_value_notice, other_values
from tests.timing import thread_s

COST = "How much did the bridge cost?"
OPENED = "When was the bridge opened?"


def ranked(path: str, text: str, score: float = 0.0) -> RankedSentence:
    sentence = Sentence(0, 0, len(text), text)
    paragraph = Paragraph(f"{path}#1", path, 1, 0, len(text), text, sentences=(sentence,))
    return RankedSentence(paragraph, sentence, score)


def told(one: RankedSentence) -> list[tuple[str, Match]]:
    text = one.sentence.text
    return [(text, verbatim(Span(one.paragraph, 0, len(text))))]


def others(question: str, first: RankedSentence, *more: RankedSentence) -> Sequence[str]:
    every = [first, *more]
    texts = {one.paragraph.path: one.sentence.text for one in every}
    found = other_values(question, told(first), every, texts.__getitem__)
    assert all(other.contradicts and cited.text == first.sentence.text for cited, other in found)
    return [other.span.text for _, other in found]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (COST, "The final cost was £14.2 million.", "The account was closed at £15.8 million."),
        (COST, "It came to $900 thousand in the end.", "The bill was $1,200,000."),
        ("What is the length of the bridge?", "It is 184 m long.", "It measures 196 metres."),
        ("How long was it closed?", "It was shut for 14 months.", "It was shut for 9 months."),
        (OPENED, "It opened on 18 September 2021.", "All saw the opening on 25 September."),
        (OPENED, "It was opened in April 2017.", "The opening was in January 2016."),
        ("When was it lifted?", "It was lifted on 15 March.", "16 March: it is lifted."),
        ("In what year was it built?", "It was built in 1874.", "An iron bridge, built in 1879."),
    ],
)
def test_another_value_of_what_was_asked_is_found(question: str, one: str, other: str) -> None:
    assert others(question, ranked("a.txt", one), ranked("b.txt", other)) == [other]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        pytest.param(
            COST, "It cost £14.2 million.", "It cost £14,200,000.", id="written otherwise"
        ),
        pytest.param(COST, "It cost $1.5bn.", "It cost $1.5 billion.", id="shortened"),
        pytest.param(COST, "It cost $2M.", "It cost $2,000,000.", id="one letter"),
        pytest.param(COST, "It cost €5.5 million.", "It cost €5,5 million.", id="decimal comma"),
        pytest.param(COST, "It cost €1,500.", "It cost €1 500.", id="parted by a blank"),
        pytest.param(COST, "It cost €1,500.", "It cost €1.500,00.", id="parted by a point"),
        pytest.param(COST, "It cost €1,500.", "It cost €1.500.", id="thousand or one and a half"),
        pytest.param(COST, "It cost £412.", "It cost about £400.", id="roughly the same"),
        pytest.param(COST, "It cost £412.", "It has 300 arches.", id="another unit"),
        pytest.param(COST, "It cost £412.", "It cost a great deal.", id="no amount"),
        pytest.param("Who built it?", "Ann built it for £1.", "Bob built it for £2.", id="a name"),
        pytest.param(
            "When was the notice lifted?",
            "The notice was lifted on 15 March.",
            "11 March: the notice is issued.",
            id="another event",
        ),
        pytest.param(OPENED, "It opened on 18 September 2021.", "It opened in 2021.", id="vaguer"),
        pytest.param(
            "What was the cost in 2022?",
            "It cost £412 in 2022.",
            "In 2021 it cost £300.",
            id="year",
        ),
    ],
)
def test_what_agrees_or_is_of_something_else_is_left_alone(
    question: str, one: str, other: str
) -> None:
    assert others(question, ranked("a.txt", one), ranked("b.txt", other)) == []


def test_a_document_does_not_contradict_itself() -> None:
    one, other = ranked("a.txt", "It cost £412."), ranked("a.txt", "It cost £300.")
    assert others(COST, one, other) == []


def test_what_fits_far_worse_may_be_of_something_else() -> None:
    first = ranked("a.txt", "It cost £412.", FITS + 1)
    assert others(COST, first, ranked("b.txt", "It cost £300.")) == []


@pytest.mark.parametrize("path", ["a.txt", "b.txt"])
def test_a_document_that_has_both_values_tells_of_two_things(path: str) -> None:
    one, other = ranked("a.txt", "It cost £412."), ranked("b.txt", "The plan cost £300.")
    texts = {"a.txt": "It cost £412.", "b.txt": "The plan cost £300."}
    texts[path] = "The plan cost £300. It cost £412."
    assert other_values(COST, told(one), [one, other], texts.__getitem__) == []


def test_the_notice_names_both_documents_and_their_dates() -> None:
    one, other = ranked("a.txt", "It cost £412."), ranked("b.txt", "It cost £300.")
    found = other_values(COST, told(one), [one, other], {"a.txt": "", "b.txt": ""}.__getitem__)
    notice = other_value_notice(found, {"b.txt": "2021-05-03"})
    assert notice == "The sources seem to disagree, both are given: a.txt, b.txt (2021-05-03)."
    assert other_value_notice([], {}) == ""


def test_a_document_full_of_numbers_is_compared_at_once() -> None:
    one, other = ranked("a.txt", "There are 12 boats."), ranked("b.txt", "There are 14 boats.")
    full = "12 boats and then some words; " * 4000

    def compare() -> None:
        other_values("How many boats are there?", told(one), [one, other], lambda path: full)

    assert thread_s(compare, times=1) < 5
