"""Gold items -> true claims of three kinds, with the paragraphs they are judged by.

A source's own sentence, a sentence people wrote as an answer, and one the model drafted: wording
moves away from the source in this order, and with it the check gets harder.
"""

from collections.abc import Sequence

from eval.gold.items import LONG_ANSWER_WORDS, ResolvedItem
from eval.metrics.correct import contains_answer
from eval.mutation.rates import Claim
from index.blocks import Block, Kind
from index.paragraphs import split_sentences
from index.types import Paragraph
from rag.draft import draft_sentences
from rag.engine import Engine
from rag.types import Finished, Token

PARAGRAPHS = 5
"""So many a claim is judged by, the one it is true of first."""

_FEWEST_WORDS = 5


def verbatim(item: ResolvedItem, paragraphs: tuple[Paragraph, ...]) -> list[Claim]:
    """The document's sentence that an item's first quote is of."""
    quote = item.item.evidence[0].quote
    own = [s.text for s in paragraphs[0].sentences if quote in s.text or s.text in quote]
    return _claims(own[:1], item.item.question, paragraphs)


def written(item: ResolvedItem, paragraphs: tuple[Paragraph, ...]) -> list[Claim]:
    """The sentences of an accepted answer that is a text of its own."""
    long = [a for a in item.item.answers if len(a.split()) > LONG_ANSWER_WORDS][:1]
    sentences = [s.text for a in long for s in split_sentences(a, Block(Kind.PROSE, 0, len(a)))]
    return _claims(sentences, item.item.question, paragraphs)


def drafted(item: ResolvedItem, paragraphs: tuple[Paragraph, ...], engine: Engine) -> list[Claim]:
    """The sentences of the model's draft that hold an accepted answer, before any check of them.

    What a reader sees has passed the check already and tells nothing of its false alarms.
    """
    draft, asked = "", item.item.question
    for event in engine.stream(item.item.question, item.item.history):
        if isinstance(event, Token):
            draft += event.text
        elif isinstance(event, Finished):
            asked = event.answer.standalone_question
    right = [s for s in draft_sentences(draft) if contains_answer(s, item.item.answers)]
    return _claims(right, asked, paragraphs)


def _claims(
    sentences: Sequence[str], question: str, paragraphs: tuple[Paragraph, ...]
) -> list[Claim]:
    worded = [s for s in sentences if len(s.split()) >= _FEWEST_WORDS]
    return [Claim(sentence, question, paragraphs) for sentence in worded]
