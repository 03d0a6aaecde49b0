import pytest

from index.readers import UnreadableError, read
from index.types import Metadata
from tests.index.cutting import shown
from tests.index.documents import JSON

LONG = "The harbour master decides on berths. " * 10


def test_a_small_json_file_is_one_paragraph_of_named_values() -> None:
    assert shown("a.json", JSON.encode()) == [
        (
            (),
            "",
            "title: Harbour\ndate: 2024-05-03\nitems.0.name: Fish\nitems.0.tags: salted, dried\n"
            "items.1.name: Rope\nitems.1.by.who: Jane",
        )
    ]
    assert read("a.json", JSON.encode()).metadata == Metadata(
        "Harbour", "", "", "2024-05-03", "metadata"
    )


def test_records_of_a_list_are_paragraphs_at_their_pointers() -> None:
    content = f'[{{"a/b": 1, "text": "{LONG}"}}, {{"a": [true, null, 2.5]}}, "plain"]'
    assert shown("a.json", content.encode()) == [
        ((), "/0", "a/b: 1"),
        ((), "/0/text", LONG.strip()),
        ((), "/1", "a: true, 2.5"),
        ((), "", "plain"),
    ]


def test_a_large_object_is_walked_into() -> None:
    fields = ", ".join(f'"key {i}": "{"value " * 10}"' for i in range(30))
    places = [place for _, place, _ in shown("a.json", f'{{"x~y": {{{fields}}}}}'.encode())]
    assert set(places) == {"/x~0y"}
    assert len(places) == 2


def test_json_lines_name_their_line() -> None:
    content = f'{{"q": "Who?"}}\n\n{{"q": "When?", "text": "{LONG}"}}\n'
    for name in ("a.jsonl", "a.ndjson", "a.json"):
        assert shown(name, content.encode()) == [
            ((), "line 1", "q: Who?"),
            ((), "line 3", "q: When?"),
            ((), "line 3, /text", LONG.strip()),
        ]


STAFF = """[{"name": "Priya Rao", "pay": {"salary": 41200}}, {"name": "Tom Kruse", "pay":
    {"salary": 28900}}, {"name": "Ann Lee", "pay": {"salary": null}}]"""
AS_TABLE = "name | pay.salary\nPriya Rao | 41200\nTom Kruse | 28900\nAnn Lee"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (STAFF, [((), "/0 – /2", AS_TABLE)]),
        (
            f'{{"year": 2026, "staff": {STAFF}}}',
            [((), "", "year: 2026"), ((), "/staff/0 – /staff/2", AS_TABLE)],
        ),
        (
            '{"q": "Who?", "n": 1}\n\n{"q": "When?", "n": 2.50}\n',
            [((), "lines 1-3", "q | n\nWho? | 1\nWhen? | 2.50")],
        ),
    ],
)
def test_records_of_the_same_short_fields_are_rows_of_a_table(
    content: str, found: list[object]
) -> None:
    assert shown("a.json", content.encode()) == found


@pytest.mark.parametrize(
    "content",
    [
        '[{"a": 1, "b": 2}, {"c": 3, "d": 4}]',
        '[{"a": 1}, {"a": 2}]',
        '[{"a": 1, "b": 2}, 3]',
        f'[{{"a": 1, "b": 2}}, {{"a": 1, "b": "{LONG}"}}]',
        str([{f"k{i}": i for i in range(31)}] * 2).replace("'", '"'),
    ],
)
def test_other_records_are_paragraphs_of_named_values(content: str) -> None:
    assert all(" | " not in text for _, _, text in shown("a.json", content.encode()))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"a": ', "not JSON: Expecting value"),
        (b'{"a": 1}\n{"a": \n', "not JSON: line 2: Expecting value"),
        (b"[" * 100_000, "nested deeper than 100 levels"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "nested deeper than 100 levels"),
        (b"9" * 5_000, "not JSON"),
    ],
)
def test_what_is_no_json_fails_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read("a.json", content)


def test_halves_of_characters_do_not_break_the_text() -> None:
    assert shown("a.json", b'{"a": "x \\ud83d y \\ud83d\\ude00"}') == [((), "", "a: x y 😀")]


def test_halves_of_characters_in_a_key_do_not_break_its_place() -> None:
    content = f'{{"a \\ud83d": {{"b": "{LONG}"}}}}'
    assert shown("a.json", content.encode()) == [((), "/a/b", LONG.strip())]


def test_numbers_stand_as_they_were_written() -> None:
    content = b'{"price": 1.10, "mass": 6.02E23, "none": -0.0, "count": 7, "date": 2024.05}'
    text = "price: 1.10\nmass: 6.02E23\nnone: -0.0\ncount: 7\ndate: 2024.05"
    for name in ("a.json", "a.jsonl"):
        assert [words for _, _, words in shown(name, content)] == [text]
        assert read(name, content).metadata == Metadata()
