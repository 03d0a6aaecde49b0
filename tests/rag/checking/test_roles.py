import pytest

from rag.checking.roles import replaces, takes_the_place

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


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("Kim Fox led Norland in goals.", "Who led Port Alder in goals?"),
        ("The text says Kim Fox won six cups.", "How many cups does the text say Ann Lee won?"),
        ("Elmland beat Norland in May.", "Ann Lee beat which country in May?"),
        ("Kim Fox made the pass that decided Norland.", "Who made the pass that decided Elm?"),
    ],
)
def test_a_name_in_the_very_place_of_one_of_the_question_is_seen(claim: str, question: str) -> None:
    assert replaces(claim, question, NAMES, NAMES)


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        pytest.param("Kim Fox led Port Alder in goals.", "Who led Port Alder in goals?", id="kept"),
        pytest.param("Kim Fox beat Lee.", "At the Elm, who beat Lee?", id="said beside"),
        pytest.param("Norland was beaten by Kim Fox.", "Who beat Ann Lee?", id="passive"),
        pytest.param("Kim Fox led Alder with goals.", "Who led Port Alder in goals?", id="a part"),
        pytest.param("Kim Fox led the league in goals.", "Who led Alder in goals?", id="no name"),
        pytest.param("Kim Fox scored at Norland.", "Who led Alder in goals?", id="other words"),
        pytest.param("Kim Fox.", "", id="nothing asked"),
    ],
)
def test_names_beside_those_of_the_question_are_left(claim: str, question: str) -> None:
    assert not replaces(claim, question, NAMES, NAMES)


def test_roles_are_seen_where_the_question_word_comes_last() -> None:
    question = "Ann Lee proposed a merger between Elmland and which firm in May?"
    claim = "Elmland proposed a merger between Ann Lee and Norland in May."
    assert takes_the_place(claim, question, NAMES)


def test_a_name_that_nothing_near_the_source_has_may_be_another_for_the_same() -> None:
    claim, question = "Norland annexed Elm in 2014.", "When did Ann Lee annex Elm?"
    assert not replaces(claim, question, NAMES, frozenset(["norland", "elm"]))
