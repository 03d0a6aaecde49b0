import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import numbers, stem


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5,000", "5000"),
        ("1,250,000", "1250000"),
        ("12,34,567", "1234567"),
        ("1,250.5", "1250.5"),
        ("1,5", "1.5"),
        ("12,75", "12.75"),
        ("0,125", "0.125"),
        ("3.14", "3.14"),
        ("1,2,3", "1,2,3"),
        ("1.250.000", "1250000"),
        ("1.250,50", "1250.50"),
        ("1.250", "1.250"),
        ("192.168.1.10", "192.168.1.10"),
        ("1,500.00", "1500"),
        ("1.500,00", "1500"),
        ("5.10", "5.10"),
    ],
)
def test_a_comma_or_a_point_parts_thousands_or_decimals_by_the_digits_behind_it(
    written: str, read: str
) -> None:
    assert stem(written) == read


@given(st.integers(0, 10**12))
def test_a_number_is_the_same_with_its_thousands_parted(number: int) -> None:
    assert stem(f"{number:,}") == stem(str(number))


@given(st.integers(0, 999), st.integers(0, 99))
def test_a_number_with_a_decimal_comma_is_the_one_with_a_point(whole: int, part: int) -> None:
    assert numbers(f"{whole},{part:02}") == numbers(f"{whole}.{part:02}")
