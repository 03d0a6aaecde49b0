"""What a question takes for granted and its sources have otherwise, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Paragraph
from rag.extract import RankedSentence
from rag.match import Span
from rag.notices.premises import Contradiction, contradicted_by, contradicted_nearby, contradiction
from rag.types import Citation
from tests.rag.checks import PROPERTY
from tests.rag.fakes import paragraph

BEGAN = "In 2000 the network began a campaign."


def spans(*sentences: str, source: Paragraph | None = None) -> list[Span]:
    source = source or paragraph(*sentences)
    return [Span(source, s.start, s.end) for s in source.sentences]


def otherwise(question: str, *sentences: str) -> str | None:
    found = contradiction(question, spans(*sentences))
    return found.asked if found else None


def test_a_paragraph_on_another_of_its_kind_says_nothing_of_the_one_asked_for() -> None:
    source = paragraph("Release 4.0 came in spring.", "It dropped two ports.")
    second = spans(source=source)[1:]
    question = "What did Release 6 drop?"
    assert contradiction(question, second) == Contradiction("Release 6", second[0])
    both = [*second, *spans("It dropped one port.")]
    assert contradiction(question, both) is None
    assert contradiction("What did Release 4 drop?", second) is None


@pytest.mark.parametrize(
    ("question", "source", "wrong"),
    [
        ("What did the network begin in 2001?", BEGAN, "2001"),
        ("What opened in 2020?", "The hall with seats from 4 firms opened. In 2019.", "2020"),
        ("What did they agree on Monday?", "On Sunday they agreed to go.", "Monday"),
        ("What opened in June 1932?", "In May 1932 the bridge opened.", "June"),
        (
            "Who led in the first 7 years?",
            "Ann Lee led in the first 15 years.",
            "7 years",
        ),
        ("Who led for seven years?", "Ann Lee led for 15 years.", "seven years"),
        ("What is done when it blinks three times?", "It blinks twice if dirty.", "three times"),
        ("Who flew on Apollo 21?", "Grissom flew on Apollo 1.", "Apollo 21"),
        (
            "Who won Super Bowl XXXIV?",
            "The Broncos won Super Bowl XXXIII.",
            "Super Bowl XXXIV",
        ),
        (
            "Who was Elizabeth II?",
            "A queen, Elizabeth I was tall.",
            "Elizabeth II",
        ),
        ("Who was ill in London in 1604?", "In 1593 and 1603 London was ill.", "1604"),
        ("What is Release 7 called?", "Release 6.0 is called Hen.", "Release 7"),
    ],
)
def test_a_time_or_number_in_the_place_of_another_is_found(
    question: str, source: str, wrong: str
) -> None:
    assert otherwise(question, source) == wrong


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What did the network begin in 2000?", BEGAN),
        ("What was the revenue in 2020?", "Revenue rose to €5m, from €4 million in 2019."),
        ("What was the share in 2020?", "The share was 5%, against 4% of men in May 2019."),
        ("What did the firm open in 2020?", "In 2019/20 the firm opened a plant."),
        ("What opened on 3 May 2020?", "Since 2019 it was built, and on 03.05.2020 it opened."),
        pytest.param("What did the network begin?", BEGAN, id="nothing taken for granted"),
        pytest.param("What began in 2001?", "The network began a campaign.", id="no other"),
        pytest.param("Was it in 2000 or 2001?", BEGAN, id="a choice"),
        pytest.param("What began after 1999?", BEGAN, id="a bound of the question"),
        pytest.param("Who led in 2005?", "Since 2000 Ann has led.", id="a bound of the source"),
        pytest.param("Who led in 2005?", "From 2000 to 2010 Ann led.", id="between two"),
        pytest.param("Who led in 2005?", "Ann led in 2000–2010.", id="in a range"),
        pytest.param(
            "Who was ill in 1602?", "In 1593 and 1603 he was ill.", id="between two years"
        ),
        pytest.param("Who sang in the 1970s?", "In 1974 Ann sang.", id="a decade"),
        pytest.param("Who sang in the 1970's?", "In 1974 Ann sang.", id="a decade's"),
        pytest.param("How wide was it in 2010?", "It was wider than in 2005.", id="compared"),
        pytest.param("How wide was it in 2010?", "9 m, compared to 8 m in 2005.", id="compared to"),
        pytest.param("Who won the Seven Years War?", "It took six years.", id="a name"),
        pytest.param("Who has 7 boats?", "Ann has 15 crews.", id="of something else"),
        pytest.param("What if it blinks two times?", "If it blinks twice, pull.", id="as a word"),
        pytest.param("Who may come in June?", "Ann may come.", id="a word like a month"),
    ],
)
def test_what_may_be_as_the_question_says_contradicts_nothing(question: str, source: str) -> None:
    assert otherwise(question, source) is None


def test_one_source_that_has_it_is_enough() -> None:
    asked = "What did the network begin in 2001?"
    assert otherwise(asked, BEGAN, "In 2001 it ended.") is None


def test_a_heading_may_tell_the_year() -> None:
    source = paragraph(BEGAN, headings=("Reports of 2001",))
    assert contradiction("What began in 2001?", spans(source=source)) is None


def test_the_columns_of_a_row_may_tell_the_year_and_amounts_are_none() -> None:
    table = paragraph("item | 2024 | 2023", "revenue | 1,234 | 1,850")
    rows = [Span(table, s.start, s.end) for s in table.sentences[1:]]
    assert contradiction("What was the revenue in 2024?", rows) is None
    assert contradiction("What was the revenue in 2022?", rows) is None


def test_the_whole_sentence_of_a_citation_counts() -> None:
    source = paragraph("In 2001, after a pause, the network began a campaign.")
    start = source.text.index("the network")
    cited = [Citation(1, source, start, start + 10)]
    assert contradicted_by("What did the network begin in 2001?", cited) is None
    found = contradicted_by("What did the network begin in 2003?", cited)
    assert found == Contradiction("2003", *spans(source=source))


def test_of_sentences_found_only_one_about_most_of_the_question_corrects_it() -> None:
    source = paragraph("The harbour was dug in 1850.", BEGAN)
    ranked = [RankedSentence(source, s, 1.0) for s in source.sentences]
    asked = "What campaign did the network begin in 2001?"
    found = contradicted_nearby(asked, ranked)
    assert found is not None
    assert found.span.text == BEGAN
    assert contradicted_nearby("Which minister cut taxes for farmers in 2001?", ranked) is None
    told = paragraph("In 2001 the network did campaign once more.")
    both = [*ranked, RankedSentence(told, told.sentences[0], 0.5)]
    assert contradicted_nearby(asked, both) is None
    assert contradicted_nearby(asked, []) is None


@PROPERTY
@given(st.text(max_size=80), st.text("In 2019 May 3 boats.", min_size=1, max_size=60))
def test_no_text_breaks_it_and_what_it_names_is_of_the_question(question: str, source: str) -> None:
    found = contradiction(question, spans(source))
    assert found is None or found.asked in question
