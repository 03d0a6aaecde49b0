"""What must hold for every finished answer, whichever way it came about."""

import gc
import re
import warnings
from collections.abc import Callable, Iterable, Sequence

from hypothesis import settings

from rag.types import Answer, Event, Evidence, Finished, Status, Token, Waiting

PROPERTY = settings(max_examples=60)

MARK = re.compile(r"\[(\d{1,3})\]")


def finished(events: Iterable[Event]) -> Answer:
    """The answer of a whole stream, after checking the order of its events."""
    listed = list(events)
    told = [e for e in listed if not isinstance(e, Token | Waiting)]
    kinds = "".join(_kind(event) for event in told)
    # At first sight and once the best were read, and both again once a model rewrote the question.
    assert re.fullmatch("(?:s?f){1,2}F", kinds), kinds
    assert isinstance(listed[0], Evidence)
    assert isinstance(listed[-1], Finished)
    return listed[-1].answer


def _kind(event: Event) -> str:
    if isinstance(event, Evidence):
        return "f" if event.final else "s"
    return "F" if isinstance(event, Finished) else "?"


def draft_of(events: Sequence[Event]) -> str:
    return "".join(e.text for e in events if isinstance(e, Token))


def check_answer(answer: Answer, document_text: Callable[[str], str]) -> None:
    """Marks, sentences and citations agree; every span is exact in its document."""
    marks = {int(n) for n in MARK.findall(answer.text)}
    numbers = [c.number for c in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert marks == set(numbers)
    assert {n for s in answer.sentences for n in s.citations} == set(numbers)
    assert all(s.citations for s in answer.sentences)
    for citation in answer.citations:
        paragraph = citation.paragraph
        text = document_text(paragraph.path)
        assert text[citation.quote_start : citation.quote_end] == citation.quote
        assert text[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.start <= citation.quote_start < citation.quote_end <= paragraph.end
    assert [h.rank for h in answer.retrieved] == list(range(1, len(answer.retrieved) + 1))
    if answer.status is Status.ANSWERED:
        assert answer.citations
    else:  # It may quote what the documents say instead.
        assert all(s.quotation for s in answer.sentences)


def forget_connections() -> None:
    """Let go of connections that models left open, here and not in the middle of another test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
