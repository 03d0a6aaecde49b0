"""Gold files as CSV: what spreadsheets save, and what is wrong with a row."""

from pathlib import Path

import pytest

from eval.gold.among import is_gold, quoted_documents
from eval.gold.items import Evidence
from eval.gold.load import load_gold
from eval.gold.spreadsheet import parse_csv, parse_file
from tests.eval.fakes import TEXTS, corpus_of

HEAD = "id,question,answers,path,quote,answerable,tags"
ROWS = f"""{HEAD}
a,When was it opened?,1932|in 1932,bridges.txt,opened in 1932,,bridge|date
a,,,bridges.txt,four lanes,,
,"Who, then, designed it?",,,,no,
"""


@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode(),
        ROWS.replace("\n", "\r\n").encode("utf-8-sig"),
        ROWS.replace("Who, then,", "Who then").replace(",", ";").encode(),
        ROWS.replace('"Who, then, designed it?"', "Who designed it?")
        .replace(",", "\t")
        .encode("utf-16"),
    ],
    ids=["commas", "mark and CRLF", "semicolons", "UTF-16 with tabs"],
)
def test_what_spreadsheets_save_is_read(data: bytes) -> None:
    [(first, a, wrong), (third, b, also_wrong)] = parse_csv(data)
    assert (first, third, wrong, also_wrong) == (2, 4, [], [])
    assert a is not None
    assert b is not None
    assert (a.id, a.answers, a.answerable) == ("a", ("1932", "in 1932"), True)
    assert a.tags == ("bridge", "date")
    assert a.evidence == (
        Evidence("bridges.txt", "opened in 1932"),
        Evidence("bridges.txt", "four lanes"),
    )
    assert b.question.endswith("designed it?")
    assert (b.answerable, b.answers, b.evidence) == (False, (), ())
    assert b.id.startswith("who-")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("question,answer,path,quote\n", 1, 'there is no column "answers"; a first row names'),
        (f"{HEAD},remark\n", 1, 'there is no use for a column "remark"'),
        (f"{HEAD},quote\n", 1, 'the column "quote" is there twice'),
        (f"{HEAD}\na,Why?,so,b.txt,,,\n", 2, "a quote is empty"),
        (f"{HEAD}\na,Why?,so,,words,,\n", 2, 'the path of the quote "words" lacks'),
        (f"{HEAD}\na,Why?,,b.txt,words,,\n", 2, "answerable, but answers is empty"),
        (f"{HEAD}\n\na,Why?,so,b.txt,x,maybe,\n", 3, '"maybe" is neither yes nor no'),
        (f"{HEAD}\n,,so,b.txt,x,,\n", 2, "question is empty"),
        (f"{HEAD}\na,Why?,so,b.txt,x,,,more\n", 2, '"more" stands behind the last column'),
        (f"{HEAD}\na,Why?,so,b.txt,x,,\na,How?,,b.txt,y,,\n", 2, "line 3: id"),
        (f'{HEAD}\na,"Why?" not,so,b.txt,x,,\n', 2, "not a row of CSV"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_line_and_reason(
    text: str, line: int, reason: str
) -> None:
    told = [(at, why) for at, _, reasons in parse_csv(text.encode()) for why in reasons]
    assert [at for at, _ in told if at != line] == []
    assert any(reason in why for _, why in told)


def test_text_that_is_not_utf_8_is_told_with_what_to_do() -> None:
    [(line, item, [reason])] = parse_csv(f"{HEAD}\na,Où?".encode("cp1252"))
    assert (line, item) == (2, None)
    assert "save the sheet as “CSV UTF-8”" in reason


def test_a_csv_file_is_measured_with_and_is_no_document(tmp_path: Path) -> None:
    gold = tmp_path / "gold.csv"
    gold.write_text(ROWS, encoding="utf-8")
    items = load_gold(gold, corpus_of(TEXTS)).items
    assert [len(found.quote_paragraphs) for found in items] == [2, 0]
    assert is_gold(gold)
    assert quoted_documents(gold) == {"bridges.txt"}
    prices = tmp_path / "prices.csv"
    prices.write_text("question,price\nmine,3\n", encoding="utf-8")
    assert not is_gold(prices)
    assert [item for _, item, _ in parse_file(prices)] == [None]
