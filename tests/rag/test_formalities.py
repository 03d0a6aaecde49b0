import pytest

from rag.formalities import only_names_parties

AGREEMENT = (
    "This agreement is dated 1 June 2022 and is made between Elm Water plc, registered in England"
    ' with number 02366721 (the "Client"), and Ash Data Limited, of 3 Dyer Street, Leeds (the'
    ' "Supplier").'
)
TENANT = '(2) ASH DATA LIMITED (company number 12875510) of 3 Dyer Street, Leeds ("the Tenant")'
SIGNED = "Signed by Ines Braga, managing director, for and on behalf of Ash Data Limited."


@pytest.mark.parametrize("text", [AGREEMENT, TENANT, SIGNED])
@pytest.mark.parametrize(
    "question",
    [
        "May Ash Data subcontract the services?",
        "How much notice must Elm Water give to end the agreement?",
        "When does the lease of Ash Data expire?",
    ],
)
def test_who_the_parties_are_says_nothing_of_what_they_agreed(text: str, question: str) -> None:
    assert only_names_parties(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who is the tenant?", TENANT),
        ("What is the company number of Ash Data?", TENANT),
        ("When was the agreement with Elm Water made?", AGREEMENT),
        ("Who are the parties to the agreement?", AGREEMENT),
        ("Who signed for Ash Data?", SIGNED),
        ("What is the position of Ines Braga?", SIGNED),
        ("May the rent be reviewed?", 'The rent is to be reviewed on 1 May (the "Review Date").'),
        (
            "May the Client end it?",
            'Elm Water plc, of 9 Castle Row (the "Client"), may end it at any time.',
        ),
    ],
)
def test_it_tells_of_the_parties_and_other_definitions_tell_what_they_say(
    question: str, text: str
) -> None:
    assert not only_names_parties(question, text)


def test_another_role_and_another_line_do_not_tell_who_has_the_one_or_signed() -> None:
    assert only_names_parties("Who is the guarantor of Ash Data's lease?", TENANT)
    assert only_names_parties("Who signed the agreement for Elm Water?", AGREEMENT)
