import pytest

from index.numbered import another_of_its_kind, asked_for, numbered, tells_of
from tests.rag.fakes import paragraph


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Release 4.0 came in May 1993.", {("releas", "4")}),
        ("In season two and in the third season", {("season", "2"), ("season", "3")}),
        ("The 2nd season, LC-34, section\n7", {("season", "2"), ("lc", "34"), ("section", "7")}),
        ("Release 0.93 of 1990", {("releas", "0.93")}),
        ("In 1990, by 12 of them; May 5", set()),
        ("Olympics 2004", set()),
        ("Vitamin C in Annex A", {("vitamin", "c"), ("annex", "a")}),
        ("World War II under Henry VIII", {("war", "ii"), ("henri", "viii")}),
        ("Then George W. Bush and I came, in a B", set()),
        ("It is in Annex B.", {("annex", "b")}),
    ],
)
def test_a_number_belongs_to_the_word_before_it_and_an_ordinal_to_the_one_after(
    text: str, found: set[tuple[str, str]]
) -> None:
    assert set(numbered(text)) == found


def test_what_is_asked_for_is_given_as_the_question_writes_it() -> None:
    assert asked_for("Who led when Release 4.0 came?") == {("releas", "4"): "Release 4.0"}
    assert asked_for("Who won the Super Bowl XLIX?") == {("bowl", "xlix"): "Super Bowl XLIX"}
    assert asked_for("did Tom run in lane 3?") == {("lane", "3"): "lane 3"}
    assert asked_for("Is Annex B binding?") == {("annex", "b"): "Annex B"}
    assert asked_for("After Apollo 11, who flew?") == {("apollo", "11"): "Apollo 11"}


def test_who_asks_for_a_first_time_does_not_ask_by_number() -> None:
    assert asked_for("When did they first win the third cup?") == {("cup", "3"): "third cup"}


@pytest.mark.parametrize(
    ("asked", "told", "another"),
    [
        ({("part", "2")}, {("part", "3")}, ("part", "2")),
        ({("part", "2")}, {("part", "3"), ("part", "2")}, None),
        ({("part", "2")}, {("act", "3")}, None),
        ({("part", "2"), ("part", "3")}, {("part", "3"), ("part", "4")}, None),
        ({("part", "2"), ("act", "1")}, {("part", "2"), ("act", "4")}, ("act", "1")),
        (set(), {("part", "3")}, None),
    ],
)
def test_another_of_its_kind_takes_the_place_only_where_the_one_asked_for_is_missing(
    asked: set[tuple[str, str]], told: set[tuple[str, str]], another: tuple[str, str] | None
) -> None:
    assert another_of_its_kind(asked, told) == another


def test_headings_tell_what_a_paragraph_is_of() -> None:
    asked = asked_for("What fell in Release 6?")
    assert tells_of(asked, paragraph("Two ports fell.", headings=("Release 6.0",))) == 1
    assert tells_of(asked, paragraph("Two ports fell.", headings=("Release 4.0",))) == -1
    assert tells_of(asked, paragraph("Two ports fell.")) == 0


def test_so_does_the_name_of_its_file() -> None:
    asked = asked_for("Who was the oldest in Super Bowl 50?")
    told = "He is the oldest; before it was he who won Super Bowl XXXIII."
    assert tells_of(asked, paragraph(told, path="bowls/Super_Bowl_50-03.txt")) == 1
    assert tells_of(asked, paragraph(told, path="bowls/history.txt")) == -1


def test_a_paragraph_that_names_centuries_tells_of_those_of_its_years() -> None:
    asked = asked_for("How many died in the 14th century?")
    later = "It came back in the 17th century."
    assert tells_of(asked, paragraph("Half of them died in 1348.", later)) == 1
    assert tells_of(asked, paragraph("Half of them died in 1448.", later)) == -1
    assert tells_of(asked, paragraph("Half of them died in 1448.")) == 0


@pytest.mark.parametrize(
    ("text", "headings", "told"),
    [
        ("5.1 The Lessee may end this Lease.", (), 2),
        ("The Lessee may end this Lease.", ("5.1 Break",), 2),
        ("(a) by notice;\n5.1 by payment.", (), 2),
        ("In clause 5.1 a word is added.", ("1. Variations",), 1),
        ("5.2 The Lessor may not.", ("5. Break clause",), -1),
        ("5.1 per cent of them are in arrear.", (), 2),
        ("Of 5.1 and 5.2 nothing is said.", (), 0),
    ],
)
def test_a_clause_has_the_number_it_begins_with(
    text: str, headings: tuple[str, ...], told: int
) -> None:
    asked = asked_for("What does clause 5.1 say?")
    assert tells_of(asked, paragraph(text, headings=headings)) == told


def test_a_clause_is_found_by_the_number_of_what_it_is_part_of() -> None:
    asked = asked_for("What does section 7 say?")
    assert tells_of(asked, paragraph("7.1 The Lessor may enter.")) == 2
    assert tells_of(asked, paragraph("8.1 The Guarantor pays.")) == -1
