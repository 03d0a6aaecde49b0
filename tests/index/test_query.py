import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import all_of, doers, full_text_phrases, full_text_query, full_text_words


@given(query=st.text(max_size=60))
def test_a_full_text_query_is_quoted_words_and_phrases_joined_by_or(query: str) -> None:
    expression = full_text_query(query)
    if expression:
        for phrase in expression.split(" OR "):
            assert phrase[0] == phrase[-1] == '"'
            assert '"' not in phrase[1:-1]
            assert all(word.replace("_", "a").isalnum() for word in phrase[1:-1].split(" "))


def test_stop_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert full_text_query("When was the harbour built?") == '"harbour" OR "built"'
    assert full_text_query("Who is it?") == '"who" OR "is" OR "it"'
    assert full_text_query("Harbour, HARBOUR!") == '"harbour"'
    assert full_text_query("?!") == ""


def test_single_letters_are_words_where_there_is_nothing_else() -> None:
    assert full_text_words("C") == ["c"]
    assert full_text_words("U.S.") == ["u", "s"]
    assert full_text_words("the heron's nest") == ["heron", "nest"]
    assert full_text_words("_ __") == []


def test_all_of_the_words_are_asked_for_each_as_it_stands() -> None:
    assert all_of(["grey", "2 1", "or"]) == '"grey" AND "2 1" AND "or"'


def test_a_number_with_points_is_looked_for_as_it_is_written() -> None:
    assert full_text_words("Was it 2.1 or 1,308?") == ["2 1", "1 308"]
    assert full_text_words("Ports 80 and 4") == ["ports", "80", "4"]


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("How many did Release 2.1 hold?", ["release 2 1", "2 1 hold"]),
        ("Who led when Release 4.0 came?", ["release 4", "4 came"]),
        ("What does article 5 say of it in 1990?", ["article 5", "5 say"]),
        ("Is it in LC-34?", ["lc 34"]),
        ("What are 3 4 to it?", []),
        ("Ships, 12 of them", []),
        ("Which foods hold vitamin C after World War II?", ["vitamin c", "war ii"]),
        ("Is a B or an I in it?", []),
        ('What is a "Larger Work" or “fair use”?', ["larger work", "fair use"]),
        ('Is it "free"?', []),
        (f'Who wrote "{"all of this " * 9}"?', []),
        ("How many died in November 1854?", ["november 1854", "1854 11", "11 1854"]),
    ],
)
def test_numbers_with_the_word_beside_them_and_quoted_words_are_phrases(
    question: str, phrases: list[str]
) -> None:
    assert full_text_phrases(question) == phrases


@pytest.mark.parametrize(
    "day", ["28 February 2012", "February 28, 2012", "2012-02-28", "2012/02/28", "28.2.2012"]
)
def test_a_day_is_looked_for_in_every_form(day: str) -> None:
    forms = {"2012 02 28", "28 02 2012", "2 28 2012", "28 2 2012"}
    assert forms | {"28 february 2012", "february 28 2012"} <= set(
        full_text_phrases(f"How much did it rain on {day}?")
    )


@pytest.mark.parametrize(
    ("question", "called"),
    [
        ("Who founded the club?", ["founder", "foundor"]),
        ("Who originally created it?", ["creater", "creator"]),
        ("Wer hat den Verein gegründet?", ["gründer", "gründerin"]),
        ("Qui a créé le club ?", ["créateur", "créatrice", "créeur", "créeuse"]),
        ("¿Quién fundó el club?", ["fundador", "fundadora", "fundor"]),
        ("Who is the founder?", []),
        ("Who needs it?", []),
        ("When was it founded?", []),
    ],
)
def test_who_did_something_is_looked_for_by_what_such_a_one_is_called_too(
    question: str, called: list[str]
) -> None:
    assert doers(question) == called
