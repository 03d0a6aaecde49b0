import pytest

from index.types import Paragraph
from rag.checking.source_words import MOST_WORDS, SHORT_WORDS, source_words
from rag.match import Match, Span
from rag.types import Verdict
from tests.rag.fakes import paragraph

SENTENCE = "Carolina gave up 308 points in the season, ranking sixth in the league."
SOURCE = paragraph(SENTENCE, "Nobody else did.", path="a.txt")
LONG = paragraph(f"Carolina gave up 308 points, {'and so on ' * 12}as everybody in town said.")


def found(*places: int, source: Paragraph = SOURCE, verdict: Verdict = Verdict.SUPPORTED) -> Match:
    spans = tuple(Span(source, source.sentences[i].start, source.sentences[i].end) for i in places)
    return Match(verdict, spans, 0.9)


@pytest.mark.parametrize("verdict", [Verdict.SUPPORTED, Verdict.PARTLY])
def test_a_short_answer_is_given_the_words_of_its_source(verdict: Verdict) -> None:
    [(words, match)] = source_words([("It was 308 points.", found(0, verdict=verdict))])
    assert words == SENTENCE
    assert match == Match(Verdict.SUPPORTED, found(0).spans, 1.0)


def test_words_on_several_lines_are_quoted_on_one() -> None:
    own = paragraph("Carolina gave up\n308 points in the whole season, it says.")
    match = Match(Verdict.SUPPORTED, (Span(own, 0, len(own.text)),), 0.9)
    [(words, _)] = source_words([("308 points.", match)])
    assert words == "Carolina gave up 308 points in the whole season, it says."


def test_what_nothing_bears_out_does_not_count_as_a_sentence() -> None:
    unborne = Match(Verdict.UNSUPPORTED, (), 0.1)
    assert source_words([("Invented.", unborne), ("It was 308 points.", found(0))])
    assert source_words([("Invented.", unborne)]) == []
    assert source_words([]) == []


def test_an_answer_that_says_the_same_is_left_alone() -> None:
    said = "Carolina gave up 308 points in the season, ranking sixth."
    assert source_words([(said, found(0))]) == []


def test_where_more_is_told_is_no_news() -> None:
    text = "The bridge fell (see the appendix “Why did the old stone bridge fall?” for more)."
    assert source_words([("The bridge fell.", found(0, source=paragraph(text)))]) == []


def test_two_sentences_or_two_sources_are_left_alone() -> None:
    assert source_words([("It was 308.", found(0)), ("Nobody did.", found(1))]) == []
    assert source_words([("It was 308.", found(0, 1))]) == []


def test_a_long_answer_is_left_alone() -> None:
    short = " ".join(["word"] * SHORT_WORDS)
    assert source_words([(short, found(0))])
    assert source_words([(f"{short} more", found(0))]) == []


def test_a_long_sentence_of_the_source_is_not_repeated() -> None:
    assert len(LONG.text.split()) > MOST_WORDS
    assert source_words([("It was 308.", found(0, source=LONG))]) == []
