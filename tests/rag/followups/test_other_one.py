import pytest

from index.types import Hit
from rag.followups.other_one import other_one
from rag.followups.set_aside import SetAside
from rag.standalone import Standalone
from rag.types import Turn
from tests.rag.checks import finished
from tests.rag.fakes import hit, paragraph
from tests.rag.small_corpus import MakeChain

ASKED = "Who built the Kingsgate Bridge?"
OTHER = "Who built the other bridge?"
TWO = ("The Kingsgate Bridge is old.", "The Salter Bridge was opened in May.")


def hits(*texts: str) -> tuple[Hit, ...]:
    return tuple(hit(paragraph(text), rank) for rank, text in enumerate(texts, 1))


def alone(question: str = OTHER, earlier: str = ASKED) -> Standalone:
    return Standalone(question, question, aside=SetAside(earlier))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (OTHER, "Who built the Salter bridge?"),
        ("Of what is the Other Bridge made?", "Of what is the Salter Bridge made?"),
    ],
)
def test_the_only_other_one_is_asked_for_by_its_name(question: str, meant: str) -> None:
    named = other_one(alone(question), hits(*TWO))
    assert (named.question, named.query) == (meant, meant)


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        pytest.param(alone(), (TWO[0],), id="none"),
        pytest.param(alone(), (*TWO, "The Alder Bridge fell."), id="two"),
        pytest.param(alone(), ("The bridge is old.", "A stone bridge."), id="no name"),
        pytest.param(alone(earlier="Who built the bridge?"), TWO, id="no name was asked about"),
        pytest.param(Standalone(OTHER, OTHER), TWO, id="no correction"),
        pytest.param(alone("Who built the upper bridge?"), TWO, id="no other"),
    ],
)
def test_what_is_not_sure_is_asked_as_it_was(asked: Standalone, texts: tuple[str, ...]) -> None:
    assert other_one(asked, hits(*texts)) == asked


def test_a_question_that_stands_beside_what_is_asked_goes_on_standing_there() -> None:
    said, beside = "No, the other bridge, built by whom?", f"({ASKED})"
    both = Standalone(f"{said} {beside}", said, said, (), (), ASKED, SetAside(ASKED))
    named = other_one(both, hits(*TWO))
    assert named.own == "No, the Salter bridge, built by whom?"
    assert named.question == f"{named.own} {beside}"


def test_the_reader_is_shown_the_name(make_chain: MakeChain) -> None:
    history = (Turn("user", "When was the Tam bridge opened?"), Turn("assistant", "In May."))
    chain = make_chain(None)
    answer = finished(chain.stream("No, the other bridge", history, extractive=True))
    assert answer.standalone_question == "When was the Alder bridge opened?"
