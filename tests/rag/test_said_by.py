import pytest

from rag.said_by import is_of_the_other_side

ARGUED = "Ms Brodie argued that the crew had run the pumps dry."
FOUND = "I find that the pumps were worn out."


@pytest.mark.parametrize(
    ("question", "argued", "found"),
    [
        ("Why did the judge hold that the crew had run the pumps dry?", True, False),
        ("Did the court find that the pumps were worn out?", True, False),
        ("What did the defendant argue about the pumps?", False, True),
        ("Did the court accept what Ms Brodie argued?", False, False),
        ("What happened to the pumps?", False, False),
    ],
)
def test_what_a_party_argued_is_not_what_the_court_held_nor_the_other_way_round(
    question: str, argued: bool, found: bool
) -> None:
    assert is_of_the_other_side(question, ARGUED) is argued
    assert is_of_the_other_side(question, FOUND) is found


def test_what_the_court_made_of_an_argument_is_its_own() -> None:
    text = "I am unable to accept the submission that the crew ran them dry."
    assert not is_of_the_other_side("Did the judge accept that the crew ran them dry?", text)
