"""Where a term stands in the documents, counted and quoted exactly: no model, no ranking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from index.types import Paragraph
from index.words import content_stems, stems
from rag.match import Match, Span, verbatim
from rag.sanitise import may_be_shown
from rag.types import Verdict

CITED = 5
LISTED = 20
_APOSTROPHES = re.compile(r"['’]")

Checked = tuple[str, Match]


@dataclass(frozen=True, slots=True)
class Told:
    """What a route found: sentences with the words they rest on, and a line about its limits."""

    checked: tuple[Checked, ...]
    notice: str = ""
    refusal: str = ""


def counted(term: str, holding: Sequence[Paragraph]) -> Told:
    """How often ``term`` is mentioned, whole words only, whatever their case.

    ``holding`` are all paragraphs that might hold it, in the order of the documents.
    """
    found = [(p, places) for p in holding if (places := occurrences(term, p))]
    if not found:
        return Told((), refusal=f"“{term}” is not mentioned in the documents, spelt like this.")
    times = sum(len(places) for _, places in found)
    documents = len({p.path for p, _ in found})
    said = (
        f"“{term}” is mentioned {_times(times)}, in {_plural(len(found), 'paragraph')} of"
        f" {_plural(documents, 'document')}."
    )
    around = (_sentence_at(p, where[0]) for p, where in found)
    spans = tuple(islice((span for span in around if may_be_shown("", [span])), CITED))
    notice = "Counted as a whole word, spelt as in the question, headings not counted."
    if len(found) > CITED:
        notice += f" The first {CITED} paragraphs are cited."
    return Told(((said, Match(Verdict.SUPPORTED, spans, 1.0)),), notice)


def listed(subject: str, holding: Sequence[Paragraph], *, exact: bool) -> Told:
    """The sentences that hold ``subject``: the term itself, or (not ``exact``) all its words.

    Empty when there are none, so that the question can be answered the ordinary way.
    """
    spans = [
        Span(p, s.start, s.end)
        for p in holding
        for s in p.sentences
        if (_pattern(subject).search(s.text) if exact else _holds_words(subject, s.text))
    ]
    if not spans:
        return Told(())
    notice = f"Every sentence that holds “{subject}”, quoted."
    if not exact:
        notice = (
            f"Every sentence that holds the words of “{subject}”, quoted; others may bear on it."
        )
    if len(spans) > LISTED:
        notice += f" There are {len(spans)}; these are the first {LISTED}."
    return Told(tuple(quoted(span) for span in spans[:LISTED]), notice)


def occurrences(term: str, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Offsets in the paragraph's text."""
    return [found.span() for found in _pattern(term).finditer(paragraph.text)]


def quoted(span: Span) -> Checked:
    """A source sentence as a sentence of the answer."""
    return " ".join(span.text.split()), verbatim(span)


def _pattern(term: str) -> re.Pattern[str]:
    words = (_APOSTROPHES.sub("['’]", re.escape(word)) for word in term.split())
    spaced = r"\s+".join(words)
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _holds_words(subject: str, text: str) -> bool:
    return set(content_stems(subject)) <= set(stems(text))


def _sentence_at(paragraph: Paragraph, where: tuple[int, int]) -> Span:
    """The sentence around a place, with the next ones when the term runs over their border."""
    start, end = paragraph.start + where[0], paragraph.start + where[1]
    touched = [s for s in paragraph.sentences if s.start < end and s.end > start]
    if not touched:
        return Span(paragraph, start, end)
    return Span(paragraph, min(start, touched[0].start), max(end, touched[-1].end))


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
