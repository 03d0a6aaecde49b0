"""What a document says of itself, and where it is looked for first."""

import pytest

from index.readers import read
from tests.conftest import SEED_FILE


def dated(text: str, name: str = "a.txt") -> tuple[str, str]:
    said = read(name, text.encode()).metadata
    return said.date, said.date_source


@pytest.mark.parametrize(
    "line",
    [
        "November 20, 2026 at 11:45 AM",
        "Published November 20, 2026",
        "Updated: Friday, 20 November 2026 10:45 GMT",
        "Posted on 2026-11-20",
        "By Jane Doe, 20 November 2026",
        "By Jane Doe | November 20, 2026 | 5 min read",
        "LONDON, 20 November 2026 (Reuters) - Ships sail again.",
        "Paris (AFP), November 20, 2026: Ships sail again.",
        "Bremen, den 20. November 2026",
        "Paris, le 20 novembre 2026",
        "Sevilla, a 20 de noviembre de 2026",
        "Datum: 20.11.2026",
        "Fecha: 20 de noviembre de 2026",
    ],
)
def test_a_dateline_near_the_top_dates_a_text(line: str) -> None:
    text = f"Ships sail again\n\n{line}\n\nThe first ships left the harbour.\n"
    assert dated(text) == ("2026-11-20", "dateline")


@pytest.mark.parametrize(
    "line",
    [
        "The treaty of 20 November 2026 was signed in the harbour.",
        "On 20 November 2026, the first ships left.",
        "AMMAN: Hundreds of ships left last week.",
        "LONDON, May 3 (Reuters) - Ships sail again.",
        "Termination of the lease of 20 November 2026 (Boathouse)",
        "Kündigung des Vertrages vom 20. November 2026",
    ],
)
def test_a_date_in_a_sentence_is_none_of_the_text(line: str) -> None:
    assert dated(f"Ships\n\n{line}\n") == ("", "")


@pytest.mark.parametrize("name", ["a.csv", "a.log", "a.jsonl"])
def test_a_date_among_data_is_none_of_the_file(name: str) -> None:
    line = '"2026-11-20"\n' if name == "a.jsonl" else "2026-11-20\n"
    assert dated(line * 3, name) == ("", "")


def test_a_date_far_down_is_none_of_the_text() -> None:
    assert dated("A line of text.\n\n" * 20 + "20 November 2026\n") == ("", "")


def test_a_dateline_counts_before_the_files_name_and_metadata_before_both() -> None:
    text = "Ships\n\n20 November 2026\n\nThey sail.\n"
    assert dated(text, "2024-05-03.txt") == ("2026-11-20", "dateline")
    assert dated("Ships sail.\n", "2024-05-03.txt") == ("2024-05-03", "file name")
    matter = f"---\ndate: 2020-01-02\n---\n\n{text}"
    assert dated(matter, "2024-05-03.md") == ("2020-01-02", "front matter")


def test_an_ambiguous_date_gives_its_year() -> None:
    assert dated("Ships\n\nDate: 03/05/2024\n") == ("2024", "dateline")


def test_a_byline_names_the_author() -> None:
    def author(line: str) -> str:
        return read("a.txt", f"Ships\n\n{line}\n\nText.\n".encode()).metadata.author

    assert author("By Jane van der Doe") == "Jane van der Doe"
    assert author("By Jane Doe and Bob Roe, 3 May 2024") == "Jane Doe and Bob Roe"
    assert author("By noon the ships had left the harbour.") == ""


def test_the_seed_gives_no_date_for_it_states_none(seeds_text: str) -> None:
    assert seeds_text.startswith("AMMAN: ")
    assert dated(seeds_text, SEED_FILE) == ("", "")
