import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.followups.exchange import exchanged
from tests.rag.checks import PROPERTY


@pytest.mark.parametrize(
    ("question", "earlier", "asked"),
    [
        ("And in 2008?", "Who led the town in 2005?", "Who led the town in 2008?"),
        ("2008?", "Who led the town in 2005?", "Who led the town in 2008?"),
        ("What about release 5?", "What was new in release 3.1?", "What was new in release 5?"),
        ("And Annex C?", "What is in Annex B of 1990?", "What is in Annex C of 1990?"),
        ("And 1991?", "What is in Annex B of 1990?", "What is in Annex B of 1991?"),
        ("And Alder?", "How old is Elm?", "How old is Alder?"),
        ("And Dr. Fox?", "Did Dr. Lee resign?", "Did Dr. Fox resign?"),
        ("What about Port Alder?", "What is Elm's OPEC quota?", "What is Port Alder's OPEC quota?"),
        ("And the Gulf's?", "What did Elm Town pay in 1990?", "What did Gulf pay in 1990?"),
        ("In Alder?", "Who won in Elm?", "Who won in Alder?"),
        ("And in Alder?", "Who won in Elm?", "Who won in Alder?"),
        ("ok and Alder then?", "How old is Elm?", "How old is Alder?"),
        ("The same for Alder?", "How old is Elm?", "How old is Alder?"),
        ("same in 2008 please", "Who led it in 2005?", "Who led it in 2008?"),
        ("And May?", "How warm was the Elm Sea in June?", "How warm was the Elm Sea in May?"),
        (
            "And its currency?",
            "What is the capital of Port Alder?",
            "What is Port Alder's currency?",
        ),
        ("What about her home?", "How old is Ann Lee?", "What is Ann Lee's home?"),
        ("What about her older son?", "How old is Ann Lee?", "How old is Ann Lee's older son?"),
        ("And his wife?", "What was Tom Holt's job?", "What was Tom Holt's wife's job?"),
        (
            "And Calder Bridge?",
            "Who drew Weir Bridge in Thornmouth?",
            "Who drew Calder Bridge in Thornmouth?",
        ),
        ("and Sundays?", "When is it open on Monday?", "When is it open on Sundays?"),
        ("And the EU?", "What did the USA give Elm?", "What did the EU give Elm?"),
        ("Why?", "When did the mayor of Elm resign?", "Why did the mayor of Elm resign?"),
        ("and where was that?", "In which year was it signed?", "Where was it signed?"),
        ("How exactly?", "Why did Elm fall?", "How did Elm fall?"),
        ("in what year?", "How long did Lee stay?", "In what year did Lee stay?"),
        ("what time was that?", "When did it sink?", "What time did it sink?"),
        ("which city?", "Where was Lee born?", "In which city was Lee born?"),
        ("By whom?", "When was Elm founded?", "By whom was Elm founded?"),
    ],
)
def test_a_fragment_with_a_number_or_name_asks_the_question_before_again(
    question: str, earlier: str, asked: str
) -> None:
    assert exchanged(question, earlier) == asked


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        pytest.param("Why?", "Who opened the bridge?", id="what asks of somebody"),
        pytest.param("Why?", "How many lanes has it?", id="how many"),
        pytest.param("By whom?", "Why did Elm sue Lee?", id="by nobody"),
        pytest.param("which building?", "How did Elm win?", id="no place in how"),
        pytest.param("what date?", "How long is the contract?", id="no date in how long"),
        pytest.param("Why did he?", "When did Lee resign?", id="more than a question word"),
        pytest.param("And who led it in 2008?", "Who led the town in 2005?", id="a question"),
        pytest.param("And before 2008?", "Who led the town in 2005?", id="another relation"),
        pytest.param("And until 2008?", "Who led the town in 2005?", id="and another"),
        pytest.param("And the mayor?", "Who led the town in 2005?", id="no number"),
        pytest.param("And in 2008?", "Who led the town?", id="none before"),
        pytest.param("And in 2008?", "Who led it from 2001 to 2005?", id="two before"),
        pytest.param("And 2008 or 2009?", "Who led it in 2005?", id="two now"),
        pytest.param("And the 12?", "Who led it in 2005?", id="no year"),
        pytest.param("And release 5?", "What had article 3 to say of a release?", id="of another"),
        pytest.param("And its currency?", "Did Elm beat Alder?", id="of which of two"),
        pytest.param("And its currency?", "How old is the town?", id="of no name"),
        pytest.param("And its rival?", "How old is the Holt company?", id="of half a name"),
        pytest.param("And Calder?", "Who drew Weir Bridge in Thornmouth?", id="like neither"),
        pytest.param("Its currency?", "How old is Elm?", id="no more than that"),
        pytest.param("And its mayor, who led it in war?", "How old is Elm?", id="a question of it"),
        pytest.param("Thanks!", "How old is Elm?", id="a capital alone"),
        pytest.param("And alder?", "How old is Elm?", id="no capital"),
        pytest.param("And old Alder?", "How old is Elm?", id="more than a name"),
        pytest.param("And in Alder?", "Who beat Elm?", id="no such relation"),
        pytest.param("And Alder?", "Did Elm beat Renfield?", id="two names before"),
        pytest.param("And Alder and Elm?", "How old is Renfield?", id="two names now"),
        pytest.param("And Alder?", "When did World War II end?", id="a name with a number"),
        pytest.param("And Alder?", "How warm was it in June?", id="no name before"),
        pytest.param("", "Who led the town in 2005?", id="nothing"),
    ],
)
def test_anything_else_is_left_to_the_model(question: str, earlier: str) -> None:
    assert exchanged(question, earlier) == ""


@PROPERTY
@given(st.text("And in 2008? B5.", max_size=20), st.text("Who in 2005? 2.1 B", max_size=20))
def test_what_comes_of_it_is_the_question_before_but_for_a_number_or_name(
    question: str, earlier: str
) -> None:
    found = exchanged(question, earlier)
    assert not found or any(c.isdigit() or c.isupper() for c in found)
    assert "".join(c for c in found if c.islower()) in {
        "",
        "".join(c for c in earlier if c.islower()),
    }


def test_what_belongs_to_a_name_is_asked_for_in_its_number() -> None:
    earlier = "What is the population of Ohio?"
    assert exchanged("And its exports?", earlier) == "What are Ohio's exports?"
    assert exchanged("And its capital?", earlier) == "What is Ohio's capital?"
    assert exchanged("And its status?", earlier) == "What is Ohio's status?"
