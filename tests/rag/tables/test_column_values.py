import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.tables.column_values import amounts, days
from tests.timing import thread_s


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["1,204,000", "530,000"], [1_204_000, 530_000]),
        (["17 400 000", "8’840’000"], [17_400_000, 8_840_000]),
        (["1.204.000", "530"], [1_204_000, 530]),
        (["1.204,50", "2,204.5"], [1204.5, 2204.5]),
        (["1.204", "3,5"], [1.204, 3.5]),
        (["$4.50", "$12"], [4.5, 12]),
        (["EUR 4", "EUR 12"], [4, 12]),
        (["12 %", "-3 %"], [12, -3]),
        (["−5", "−10", "−7"], [-5, -10, -7]),
        (["–5,000", "+10", "7"], [-5000, 10, 7]),
        (["$‑5", "$7"], [-5, 7]),
        (["(5)", "7", "(1,200)"], [-5, 7, -1200]),
        (["$(5)", "$7"], [-5, 7]),
        (["EUR (5)", "EUR 7"], [-5, 7]),
        (["(5)", "(7)", "(4)", "(3)", ""], [5, 7, 4, 3, None]),
        (["7", "", "9", "n/a", "2", "4", "5", "1", "3", "6"], [7, None, 9, None, 2, 4, 5, 1, 3, 6]),
    ],
)
def test_numbers_are_read_as_tables_write_them(
    values: list[str], numbers: list[float | None]
) -> None:
    assert amounts(values) == numbers


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(["900 kg", "2 t"], id="different units"),
        pytest.param(["4.5 million", "4500"], id="one in words"),
        pytest.param(["Port", "Nadir"], id="names"),
        pytest.param(["12", "–", "–"], id="mostly none"),
        pytest.param(["12"], id="nothing to compare with"),
        pytest.param(["1902-03-01", "1844-01-01"], id="days"),
        pytest.param(["10-20", "5-8"], id="ranges"),
        pytest.param(["10–20", "5 – 8"], id="ranges with dashes"),
        pytest.param(["9" * 400, "8" * 400], id="more digits than a number has"),
        pytest.param(["Town 1", "Town 2"], id="names with numbers"),
        pytest.param([], id="empty"),
    ],
)
def test_what_cannot_be_compared_gives_nothing(values: list[str]) -> None:
    assert amounts(values) is None


def test_later_days_are_greater_and_years_and_months_count_too() -> None:
    written = ["1902", "1902-03", "1902-03-01", "1902/12/31", "1903-01-01T08:00"]
    found = days(written)
    assert found is not None
    assert sorted(found, key=lambda day: day or 0) == found
    assert len(set(found)) == len(written)
    assert days(["12", "40"]) is None


@pytest.mark.parametrize(("length", "cells"), [(190, 4000), (100_000, 2)])
def test_cells_made_to_hold_up_the_reading_are_read_at_once(length: int, cells: int) -> None:
    cell = "1" + "," * length + "a1"
    assert thread_s(lambda: amounts([cell] * cells), times=1) < 0.5


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_cells_give_one_value_each_or_nothing(values: list[str]) -> None:
    for read in (amounts, days):
        found = read(values)
        assert found is None or len(found) == len(values)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=8))
def test_numbers_with_thousands_parted_are_those_numbers(numbers: list[int]) -> None:
    assert amounts([f"{number:,}" for number in numbers]) == numbers


def test_a_comma_behind_a_zero_parts_decimals() -> None:
    assert amounts(["0,125", "0,5", "0,75"]) == [0.125, 0.5, 0.75]
    assert amounts(["1,125", "2,500"]) == [1125.0, 2500.0]


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["1.200", "950,00", "12.000,50"], [1200, 950, 12_000.5]),
        (["1,250 kg", "0,750 kg"], [1.25, 0.75]),
        (["-1.200 €", "-950,00 €"], [-1200, -950]),
        (["1.204.000", "1.500"], [1_204_000, 1500]),
        (["1,200", "950.00"], [1200, 950]),
        (["1.204", "0.5"], [1.204, 0.5]),
    ],
)
def test_one_number_shows_how_the_others_of_its_column_are_written(
    values: list[str], numbers: list[float | None]
) -> None:
    assert amounts(values) == numbers


def test_a_point_before_three_digits_beside_whole_numbers_may_part_thousands_or_decimals() -> None:
    assert amounts(["1.200", "950", "2.500"]) is None
    assert amounts(["1.200", "2000"]) == [1.2, 2000]
