import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document_names import COMMON, NAMED_FROM, WITH_NUMBER, DocumentNames
from tests.rag.checks import PROPERTY

LICENCES = DocumentNames(
    [
        ("apache.txt", "apache.txt"),
        ("old/gpl-2.txt", "General Licence"),
        ("gpl_3.txt", "General Licence"),
        ("report-2019.pdf", "Report of the Harbour Board"),
    ]
)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        pytest.param("What does Apache ask for?", {"apache.txt": 1}, id="a file name"),
        pytest.param("What is in GPL 3?", {"gpl_3.txt": 1 + WITH_NUMBER}, id="a number"),
        pytest.param(
            "What is in GPL 4?", {"gpl_3.txt": 1, "old/gpl-2.txt": 1}, id="no document's number"
        ),
        pytest.param(
            "Is version 3 of the general licence free?",
            {"gpl_3.txt": 1 + WITH_NUMBER},
            id="a title and the file's number",
        ),
        pytest.param(
            "Do Apache and GPL 2 agree?",
            {"apache.txt": 1, "old/gpl-2.txt": 1 + WITH_NUMBER},
            id="two documents",
        ),
        pytest.param("What cost 2019 pounds?", {}, id="a number alone"),
        pytest.param(
            "What does the general licence say?", {"gpl_3.txt": 1, "old/gpl-2.txt": 1}, id="a title"
        ),
        pytest.param("What is the weather?", {}, id="nothing"),
    ],
)
def test_a_question_fits_the_documents_it_names(question: str, fits: dict[str, float]) -> None:
    assert LICENCES.fits(question) == pytest.approx(fits)


def test_of_a_part_of_a_name_the_rarer_words_tell_more() -> None:
    names = DocumentNames([("harbour board.txt", ""), ("harbour tax.txt", ""), ("c.txt", "")])
    rare, common = math.log(3), math.log(3 / 2)
    assert names.fits("Which board?") == {"harbour board.txt": rare / (rare + common)}
    # Its share would be .27.
    assert names.fits("Which harbour?") == {}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("When did the Normans land?", True),
        ("Who led them, Norman?", True),
        ("Who beat Norman?", True),
        ("How many did Josh Norman catch?", False),
        ("What is a tower norman?", False),
        ("What makes normans fight?", True),
        ("What makes Normans fight?", True),
        ("Did Josh Normans fight?", False),
        ("Was it Norman-like? Ask Josh.", True),
    ],
)
def test_a_word_within_a_longer_name_names_nothing(question: str, named: bool) -> None:
    names = DocumentNames([("normans.txt", ""), ("other.txt", "")])
    assert bool(names.fits(question)) is named


@pytest.mark.parametrize(
    ("question", "fit"),
    [
        ("Is there a tax of the harbour?", 1.0),
        ("Is the harbour, and is its tax, old?", 1.0),
        ("Is the harbour of that town under a tax?", 0.5),
    ],
)
def test_the_words_of_a_name_stand_together(question: str, fit: float) -> None:
    names = DocumentNames([("harbour-tax.txt", ""), ("other.txt", "")])
    assert names.fits(question) == pytest.approx({"harbour-tax.txt": fit})


def test_behind_another_word_a_name_is_as_it_is_written() -> None:
    names = DocumentNames([("bug-reporting.txt", ""), ("other.txt", "")])
    assert names.fits("Who may close an open bug report?") == {"bug-reporting.txt": 0.5}
    assert names.fits("What helps bug reporting?") == {"bug-reporting.txt": 1.0}
    assert names.fits("Is a bug report read?") == {"bug-reporting.txt": 1.0}


def test_the_word_version_names_no_document() -> None:
    names = DocumentNames([("a.txt", "Harbour Rules Version 2"), ("b.txt", "Harbour Rules")])
    assert names.fits("What do new versions of the Harbour Rules say?") == {}
    names = DocumentNames([("a.txt", "Harbour Rules Version 2"), ("b.txt", "Tax"), ("c.txt", "")])
    assert names.fits("Do the Harbour Rules hold?") == {"a.txt": 1.0}


def test_a_number_adds_nothing_to_less_than_half_a_name() -> None:
    names = DocumentNames([("a.txt", "Chapter 7. Basics of the Debian system"), ("b.txt", "")])
    assert names.fits("What is Debian 7 called?") == {}


def test_what_all_names_have_tells_nothing() -> None:
    assert DocumentNames([("report-a.txt", ""), ("report-b.txt", "")]).fits("The report?") == {}
    assert DocumentNames([("report.txt", "The report")]).fits("What does the report say?") == {}
    assert DocumentNames([]).fits("What?") == {}


def test_a_word_of_very_many_names_makes_none_of_them_likely() -> None:
    many = [(f"report {i}.txt", "") for i in range(COMMON + 1)]
    names = DocumentNames(
        [*many, ("harbour report.txt", ""), *[(f"{i}.txt", "") for i in range(9)]]
    )
    assert names.fits("What does report 7 say?") == {}
    assert list(names.fits("What does the harbour report say?")) == ["harbour report.txt"]


def test_the_words_of_a_name_are_those_of_file_and_title_without_the_ending() -> None:
    assert LICENCES.words("gpl_3.txt") == {"gpl", "3", "general", "licenc"}
    assert LICENCES.words("nowhere.txt") == frozenset()


@PROPERTY
@given(
    st.lists(st.tuples(st.text("ab 1_/.", min_size=1, max_size=8), st.text("ab 1", max_size=6))),
    st.text("ab 1?", max_size=12),
)
def test_any_names_fit_between_half_and_all(named: list[tuple[str, str]], asked: str) -> None:
    fits = DocumentNames(named).fits(asked)
    assert set(fits) <= {path for path, _ in named}
    assert all(NAMED_FROM <= fit <= 1 + WITH_NUMBER + 1e-9 for fit in fits.values())
