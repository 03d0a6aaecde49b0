"""Tables in text kept as it stands: cut into groups of rows that carry the header beside them."""

import re

import pytest

from index.lines import lines_of
from index.readers import read
from index.text_tables import is_header, is_rule, row_groups
from tests.index.corpora import Library
from tests.index.cutting import cut, paragraphs_of, shown

HEADER = "| Name | Price |\n|------|------:|"


def table(rows: int, header: str = HEADER) -> str:
    return "\n".join([header, *(f"| item {n} | {n} |" for n in range(1, rows + 1))])


def test_a_table_of_twenty_rows_stays_one_paragraph() -> None:
    assert shown("a.md", f"# Goods\n\n{table(20)}\n".encode()) == [(("Goods",), "", table(20))]


def test_a_longer_one_is_cut_into_groups_that_carry_the_header() -> None:
    rows = table(45).splitlines()
    assert shown("a.md", f"# Goods\n\n{table(45)}\n\nText.".encode()) == [
        (("Goods",), "rows 2-21", "\n".join(rows[:22])),
        (("Goods", "Name | Price"), "rows 22-41", "\n".join(rows[22:42])),
        (("Goods", "Name | Price"), "rows 42-46", "\n".join(rows[42:])),
        (("Goods",), "", "Text."),
    ]


def test_offsets_stay_those_of_the_file() -> None:
    text = f"Before.\r\n\r\n{table(45)}".replace("\n", "\r\n").replace("\r\r", "\r")
    paragraphs = paragraphs_of("a.md", text.encode())
    assert read("a.md", text.encode()).text == text
    assert len(paragraphs) == 4
    assert all(text[p.start : p.end] == p.text for p in paragraphs)
    rows = [s.text for p in paragraphs[1:] for s in p.sentences]
    assert rows == text.split("\r\n")[2:]


def test_rows_of_many_words_make_smaller_groups() -> None:
    rows = [f"| {n} | {'word ' * 80}|" for n in range(1, 5)]
    found = shown("a.md", "\n".join([HEADER, *rows]).encode())
    assert [place for _, place, _ in found] == ["rows 2-3", "rows 4-5"]


@pytest.mark.parametrize("rule", ["", "----\t-----\n"])
def test_a_table_of_plain_text_is_cut_alike(rule: str) -> None:
    rows = [f"item {n}\t{n}" for n in range(1, 31)]
    text = f"Name\tPrice\n{rule}" + "\n".join(rows)
    first, second = shown("a.txt", text.encode())
    assert first == ((), "rows 2-21", f"Name\tPrice\n{rule}" + "\n".join(rows[:20]))
    assert second == (("Name | Price",), "rows 22-31", "\n".join(rows[20:]))


def test_without_names_of_columns_no_header_is_made_up() -> None:
    rows = [f"{n}\t{n * n}" for n in range(1, 31)]
    assert [(path, place) for path, place, _ in shown("a.txt", "\n".join(rows).encode())] == [
        ((), "rows 1-20"),
        ((), "rows 21-30"),
    ]


def test_a_header_beyond_measure_is_not_carried() -> None:
    long = f"| {'x' * 600} | b |\n|---|---|"
    assert [path for path, _, _ in shown("a.md", table(30, long).encode())] == [(), ()]


def test_long_lines_with_tabs_are_paragraphs_and_no_table() -> None:
    lines = [f"{n}.{n}\t" + "The ship sails. It carries fish. " * 10 for n in range(1, 4)]
    found = paragraphs_of("a.txt", "\n".join(lines).encode())
    assert [p.text for p in found] == [line.strip() for line in lines]
    assert all(len(p.sentences) > 10 for p in found)


def test_a_row_far_down_is_found_by_the_name_of_its_column(library: Library) -> None:
    rows = "\n".join(f"| {n} | {n % 7} |" for n in range(1, 60))
    library.write("a.md", f"| Vessel | Masts |\n|---|---|\n{rows}\n")
    library.sync()
    with library.opened() as store:
        found = store.catalog.paragraphs_by_id(store.catalog.full_text.bm25('"masts"', top=10))
    assert sorted(p.location for p in found.values()) == ["rows 2-21", "rows 22-41", "rows 42-60"]


def test_cells_of_nothing_but_digits_or_strokes_are_read_however_long() -> None:
    digits, strokes = "1" * 100_000, "-" * 100_000
    assert not is_header(["a", digits])
    assert is_header(["a", f"{digits}x"])
    assert is_rule(f"|{strokes}|")
    assert not is_rule(f"|{strokes}x")


@pytest.mark.parametrize("cell", ["-1", "(1,234.50)", "$ .5", "12%", "1 000'000"])
def test_a_number_is_no_name_of_a_column(cell: str) -> None:
    assert not is_header(["name", cell])


@pytest.mark.parametrize("cell", [".", "$", "-", "1a", "-$"])
def test_what_is_no_number_may_be_the_name_of_a_column(cell: str) -> None:
    assert is_header(["name", cell])


def test_no_row_is_lost_whatever_the_size() -> None:
    for size in range(1, 64):
        lines = lines_of(table(size))
        assert [line for group in row_groups(lines) for line in group.lines] == lines


def test_a_table_drawn_with_lines_is_one_paragraph_and_a_row_alone_no_heading() -> None:
    rule = "+------+-----+"
    drawn = (
        f"{rule}\n| Name | Age |\n+======+=====+\n| Ann  | 30  |\n{rule}\n| Bob  | 40  |\n{rule}"
    )
    found = cut("a.txt", f"They met in May.\n\n{drawn}\n\n| Cid | 50 |\n\nThey sailed in May.")
    assert [p.text for p in found] == [
        "They met in May.",
        drawn,
        "| Cid | 50 |",
        "They sailed in May.",
    ]
    assert {p.heading_path for p in found} == {()}


ALIGNED = """Address         Rooms   Rent   Free from
Harbour Street  1        640   2024-09-01
Mill Lane 4     2      1,120   2024-10-15
Quarry Hill     3         90   2024-09-15"""


@pytest.mark.parametrize("above", ["", "Flats\n\n", "Flats to let this autumn:\n"])
def test_columns_may_be_parted_by_blanks_alone(above: str) -> None:
    found = paragraphs_of("flats.txt", f"{above}{ALIGNED}\n\nAsk Mrs Pell.\n".encode())
    rows = next(p for p in found if "Mill Lane" in p.text)
    assert [s.text for s in rows.sentences] == ALIGNED.splitlines()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ALIGNED.replace("2      1,120", "2  1,120"), id="a column out of line"),
        pytest.param(ALIGNED.replace("2024-10-15", ""), id="a row of fewer cells"),
        pytest.param(re.sub(" {2,}", "  ", ALIGNED), id="nothing in line"),
        pytest.param("He  stood  up.  \nShe  sat  down.\nThey  both  left.", id="wide prose"),
        pytest.param("\n".join(ALIGNED.splitlines()[:2]), id="a row alone"),
    ],
)
def test_other_lines_with_wide_gaps_are_no_table(text: str) -> None:
    found = paragraphs_of("a.txt", f"{text}\n".encode())
    assert [s.text for p in found for s in p.sentences] != text.splitlines()
