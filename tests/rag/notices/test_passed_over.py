import pytest

from index.types import Paragraph
from rag.checking.source_words import MOST_WORDS
from rag.extract import RankedSentence
from rag.match import Match, Span
from rag.notices.passed_over import BETTER_BY, passed_over
from rag.types import Verdict
from tests.rag.fakes import paragraph

ASKED = "How many times did plague occur in Venice?"
BEST = "Plague occurred in Venice 22 times\nbetween 1361 and 1528."
LESSER = "The plague of 1576 killed 50,000 in Venice."
VENICE = paragraph(BEST, LESSER, "Venice had no plague later.", path="venice.txt")


def ranked(*scores: float, source: Paragraph = VENICE) -> list[RankedSentence]:
    """The sentences of ``source`` with these scores, best first."""
    pairs = zip(source.sentences, scores, strict=False)
    return sorted((RankedSentence(source, s, score) for s, score in pairs), key=lambda r: -r.score)


def answer(
    place: int = 1, text: str = LESSER, source: Paragraph = VENICE
) -> list[tuple[str, Match]]:
    sentence = source.sentences[place]
    span = Span(source, sentence.start, sentence.end)
    return [(text, Match(Verdict.SUPPORTED, (span,), 0.9))]


def test_the_best_sentence_is_quoted_beside_an_answer_from_a_lesser_one() -> None:
    [(words, match)] = passed_over(ASKED, ranked(9, 9 - BETTER_BY, 1), answer())
    assert words == BEST.replace("\n", " ")
    assert [span.text for span in match.spans] == [BEST]
    assert match.verdict is Verdict.SUPPORTED


def test_an_answer_from_the_best_sentence_or_one_near_it_stays_alone() -> None:
    assert passed_over(ASKED, ranked(9, 5, 1), answer(0)) == []
    assert passed_over(ASKED, ranked(9, 9.1 - BETTER_BY, 1), answer()) == []
    # The best of several sentences cited counts.
    assert passed_over(ASKED, ranked(9, 5, 1), answer(1) + answer(0)) == []


def test_what_leads_in_to_others_is_not_quoted_without_them() -> None:
    source = paragraph(BEST.replace(".", ":"), LESSER, path="venice.txt")
    assert passed_over(ASKED, ranked(9, 1, source=source), answer(source=source)) == []


def test_a_sentence_without_what_was_asked_for_is_not_quoted() -> None:
    assert passed_over(ASKED, ranked(5, 1, 9), answer()) == []


def test_a_sentence_with_fewer_words_of_the_question_is_not_quoted() -> None:
    asked = "How many did the plague of 1576 kill in Venice?"
    assert passed_over(asked, ranked(9, 1, 1), answer()) == []


@pytest.mark.parametrize(("words_more", "quoted"), [(2, True), (3, False)])
def test_so_many_words_of_the_question_more_may_be_wanted(words_more: int, quoted: bool) -> None:
    # "Times" and "occur".
    found = passed_over(ASKED, ranked(9, 1, 1), answer(), words_more=words_more)
    assert bool(found) == quoted


@pytest.mark.parametrize("spare", [0, 1])
def test_both_together_stay_within_forty_words(spare: int) -> None:
    text = "word " * (MOST_WORDS - len(BEST.split()) + spare)
    assert bool(passed_over(ASKED, ranked(9, 1, 1), answer(text=text))) == (spare == 0)


def test_without_a_citation_or_a_sentence_found_nothing_is_added() -> None:
    assert passed_over(ASKED, ranked(9, 1, 1), [("No.", Match(Verdict.UNSUPPORTED, (), 0))]) == []
    assert passed_over(ASKED, [], answer()) == []
    elsewhere = paragraph("Nothing of it.", path="other.txt")
    assert passed_over(ASKED, ranked(9, 1, 1), answer(0, source=elsewhere)) == []


def test_a_row_is_not_quoted_beside_what_another_one_says() -> None:
    table = paragraph("town | year | plagues", "Venice | 1576 | 2", "Elm | 1601 | 1")
    _, cited, best = table.sentences
    rows = [RankedSentence(table, best, 9.0), RankedSentence(table, cited, 5.0)]
    assert passed_over("How many plagues were there?", rows, answer(1, "2.", table)) == []
