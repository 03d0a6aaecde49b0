import pytest

from rag.match import Span
from tests.rag.fakes import paragraph

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
