import pytest

from rag.quantities import (
    added_in_full,
    bounds,
    in_full,
    in_other_units,
    misstated,
    shifts,
    units,
    years,
)


def test_years_are_told_from_other_numbers() -> None:
    assert years("In 1932 and 2004, not in 900 or 3,000.") == {"1932", "2004"}


def test_a_bound_is_known_by_its_word_and_its_direction() -> None:
    text = "Over 32.9 % of them, at least 1,200, fewer than 40, almost 7. About 12; over the hill."
    assert bounds(text) == {(True, "32.9"), (True, "1200"), (False, "40"), (False, "7")}


def test_a_unit_of_time_is_known_with_its_direction() -> None:
    text = "One year ago today, two days later and a Month after that; a year of the plan."
    assert shifts(text) == {("year", False), ("day", True), ("month", True)}


def test_money_and_shares_are_known_by_their_signs_and_their_words() -> None:
    text = "US$500, 5 per cent, 3 million euros, € 7, EUR 8, £1.5m, 12 percent of 40 boats"
    assert units(text) == {
        "500": {"$"}, "5": {"%"}, "3": {"€"}, "7": {"€"}, "8": {"€"}, "1.5": {"£"}, "12": {"%"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "source", "others"),
    [
        ("It costs £500.", "It costs €500.", {"500"}),
        ("It costs £580.", "It costs £500 (€580).", {"580"}),
        ("It rose by $5.", "It rose by 5 %.", {"5"}),
        ("It costs 500 dollars.", "It costs $500.", set()),
        ("It costs €500.", "It costs 500.", set()),
        ("From 5 % to 10 %.", "From 5 to 10 percent.", set()),
    ],
)
def test_an_amount_of_one_currency_is_none_of_another(
    claim: str, source: str, others: set[str]
) -> None:
    assert in_other_units(claim, source) == others


@pytest.mark.parametrize(
    ("claim", "source", "numbers"),
    [
        ("It was 5 degrees.", "It was −5 degrees.", {"5"}),
        ("It was -5 degrees.", "It was 5 degrees.", {"5"}),
        ("It was 5 degrees below zero.", "It was -5 degrees.", set()),
        ("It has 7 rooms.", "It has 5-7 rooms.", set()),
        ("It has 19 rooms.", "Block-19 has rooms.", set()),
        ("It began in 1990.", "It began in the 1990s.", {"1990"}),
        ("It began in 1990.", "It began in 1990, the first of the 1990s.", set()),
        ("It costs $5.", "It costs $5 million.", {"5"}),
        ("From 5 to 10 million.", "From 5 million to 10 million.", set()),
    ],
)
def test_a_number_is_not_the_same_below_zero_as_a_decade_or_in_millions(
    claim: str, source: str, numbers: set[str]
) -> None:
    assert misstated(claim, source) == numbers


def test_a_day_in_digits_is_told_with_its_month_where_it_can_be_but_one() -> None:
    text = "2020-05-03T08:00, 03.05.2020, 3. 5. 2020, 3/5/2020, 2020-13-03, version 3.5.20"
    told = "3 May 2020T08:00, 3 May 2020, 3 May 2020, 3/5/2020, 2020-13-03, version 3.5.20"
    assert in_full(text) == told


def test_the_last_of_some_years_is_told_whole() -> None:
    assert in_full("1914–18, 2019/20 and 1914-18") == "1914–1918, 2019/2020 and 1914-1918"
    same = "2009-10, 2020/05, 2004/18/EC, 1914-1918, 1998–45"
    assert in_full(same) == same


def test_a_shortened_month_beside_a_number_is_told_whole() -> None:
    told = in_full("On 3 Sept. 2020 and Dec 5, not in Nov. or by Jan Holt, who met Mar on 4 May.")
    assert told == (
        "On 3 September 2020 and December 5, not in Nov. or by Jan Holt, who met Mar on 4 May."
    )


def test_tens_and_ones_in_words_are_told_in_digits() -> None:
    assert in_full("Twenty-one of ninety nine paid") == "21 of 99 paid"
    same = "twenty of them, one by one, twenty-first, twenty-one-day"
    assert in_full(same) == same.replace("twenty-one", "21")
    assert added_in_full("Within twenty-one days from 3 Sept.") == ["September", "21"]


def test_of_a_text_only_its_days_and_years_are_added_in_full() -> None:
    text = "In 2019/20 and 1998–45 it ran, until 03.05.2020."
    assert added_in_full(text) == ["3 May 2020", "2019/2020"]
    assert added_in_full("It ran in May.") == []
