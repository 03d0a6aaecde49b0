import pytest

from rag.checking.speakers import credits_the_speaker


@pytest.mark.parametrize(
    ("claim", "source", "does"),
    [
        ("Lee inspected the bridge.", "Ann Lee: It was inspected by Holt.", True),
        ("Lee said that Holt inspected it.", "Ann Lee: It was inspected by Holt.", False),
        ("Holt inspected it.", "Ann Lee: It was inspected by Holt.", False),
        ("Lee voted against it.", "Ann Lee: I voted against it.", False),
        ("Lee hat sie geprüft.", "Ann Lee: Ich habe sie geprüft.", False),
        ("Lee inspected the bridge.", "It was inspected by Holt.", False),
    ],
)
def test_who_says_a_thing_has_not_done_it(claim: str, source: str, does: bool) -> None:
    assert credits_the_speaker(claim, [source]) is does


def test_of_several_sources_one_may_be_of_the_speaker() -> None:
    sources = ["Ann Lee: It was inspected.", "Ann Lee: I did it."]
    assert not credits_the_speaker("Lee inspected the bridge.", sources)
