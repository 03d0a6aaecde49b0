import pytest

from index.readers.builder import TextBuilder
from index.readers.tables import add_table
from index.text_tables import rows_place
from tests.index.cutting import shown
from tests.index.documents import DOCUMENTS


def test_a_csv_file_is_groups_of_twenty_rows_under_its_header() -> None:
    first, second = shown("a.csv", DOCUMENTS["a.csv"])
    assert first[1:] == (
        "rows 2-21",
        "\n".join(["name | price", *(f"item {i} | {i}" for i in range(1, 21))]),
    )
    assert second[1:] == (
        "rows 22-26",
        "\n".join(["name | price", *(f"item {i} | {i}" for i in range(21, 26))]),
    )


def test_cells_may_be_quoted_and_hold_line_breaks_and_separators() -> None:
    content = 'name,text\r\nFish,"salted,\r\nand dried"\r\n"Ro""pe",x\r\n'.encode("utf-16")
    assert shown("a.csv", content) == [
        ((), "rows 2-3", 'name | text\nFish | salted, and dried\nRo"pe | x')
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_may_end_as_any_system_ends_lines(end: str) -> None:
    content = end.join(["name;price", "Fish;3", '"Ro,pe";4', ""])
    assert shown("a.csv", content.encode()) == [
        ((), "rows 2-3", "name | price\nFish | 3\nRo,pe | 4")
    ]


def test_without_names_of_columns_there_is_no_header() -> None:
    assert shown("a.csv", b"1,2\n3,4\n") == [((), "rows 1-2", "1 | 2\n3 | 4")]
    assert shown("a.csv", b"name,price\n") == [((), "", "name | price")]


def test_long_rows_make_smaller_groups() -> None:
    rows = "\n".join(f"{i},{'word ' * 100}" for i in range(1, 5))
    places = [place for _, place, _ in shown("a.csv", f"number,text\n{rows}".encode())]
    assert places == ["row 2", "row 3", "row 4", "row 5"]


def test_a_header_beyond_measure_is_not_repeated() -> None:
    builder = TextBuilder()
    header = ["x" * 600, "b"]
    add_table(builder, [(i, ["cell", "c" * 900]) for i in range(2, 5)], rows_place, header)
    text = builder.extracted().text
    assert text.count("x" * 600) == 1


def test_what_stands_alone_above_the_header_heads_all_rows() -> None:
    rows = "\n".join(f"item {n},{n}" for n in range(1, 31))
    title, unit, first, second = shown("a.csv", f"Costs\nin euros\nName,Price\n{rows}\n".encode())
    assert [title[1:], unit[1:]] == [("row 1", "Costs"), ("row 2", "in euros")]
    assert [first[:2], second[:2]] == [
        (("Costs; in euros",), "rows 4-23"),
        (("Costs; in euros",), "rows 24-33"),
    ]
    assert {part[2].splitlines()[0] for part in (first, second)} == {"Name | Price"}


def test_single_cells_that_no_header_follows_are_rows() -> None:
    assert shown("a.csv", b"Costs\nOld\n3,4\n") == [((), "rows 1-3", "Costs\nOld\n3 | 4")]


def test_years_in_a_row_are_names_of_columns() -> None:
    found = shown("a.csv", b"Ratio,2021,2022,2023\nCover,6,4,3\n")
    assert found == [((), "row 2", "Ratio | 2021 | 2022 | 2023\nCover | 6 | 4 | 3")]
    assert shown("a.csv", b"Lot,1990,2004\nLot,1991,1999\n")[0][1] == "rows 1-2"


def test_names_of_columns_in_two_rows_are_one_header() -> None:
    rows = "Ship,2023,,2024,,Port\n,Plan,Share,Plan,Share,\nElm,10,20%,30,40%,Riga\n"
    assert shown("a.csv", rows.encode()) == [
        (
            (),
            "row 3",
            "Ship | 2023 Plan | 2023 Share | 2024 Plan | 2024 Share | Port\n"
            "Elm | 10 | 20% | 30 | 40% | Riga",
        )
    ]


def test_years_may_be_the_second_row_of_a_header() -> None:
    rows = "Region,Revenue,,Cost,\n,2023,2024,2023,2024\nWest,780,845,540,575\n"
    [(_, place, text)] = shown("a.csv", rows.encode())
    assert (place, text.splitlines()[0]) == (
        "row 3",
        "Region | Revenue 2023 | Revenue 2024 | Cost 2023 | Cost 2024",
    )


@pytest.mark.parametrize(
    "rows",
    [
        "Name,Kind,\nFish,salted,cheap",
        "Name,,Price\nFish,salted,cheap",
        "A,,B,\nx,1,y,2",
        "A,,B,\nx,1990,y,2020",
    ],
)
def test_a_row_under_a_header_with_gaps_is_not_taken_into_it(rows: str) -> None:
    row = rows.split("\n")[1]
    [(_, place, text)] = shown("a.csv", rows.encode())
    assert (place, text.splitlines()[1]) == ("row 2", row.replace(",", " | "))


def test_a_line_that_tells_excel_the_separator_is_no_text() -> None:
    content = "\ufeffsep=;\r\nName;Price\r\nFish, salted;3\r\n".encode()
    assert shown("a.csv", content) == [((), "row 3", "Name | Price\nFish, salted | 3")]
