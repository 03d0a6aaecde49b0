import pytest

from rag.announcing import only_announces
from tests.timing import thread_s


@pytest.mark.parametrize(
    "text",
    [
        "In this section, beside what it cost, we will have to explain why the bridge fell.",
        "We will attempt here to explain why the bridge fell.",
        "We will discuss each reason in turn.",
        "Elsewhere, in section B, we have indicated why bridges fall and will not do so here.",
        "This chapter describes why bridges fall.",
        "Let us now turn to the fall of the bridge.",
        "For more information on why the bridge fell, see the appendix.",
        "(For further details on the bridge see section J.6).",
        "See Chapter 3, “Bridges”.",
        "Why it fell is discussed in more detail in section C.7.",
        "[Bridges and Other Essays, pp. 12-4]",
        "(Ann Lee, Op. Cit., p. 97)",
        "[...]",
        "[citation needed]",
    ],
)
def test_what_only_says_where_something_is_told_does_not_tell_it(text: str) -> None:
    assert only_announces("Why did the bridge fall?", text)


@pytest.mark.parametrize(
    "text",
    [
        "In this section we explain that it fell for want of care.",
        "We will consider every application in the order of its date.",
        "We will explain our reasons in writing.",
        "This section covers loss caused by the fall of a bridge.",
        "For more than ten years nobody came to see the bridge.",
        "The fall is described in Lee's book as an accident.",
        "(The side that faces the river fell first.)",
        "[Ann Lee, the engineer:] It fell for want of care.",
        "Let us be clear: it fell for want of care.",
        "For more information see https://example.org/bridge.",
        "We will turn to the reasons below, but in short nobody cared.",
    ],
)
def test_what_tells_something_beside_is_no_announcement(text: str) -> None:
    assert not only_announces("Why did the bridge fall?", text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does this chapter describe?", "This chapter describes why bridges fall."),
        ("Where is the fall discussed?", "The fall is discussed in section C.7."),
        ("On which page is the quotation?", "[Bridges, p. 12]"),
        ("Where is more information on the fall?", "For more information see the appendix."),
    ],
)
def test_who_asks_where_something_is_told_is_shown_it(question: str, text: str) -> None:
    assert not only_announces(question, text)


def test_where_something_is_may_be_asked_of_the_world() -> None:
    assert only_announces("Where is the bridge?", "See Chapter 3, “Bridges”.")


def test_to_explain_may_be_the_request_itself() -> None:
    text = "We will attempt here to explain why the bridge fell."
    assert only_announces("Please explain why the bridge fell.", text)


@pytest.mark.parametrize(
    ("question", "text", "announces"),
    [
        (
            "Wofür steht LVM?",
            "Die Verwendung des LVM ist in Abschnitt 12 ausführlicher beschrieben.",
            True,
        ),
        ("Wofür steht LVM?", "Weitere Informationen zu LVM finden Sie im Handbuch.", True),
        ("Wofür steht LVM?", "In diesem Kapitel zeigen wir jeden Schritt.", True),
        ("Wofür steht LVM?", "Die Abkürzung LVM ist in Fachkreisen bekannt.", False),
        ("In welchem Abschnitt steht LVM?", "Siehe Abschnitt 12.", False),
        ("Que signifie LVM ?", "Le fonctionnement de LVM est détaillé dans la Section 12.", True),
        ("Que signifie LVM ?", "Pour plus d'informations sur LVM, consultez le manuel.", True),
        ("Que signifie LVM ?", "Le pont est traité dans la rivière.", False),
        ("¿Qué es LVM?", "El uso de LVM se describe con detalle en la sección 12.", True),
        ("¿Qué es LVM?", "Para más información sobre LVM, véase el manual.", True),
        ("¿Qué es LVM?", "Este capítulo trata de LVM.", True),
        ("¿Qué es LVM?", "LVM se usa en la parte norte.", False),
    ],
)
def test_other_languages_announce_and_point_as_well(
    question: str, text: str, announces: bool
) -> None:
    assert only_announces(question, text) is announces


@pytest.mark.parametrize(
    "piece",
    [
        "die ist in ",
        "se describe en ",
        "est dans ",
        "[",
        "(p. ",
        "and is ",
        "we will ",
        "in this section ",
        ". : ",
    ],
)
def test_a_long_odd_sentence_is_looked_at_in_no_time(piece: str) -> None:
    assert thread_s(lambda: only_announces("Why?", piece * 20_000)) < 1
