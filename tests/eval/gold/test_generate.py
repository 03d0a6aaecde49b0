from collections.abc import Iterator, Sequence

import pytest

from eval.gold.evidence import evidence_problems
from eval.gold.generate import propose
from eval.gold.generate_llm import propose_with_model
from eval.gold.jsonl import contradictions
from eval.metrics.correct import contains_answer
from eval.relevance import Corpus, QuoteFinder
from rag.models.chat_model import Choice, Message, ModelCallError, Piece
from tests.index.cutting import cut

TEXT = (
    "The Alder bridge was opened in 1932 by the mayor of Renfield, who walked over it first.\n\n"
    "It carries 14 lanes of heavy traffic over the river Tam every single day of the week.\n\n"
    "According to Kremlin spokesperson Dmitry Peskov, the bridge is not to be moved north.\n\n"
    "Along the road lies Hama, a city that sits between Aleppo and the capital, as maps show.\n\n"
    "The bridge was painted in 1950 and closed for long repairs.\n\n"
    "The tower was begun in 1950 and finished by another builder.\n\n"
    "Section 58 of the Highways Act has nothing to say about bridges of that age."
)


@pytest.fixture
def corpus() -> Corpus:
    return Corpus({"a.txt": TEXT}, {"a.txt": cut("a.txt", TEXT)})


def test_templates_ask_what_one_sentence_answers(corpus: Corpus) -> None:
    found = {item.question: item.answers for item in propose(corpus, most=50)}
    assert found["How many lanes are mentioned?"] == ("14",)
    assert found["What is Hama?"] == ("a city that sits between Aleppo and the capital",)
    assert found["Who is the Kremlin spokesperson?"] == ("Dmitry Peskov",)
    [happened] = found["What happened in 1932?"]
    assert happened.startswith("The Alder bridge was opened in 1932")
    assert not [question for question in found if "Highways" in question]
    # Two sentences tell of that year: no single answer.
    assert "What happened in 1950?" not in found


def test_every_proposal_is_a_sound_item(corpus: Corpus) -> None:
    finder = QuoteFinder(corpus)
    for item in propose(corpus, most=50):
        assert not list(contradictions(item))
        assert not list(evidence_problems(item, finder))
        assert contains_answer(item.evidence[0].quote, item.answers)


def test_proposals_are_drawn_by_the_seed(corpus: Corpus) -> None:
    assert propose(corpus, most=2, seed=1) == propose(corpus, most=2, seed=1)
    assert len(propose(corpus, most=2)) == 2
    drawn = {tuple(item.question for item in propose(corpus, most=2, seed=s)) for s in range(9)}
    assert len(drawn) > 1


class Writer:
    """A model that writes a scripted question and answer, whatever it is shown."""

    name = "writer"

    def __init__(self, replies: Sequence[str | ModelCallError]) -> None:
        self._replies = list(replies)
        self.shown: list[str] = []

    def choose(self, messages: Sequence[Message], *, continues: bool = False) -> Choice:
        raise NotImplementedError

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[Piece]:
        self.shown.append(messages[-1][1])
        reply = self._replies.pop(0) if self._replies else ""
        if isinstance(reply, ModelCallError):
            raise reply
        yield Piece(reply)


GOOD = "Question: By whom was the bridge opened?\nAnswer: the mayor of Renfield."


def test_model_proposals_quote_the_sentence_that_holds_the_answer(corpus: Corpus) -> None:
    [item] = propose_with_model(corpus, Writer([GOOD] * 6), most=3)
    assert item.answers == ("the mayor of Renfield",)
    assert item.evidence[0].quote.startswith("The Alder bridge was opened in 1932")
    assert not list(evidence_problems(item, QuoteFinder(corpus)))


@pytest.mark.parametrize(
    "reply",
    [
        "I would rather not.",
        "Question: Who?\nAnswer: somebody else entirely",
        "Question: Did the mayor of Renfield open it?\nAnswer: the mayor of Renfield",
        "Question: What?\nAnswer: ",
    ],
)
def test_what_cannot_be_checked_is_not_proposed(corpus: Corpus, reply: str) -> None:
    assert propose_with_model(corpus, Writer([reply] * 6), most=3) == []


def test_model_that_fails_at_once_is_an_error_and_later_a_loss_of_one(corpus: Corpus) -> None:
    with pytest.raises(ModelCallError):
        propose_with_model(corpus, Writer([ModelCallError("away")]), most=3)
    replies = ["", ModelCallError("away"), *[GOOD] * 4]
    assert len(propose_with_model(corpus, Writer(replies), most=3)) <= 1
