import pytest

from rag.checking.excerpt import as_quotation
from rag.match import Span
from tests.rag.fakes import paragraph
from tests.timing import thread_s

MEDALS = paragraph(
    "nation | gold | silver", "Norland | 24 | 13", "South Elm | 10 | 15", path="games.csv"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- salted  fish\n  and grain", "salted fish and grain"),
        ("• salted fish", "salted fish"),
        ("2. Salt the fish.", "2. Salt the fish."),
        ("-5 degrees", "-5 degrees"),
    ],
)
def test_what_is_quoted_of_an_item_has_no_bullet(text: str, words: str) -> None:
    item = paragraph(text)
    whole = Span(item, item.start, item.end)
    assert whole.words == words
    assert whole.text == text


def test_rows_are_quoted_with_the_names_of_their_columns_and_without_their_header() -> None:
    row, whole = MEDALS.sentences[2], "nation: South Elm; gold: 10; silver: 15"
    assert Span(MEDALS, row.start, row.end).words == whole
    all_rows = Span(MEDALS, MEDALS.start, MEDALS.end).words
    assert all_rows == f"nation: Norland; gold: 24; silver: 13 / {whole}"


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        ("Dr Nair: Every day.", "Dr Nair: … I live in Eastfield."),
        ("Cllr Bewley: Every day.", "Cllr Bewley: … I live in Eastfield."),
        ("The Mayor: Order.", "The Mayor: … I live in Eastfield."),
        ("Method: It was boiled.", "I live in Eastfield."),
        ("NOTE: It was boiled.", "I live in Eastfield."),
        ("RESULTS: Half agreed.", "I live in Eastfield."),
        ("Judge: Overruled.\nBob Smith: I am here.", "I live in Eastfield."),
        ("Chair: Ann Lee\nSecretary: Kim Fox\nIt was raised.", "I live in Eastfield."),
        ("She told us this: every day.", "I live in Eastfield."),
    ],
)
def test_the_middle_of_a_turn_is_quoted_with_who_says_it(turn: str, words: str) -> None:
    said = paragraph(turn, "I live in Eastfield.")
    first, second = (Span(said, s.start, s.end) for s in said.sentences)
    assert second.words == words
    assert second.text == "I live in Eastfield."
    assert first.words == " ".join(turn.split())


def test_of_two_turns_in_one_paragraph_the_one_that_says_it_is_named() -> None:
    said = paragraph("JIMENEZ: Do you drink it?\n\nNAIR: Every day.", "I live in Eastfield.")
    second = said.sentences[1]
    assert Span(said, second.start, second.end).words == "NAIR: … I live in Eastfield."


def test_a_part_of_what_somebody_says_is_marked_once() -> None:
    said = paragraph("Dr Nair: Every day.", "In the flood, which came at night, we left.")
    whole = Span(said, said.sentences[1].start, said.sentences[1].end)
    part = Span(said, whole.start + len("In the flood, "), whole.end)
    assert as_quotation(part, whole) == "“Dr Nair: … which came at night, we left.”"


@pytest.mark.parametrize("endless", ["A" * 50_000, "A. " * 20_000, "AB\n" * 20_000])
def test_text_without_end_is_told_from_turns_at_once(endless: str) -> None:
    said = paragraph(endless, "It is.")
    last = said.sentences[-1]
    assert thread_s(lambda: Span(said, last.start, last.end).words, times=1) < 1
