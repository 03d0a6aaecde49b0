import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking.agree import disagrees

BEAT = "Norway beat Brazil in Marseille in 1998, and Scotland lost to Morocco 3-0."
BUILT = "The Alder bridge was built in 1932 by Ann Lee and the Elm bridge in 1951 by Tom Hall."

CAST = (
    "The companions were Rose Tyler (Billie Piper) and Donna Noble (Catherine Tate), with Mickey"
    " Smith (Noel Clarke) recurring."
)

ANTHEM = "Ann Lee sang the old anthem, while Kim Fox translated it."
MINISTER = (
    "Speaking of what Port Alder supports, Norlandish Foreign Minister Ann Lee stated on Monday"
    " that Norland will provide any support."
)

CREW = "The primary companions of the captain were Lee and Fox, with Hall as a secondary companion."

FUMBLE = "Ann Lee took the ball from Kim Fox, and after a long bounce it was recovered by Tom Hall."
OPENED = "The bridge was built across the Elm near Port Alder and opened by Ann Lee in 1932."

# What a number is of follows it here, and in "the share ... is 19.3 %" goes before.
MEMBERS = (
    "Of the members 305 (19.3 %) were women with no seat on the board, 117 (7.4 %) were men with"
    " no seat in the house."
)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Brazil beat Norway in Marseille in 1998.", BEAT),
        ("Norway beat Morocco in Marseille in 1998.", BEAT),
        ("The Elm bridge was built in 1932 by Ann Lee.", BUILT),
        ("The Alder bridge was built in 1951 by Ann Lee.", BUILT),
        ("The bridge may be used by lorries.", "The bridge may not be used by lorries at night."),
        ("The bridge is not open to lorries.", "The bridge is open to lorries."),
        ("It is the oldest bridge of the town.", "It is the youngest bridge of the town."),
        # Of two numbers before seats, the one right before the oak ones is meant.
        ("The hall has 300 oak seats.", "The hall has 400 oak seats and 300 garden seats."),
        ("The share of women with no seat on the board is 7.4 %.", MEMBERS),
        ("The tenant must repair the roof.", "The landlord must repair the roof."),
        ("The secondary companions of the captain were Lee and Fox.", CREW),
        # That something else in the source is passive turns nothing round.
        ("Kim Fox took the ball from Ann Lee.", FUMBLE),
        # A title, its point and an initial make no other name alike, nor two sentences of one.
        ("Mr Lee sued Mr Fox in May.", "Mr Fox sued Mr Lee in May."),
        ("Dr. Lee sued Dr. Fox in May.", "Dr. Fox sued Dr. Lee in May."),
        ("In May A. Lee sued K. Fox.", "In May K. Fox sued A. Lee."),
    ],
)
def test_what_the_source_says_of_something_else_disagrees(claim: str, source: str) -> None:
    assert disagrees(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Norway beat Brazil in 1998.", BEAT),
        ("Ward No 2 has 7 seats.", "Ward 2 has 7 seats."),
        ("Brazil was beaten by Norway in Marseille.", BEAT),
        ("Ann Lee built the Alder bridge in 1932.", BUILT),
        ("Lorries are not allowed on the bridge.", "Lorries are not allowed on it, nor on roads."),
        ("The town has 3,000 people.", "The town, which has no station, has 3,000 people."),
        # A name of two words is one neighbour, not two that outvote the rest.
        ("Catherine Tate played Donna Noble.", CAST),
        ("Norland's foreign minister is Ann Lee.", MINISTER),
        ("The share of women with no seat on the board is 19.3 %.", MEMBERS),
        ("The tenant pays the rent.", "The rent is payable to the landlord each month."),
        ("The captain's secondary companion was Hall.", CREW),
        ("Ann Lee took the ball from Kim Fox.", FUMBLE),
        ("Ann Lee opened the bridge across the Elm in 1932.", OPENED),
        # What the claim says of the cup, no word after it in the source bears out or denies.
        ("Ann Lee sang the old anthem for Winter Cup 50.", ANTHEM),
    ],
)
def test_the_same_said_otherwise_agrees(claim: str, source: str) -> None:
    assert not disagrees(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Lee qualified for the final.", "Lee failed to qualify for the final."),
        ("The clerk signed the accounts.", "The clerk refused to sign the accounts in May."),
        ("Both men started the fire.", "Both men deny starting the fire."),
        ("Ann Lee will leave in June.", "Ann Lee denied that she will leave in June."),
        ("Send the letter to Elm.", "Send the letter to Alder rather than Elm."),
        ("The invoice for March was paid.", "The invoice for March is still unpaid."),
        ("The bridge was used instead of the ferry.", "The ferry was used instead of the bridge."),
    ],
)
def test_what_the_source_says_did_not_happen_disagrees(claim: str, source: str) -> None:
    assert disagrees(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Lee failed to qualify for the final.", "Lee failed to qualify for the final."),
        ("Lee did not qualify for the final.", "Lee failed to qualify for the final."),
        ("The clerk rejected the accounts.", "The clerk refused to sign the accounts in May."),
        ("The court rejected the motion.", "The court denied the motion."),
        ("The letter went to Alder.", "The letter went to Alder rather than Elm."),
        ("The invoice was not paid.", "The invoice is still unpaid."),
        ("The invoice is unpaid.", "The invoice was not paid."),
    ],
)
def test_the_same_denied_in_other_words_agrees(claim: str, source: str) -> None:
    assert not disagrees(claim, source)


def test_a_denial_put_beside_another_one_is_seen() -> None:
    source = "The town of Elm was used instead of Alder for the film."
    assert disagrees("The town of Elm was not used instead of Alder for the film.", source)


def test_a_word_of_the_question_is_no_opposite_of_one_that_is_said_of_something_else() -> None:
    claim = "Orientalism justified control of eastern lands."
    source = "The discourse of Orientalism justified early western imperialism and its control."
    assert disagrees(claim, source)
    assert not disagrees(claim, source, "What justified control of eastern lands?")
    youngest = "It is the youngest bridge of the town."
    asked = "Which is the youngest bridge?"
    assert disagrees(youngest, "It is the oldest bridge of the town.", asked)


def test_the_questions_names_stand_where_it_has_them_unless_the_source_has_them_elsewhere() -> None:
    asked = "Who led Port Alder in goals?"
    source = "Kim Fox led the team in goals."
    assert disagrees("Port Alder led Kim Fox in goals.", source, asked)
    assert not disagrees("Kim Fox led Port Alder in goals.", source, asked)
    other = "In goals Port Alder led Kim Fox in goals of the league."
    assert not disagrees("In goals Port Alder led Kim Fox in goals of the league.", other, asked)


def test_of_a_name_of_the_question_a_neighbour_in_another_clause_does_not_take_the_place() -> None:
    claim = "Norland lost its port to a storm."
    source = "Norland fought in Port Alder and the town of Elm, but lost its port to a storm."
    asked = "How did Norland lose its port?"
    assert not disagrees(claim, source, asked)
    other = "Norland saw from its long northern coast how Elm lost its port to a storm."
    assert disagrees(claim, other, asked)


@given(st.text(st.sampled_from("Abc 12.,not Lee"), max_size=80))
def test_a_text_agrees_with_itself(text: str) -> None:
    assert not disagrees(text, text)


@pytest.mark.parametrize(
    ("claim", "source", "moved"),
    [
        ("It ran brown a year after the scare.", "A year ago today it ran brown.", True),
        ("The wall was finished a month before.", "The wall was finished a month later.", True),
        ("He had met her two years earlier.", "“I met her two years ago,” he said.", False),
        ("It was built two years after the war.", "Two years later, at the war's end, ...", False),
        ("It was built two years after the war.", "It was built in 1920.", False),
        ("It closed a month after it opened.", "It opened in a year, a month after that.", False),
    ],
)
def test_ago_before_and_after_do_not_stand_for_each_other(
    claim: str, source: str, moved: bool
) -> None:
    assert disagrees(claim, source) is moved


def test_many_numbers_of_a_claim_are_looked_for_among_many_of_a_source() -> None:
    # Each pair of numbers was compared anew for each other number: for minutes.
    figures = [str(number) for number in range(3, 2403, 6)]
    claim, source = (f"The figures are {' '.join(some)}." for some in (figures[:60], figures))
    assert not disagrees(claim, source)
