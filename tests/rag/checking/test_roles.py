import pytest

from rag.checking.roles import takes_the_place

NAMES = frozenset(["ann", "lee", "kim", "fox", "port", "alder", "elmland", "norland", "elm"])
STRIPPED = "Who stripped the ball from Ann Lee in Port Alder?"


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("Ann Lee stripped the ball from Kim Fox in Port Alder.", STRIPPED),
        ("Port Alder led Kim Fox in goals.", "Who led Port Alder in goals?"),
        ("Elmland was born in Ann Lee.", "Where was Ann Lee born?"),
        ("Norland beat Elmland in 1998.", "When did Elmland beat Norland?"),
        ("The league led Kim Fox Town Hall in goals, as Alder led Fox.", "Who led Alder?"),
    ],
)
def test_a_name_where_the_question_has_another_on_the_other_side_is_seen(
    claim: str, question: str
) -> None:
    assert takes_the_place(claim, question, NAMES)


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        pytest.param("Kim Fox stripped the ball from Ann Lee.", STRIPPED, id="in its place"),
        pytest.param("Kim Fox beat Lee at the Elm.", "At the Elm, who beat Lee?", id="before"),
        pytest.param("Ann Lee was beaten by Kim Fox.", "Who beat Ann Lee?", id="passive"),
        pytest.param("Kim Fox is the son of Ann Lee.", "Who was Ann Lee's son?", id="owner"),
        pytest.param(
            "Elm has two towns: Elm Town and Alder.", "How many towns has Elm?", id="asked"
        ),
        pytest.param("It stripped the ball from Kim Fox.", STRIPPED, id="the name is not there"),
        pytest.param("Ann Lee stripped the ball in Port Alder.", STRIPPED, id="no other there"),
        pytest.param("Kim Fox.", "", id="nothing asked"),
    ],
)
def test_names_that_stand_as_in_the_question_or_may_stand_elsewhere_are_left(
    claim: str, question: str
) -> None:
    assert not takes_the_place(claim, question, NAMES)
