import pytest

from tests.index.cutting import cut

ASKS = "Whitcombe: When will the library open?"
REPLIES = (
    "Ferreira: In March, if the roofers keep their word. The shell has been finished since May."
)


@pytest.mark.parametrize(
    ("asks", "replies"),
    [
        (ASKS, REPLIES),
        ("[00:09:31] CH: Did they tell the board?", "[00:09:36] YD: Not until 2019. It leaked."),
        ("**Q:** Were you there?", "**A:** I was. So was Ann."),
    ],
)
def test_a_question_stands_with_the_reply_of_another_speaker(asks: str, replies: str) -> None:
    first, second = cut("a.txt", f"{asks}\n\n{replies}\n\n{asks}\n\n{replies}\n")
    assert first.text == second.text == f"{asks}\n\n{replies}"
    question, *reply = [sentence.text for sentence in first.sentences]
    assert question == asks
    assert " ".join(reply) == replies


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ann: It opens in March, they say.", REPLIES),
        (ASKS, "Whitcombe: You said it would be May, and then it was June."),
        (ASKS, "It opens in March, and nobody knows why it was not in May."),
        ("When will the library open to readers?", REPLIES),
        (ASKS, "Ferreira: " + "It will open when it is finished. " * 60),
    ],
)
def test_what_is_no_question_and_reply_stays_apart(first: str, second: str) -> None:
    found = [p.text for p in cut("a.txt", f"{first}\n\n{second.strip()}\n")]
    assert found == [first, second.strip()]
