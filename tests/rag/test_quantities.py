from rag.quantities import bounds, shifts, years


def test_years_are_told_from_other_numbers() -> None:
    assert years("In 1932 and 2004, not in 900 or 3,000.") == {"1932", "2004"}


def test_a_bound_is_known_by_its_word_and_its_direction() -> None:
    text = "Over 32.9 % of them, at least 1,200, fewer than 40, almost 7. About 12; over the hill."
    assert bounds(text) == {(True, "32.9"), (True, "1200"), (False, "40"), (False, "7")}


def test_a_unit_of_time_is_known_with_its_direction() -> None:
    text = "One year ago today, two days later and a Month after that; a year of the plan."
    assert shifts(text) == {("year", False), ("day", True), ("month", True)}
