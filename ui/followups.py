"""Questions to ask next, drawn from the documents an answer cites.

Headings, names and the first sentences of cited documents that were not asked about yet become
short questions. Each is tried without the model, and only those the documents answer are offered.

They are in English whatever language the pages speak: the embedder, the spelling and the decision
to refuse know little else. Of 35 topics of English documents 23 were answered so, and 2 or 3 where
the same was asked in German, French or Spanish.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from index.errors import PinciteError
from index.types import Paragraph
from index.words import content_stems, stems
from rag.engine import Engine
from rag.types import Finished, Status
from ui.asking import ask
from ui.render import printable
from ui.scope import Scope
from ui.session import ChatTurn

log = logging.getLogger(__name__)

OFFERED = 3
TRIED = 10
NEAR = 12
MAX_TOPIC_WORDS = 8
ASKING = frozenset(
    [
        "who",
        "whom",
        "whose",
        "what",
        "which",
        "when",
        "where",
        "why",
        "how",
        "is",
        "are",
        "do",
        "does",
        "can",
    ]
)
# Two to four capitalised words inside a sentence: a name, with little doubt.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: (?:of |the )?[A-Z][a-z]+){1,3}\b")
# "4.2 Deposit", "§ 3 Rent": the number says nothing to somebody who has not seen the document.
_NUMBER = re.compile(r"(?:§ ?\d{1,3}|\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+)[.)]? +")
_OF_ANY_TEXT = (
    "abstract annex appendix background chapter conclusion content detail figure general"
    " information introduction miscellaneous note other overview part preamble purpose reference"
    " result section summary table"
)
_ANY_HEADING = frozenset(stems(_OF_ANY_TEXT))
_PLAIN = re.compile(r"“?[\w’' ,.&/()-]{3,60}”?")


def follow_ups(
    engine: Engine, turn: ChatTurn, turns: Sequence[ChatTurn], spare: Callable[[], bool]
) -> tuple[str, ...]:
    """Up to three questions the documents answer and nobody has asked in this conversation.

    Each try takes the time of an answer: none is begun once there is no time to ``spare``.
    """
    try:
        candidates = _candidates(_nearby(engine, turn), _said(turns))
        in_time = takewhile(lambda _: spare(), candidates)
        tried = (topic for _, topic in zip(range(TRIED), in_time, strict=False))
        found = (topic for topic in tried if _answerable(engine, question(topic), turn.scope))
        return tuple(question(topic) for _, topic in zip(range(OFFERED), found, strict=False))
    except PinciteError:
        return ()


def question(topic: str) -> str:
    """A short honest question about a topic of the documents."""
    return f"What do the documents say about {topic}?"


def topics(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """What the paragraphs are about: their headings first, then the names in them."""
    for paragraph in paragraphs:
        for heading in reversed(paragraph.heading_path):
            words = _NUMBER.sub("", " ".join(printable(heading).split()), count=1).rstrip(".:")
            begins = words.split(" ")[0].lower()
            if begins not in ASKING and not _ANY_HEADING.issuperset(content_stems(words)):
                yield f"“{words}”"
    for paragraph in paragraphs:
        yield from (found[0] for found in _NAME.finditer(paragraph.text))


def _candidates(paragraphs: Sequence[Paragraph], said: set[str]) -> Iterator[str]:
    seen: set[str] = set()
    for topic in topics(paragraphs):
        words = set(content_stems(topic))
        fresh = words and not words <= said and not words & seen
        if fresh and len(topic.split()) <= MAX_TOPIC_WORDS and _PLAIN.fullmatch(topic):
            seen |= words
            yield topic


def _nearby(engine: Engine, turn: ChatTurn) -> list[Paragraph]:
    """The paragraphs around those cited, and those found beside them."""
    found: dict[str, Paragraph] = {}
    for citation in turn.answer.citations if turn.answer else ():
        at = citation.paragraph.ordinal
        for paragraph in engine.paragraphs(citation.paragraph.path, at - NEAR, at + NEAR):
            found[paragraph.id] = paragraph
    for hit in turn.hits[:5]:
        found.setdefault(hit.paragraph.id, hit.paragraph)
    return list(found.values())


def _said(turns: Sequence[ChatTurn]) -> set[str]:
    texts = [t.question for t in turns] + [t.answer.text for t in turns if t.answer]
    return {stem for text in texts for stem in stems(text)}


def _answerable(engine: Engine, asked: str, scope: Scope) -> bool:
    for event in ask(engine, asked, (), scope, extractive=True):
        if isinstance(event, Finished):
            return event.answer.status is Status.ANSWERED
    return False
