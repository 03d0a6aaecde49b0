import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.parts import only_asks, parts_of


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("When did it open and who built it?", ["When did it open?", "who built it?"]),
        ("What does it weigh and how loud is it?", ["What does it weigh?", "how loud is it?"]),
        ("Where is the mill, and how old is it", ["Where is the mill?", "how old is it?"]),
        (
            "What is the notice period and what is the deposit?",
            ["What is the notice period?", "what is the deposit?"],
        ),
        ("Who founded the club and when?", ["Who founded the club?", "when?"]),
        ("Did the court allow it, and why?", ["Did the court allow it?", "why?"]),
        ("Which side won and by how much?", ["Which side won?", "by how much?"]),
        ("When is it due? And to whom is it paid?", ["When is it due?", "And to whom is it paid?"]),
        (
            "Thank you. What is the fee? Can it be waived? Who decides that?",
            ["Thank you. What is the fee?", "Can it be waived?", "Who decides that?"],
        ),
        (
            "What is the rent, when is it paid and how often is it reviewed?",
            ["What is the rent?", "when is it paid?", "how often is it reviewed?"],
        ),
        (
            "Where is it held and when is it? May I bring my dog?",
            ["Where is it held?", "when is it?", "May I bring my dog?"],
        ),
        (
            "I move out. When must I say so and does the landlord have to answer?",
            ["I move out. When must I say so?", "does the landlord have to answer?"],
        ),
        (
            "Who designed and who built the bridge?",
            ["Who designed the bridge?", "who built the bridge?"],
        ),
        (
            "What are the fees and the deposit of the flat?",
            ["What are the fees of the flat?", "What is the deposit of the flat?"],
        ),
        (
            "Tell me the rent, the fee and the deposit.",
            ["What is the rent?", "What is the fee?", "What is the deposit?"],
        ),
        (
            "Summarise the lease. Who signed it?",
            ["Summarise the lease?", "Who signed it?"],
        ),
        (
            "List all grants of 2024 and tell me who chairs the club.",
            ["List all grants of 2024?", "who chairs the club?"],
        ),
        (
            "Regarding the lease: who pays the rent and when is it due?",
            ["Regarding the lease: who pays the rent?", "when is it due?"],
        ),
        ("When was Dr. Lee born and who is he?", ["When was Dr. Lee born?", "who is he?"]),
        (
            "How often is it due, and can it be put off?",
            ["How often is it due?", "can it be put off?"],
        ),
        ("Why was it shut and is the owner known?", ["Why was it shut?", "is the owner known?"]),
        (
            "Can you tell me when the hall was opened and who opened it?",
            ["when the hall was opened?", "who opened it?"],
        ),
        (
            "Wann wurde die Halle gebaut und wer hat sie entworfen?",
            ["Wann wurde die Halle gebaut?", "wer hat sie entworfen?"],
        ),
        (
            "Quand le pont a-t-il été construit et combien a-t-il coûté ?",
            ["Quand le pont a-t-il été construit?", "combien a-t-il coûté?"],
        ),
        (
            "¿Cuándo se fundó la empresa y quién la dirige?",
            ["¿Cuándo se fundó la empresa?", "quién la dirige?"],
        ),
        ("Quand le musée ferme-t-il et pourquoi ?", ["Quand le musée ferme-t-il?", "pourquoi?"]),
        (
            "Quelle est sa longueur et est-ce que les vélos y passent ?",
            ["Quelle est sa longueur?", "est-ce que les vélos y passent?"],
        ),
        (
            "Wie hoch ist die Rücklage und auf wie viel steigt das Hausgeld?",
            ["Wie hoch ist die Rücklage?", "auf wie viel steigt das Hausgeld?"],
        ),
        (
            "Können Sie mir sagen, wann es beginnt und wie lange es dauert?",
            ["wann es beginnt?", "wie lange es dauert?"],
        ),
        (
            "Wo sitzt der Kundendienst? Kann ich auch sonntags anrufen?",
            ["Wo sitzt der Kundendienst?", "Kann ich auch sonntags anrufen?"],
        ),
    ],
)
def test_a_message_that_asks_several_things_has_several_parts(
    message: str, parts: list[str]
) -> None:
    assert list(parts_of(message)) == parts


@pytest.mark.parametrize(
    "message",
    [
        "When was the Alder bridge opened?",
        "How and when did the plague come to Europe?",
        "Which president appointed the most and which president appointed the least judges?",
        "What is drain and what is solid casting?",
        "How many crossed the border, and by which road?",
        "Who decides what is built and what is not?",
        "What happens if the tenant leaves and when the rent is late?",
        "What did Anna and who else say?",
        "Does he know who signed and who paid?",
        "Terms and what they mean",
        "The lamp is broken? Who mends it?",
        "How can I pay? From my account?",
        "It is late, right? Is it?",
        "Who signed for the landlord and who for the tenant?",
        "Which dogs are allowed and which are not?",
        "When the lamp blinks, what does it mean and how is it reset?",
        "Who owns the mill and has the key?",
        "Who won and who came second?",
        "Hello. Who is the chair?",
        "It is late and tell me who won.",
        "Who decides and who pays the fee?",
        "What are the first and the second step?",
        "What are the terms and conditions of the lease?",
        "What is the Rose and the Crown?",
        "What is the difference between the lease and the licence?",
        "When did the north and the south gate open?",
        "Who does the dishes and does the laundry?",
        "Please tell me what he does when it rains and when it snows.",
        "Wann wurde das Dach gedeckt und von wem?",
        "Pourquoi a-t-il été fermé, et en quelle année ?",
        "Is it A or B? Is it C or D? Is it E or F? Is it G or H?",
        "Which countries signed and which refused the treaty?",
    ],
)
def test_a_message_that_asks_one_thing_or_does_not_ask_twice_stays_whole(message: str) -> None:
    assert parts_of(message) == ()


@given(st.text(alphabet=st.sampled_from("whoen td?.,¿! yu"), max_size=300))
def test_any_message_is_parted_into_questions_of_its_own_words_in_order(message: str) -> None:
    at = 0
    for part in parts_of(message):
        assert part.endswith("?")
        at = message.index(part.rstrip("?"), at) + len(part) - 1


@pytest.mark.parametrize("part", ["when?", "And why?", "by how much?", "where?", "et pourquoi ?"])
def test_an_asking_word_alone_asks_of_what_was_said(part: str) -> None:
    assert only_asks(part)


@pytest.mark.parametrize("part", ["when was it?", "why not?", "who?"])
def test_what_has_words_of_its_own_is_a_question_of_its_own(part: str) -> None:
    assert not only_asks(part)
