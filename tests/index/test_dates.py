import pytest

from index.dates import date_in_name, parse_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:00:00+02:00", "2024-05-03"),
        ("D:20240503114500+02'00'", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("Fri, 03 May 2024 10:00:00 +0200", "2024-05-03"),
        ("Fri May  3 2024", ""),
        ("May 3, 2024", "2024-05-03"),
        ("3rd of May 2024", "2024-05-03"),
        ("November 20, 2026 at 11:45 AM", "2026-11-20"),
        ("Sept. 9, 2021", "2021-09-09"),
        ("2024-05", "2024-05"),
        ("May 2024", "2024-05"),
        ("2024", "2024"),
        ("31/12/2024", "2024-12-31"),
        ("12/31/2024", "2024-12-31"),
        ("05/05/2024", "2024-05-05"),
        ("03/05/2024", "2024"),
        ("03.05.2024", "2024"),
        ("2024-02-30", ""),
        ("2 Auguſt 1776", "1776-08-02"),
        ("2 Aprıl 1776", ""),
        ("APRİL 1776", ""),
        ("5. März 2024", "2024-03-05"),
        ("1er août 2024", "2024-08-01"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("Dezember 2023", "2023-12"),
        ("septiembre de 2023", "2023-09"),
        ("version 1.2.3", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_written(text: str, date: str) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2024-05-03-report.md", "2024-05-03"),
        ("report_20240503.pdf", "2024-05-03"),
        ("2024-05-minutes.txt", "2024-05"),
        ("photo_20241399.txt", ""),
        ("report-2024.pdf", ""),
        ("000_c839bee8b3284dac.txt", ""),
    ],
)
def test_a_files_name_may_hold_a_date(name: str, date: str) -> None:
    assert date_in_name(name) == date
