"""Checked sentences -> the answer's text, its sentences and its numbered citations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.match import Match, Span
from rag.sanitise import may_be_shown, without_links
from rag.types import AnswerSentence, Citation, Verdict

_MARK = re.compile(r"\s*\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of an answer that belong together: each mark in the text has its citation."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


def compose(
    checked: Sequence[tuple[str, Match]],
    quoted: Sequence[tuple[str, Match]] = (),
    question: str = "",
) -> Composed:
    """Number the spans in order of appearance; what nothing bears out is left out.

    ``quoted`` are words of sources to be given after the sentences, in quotation marks. A
    sentence that leads to an address is kept where ``question`` asks for one.
    """
    numbers: dict[Span, int] = {}
    sentences = []
    for place, (text, match) in enumerate([*checked, *quoted]):
        if match.verdict is Verdict.UNSUPPORTED or not match.spans:
            continue
        # A document's own reference marks would pass for citations; the quote keeps them.
        text = _MARK.sub("", without_links(text))
        if not may_be_shown(text, match.spans, question):
            continue
        own = tuple(numbers.setdefault(span, len(numbers) + 1) for span in match.spans)
        quotation = place >= len(checked)
        text = f"“{text}”" if quotation else text
        sentences.append(AnswerSentence(text, own, match.verdict, quotation))
    citations = tuple(
        Citation(number, span.paragraph, span.start, span.end) for span, number in numbers.items()
    )
    return Composed(with_marks(sentences), tuple(sentences), citations)


def with_marks(sentences: Sequence[AnswerSentence]) -> str:
    """The text of an answer: its sentences, each with the marks of its citations."""
    return " ".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in sentences)
