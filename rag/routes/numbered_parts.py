"""A part of a document by its number, "what does clause 7.2 of the lease say?": all of it.

No word of the question says what the part is about, so no search finds it by meaning. What other
documents of the same name change of it ("clause 10.2 is replaced by …") is given with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.lines import begins_item
from index.types import Paragraph, Sentence
from rag.match import Span

_PART = r"(?:clause|section|article|paragraph|para|condition|rule|regulation)"
_ASKED = re.compile(
    rf"\s*(?:please )?what (?:does|do|is in|is the (?:text|wording) of) (?:the )?{_PART}\.? "
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<below>(?: ?\([0-9a-z]{1,4}\))*)"
    r"(?: (?:of|in|under) (?P<of>[^?]{1,120}?))?"
    r"(?: (?:say|provide|state|read|contain|set out))?(?: exactly)?\s*\??\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W{0,4}(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?\s")
_BELOW = re.compile(r"\((?P<label>[0-9a-z]{1,4})\)", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:delet|replac|amend|substitut|insert|add|omit|repeal)\w*", re.IGNORECASE
)
_MOST = 20
"""Sentences: more is a chapter, to be read in its document."""

_Told = tuple[Paragraph, Sentence]


@dataclass(frozen=True, slots=True)
class PartAsked:
    """Of clause 7.2(a) the ``number`` is 7.2 and ``below`` is (a). ``of``: what it is a part of."""

    number: str
    below: tuple[str, ...]
    of: str


def part_asked(question: str) -> PartAsked | None:
    """The part that the question asks for, and nothing else; None for other questions."""
    found = _ASKED.fullmatch(question)
    if found is None:
        return None
    below = tuple(label["label"].lower() for label in _BELOW.finditer(found["below"]))
    return PartAsked(found["number"], below, found["of"] or "")


def part_in(paragraphs: Sequence[Paragraph], asked: PartAsked) -> list[Span]:
    """The part of a document that has this number, a span a paragraph; none where several have."""
    told = [(p, s) for p in paragraphs for s in p.sentences]
    region = _headed(told, asked.number) or _numbered(told, asked.number)
    for label in asked.below:
        region = _below(region, label)
    return _spans(region) if len(region) <= _MOST else []


def changes_of(paragraphs: Sequence[Paragraph], asked: PartAsked) -> list[Span]:
    """The sentences that say of a part by its number that it is replaced, deleted or added to."""
    named = re.compile(rf"\b{_PART} {re.escape(asked.number)}(?![\d.]*\d)", re.IGNORECASE)
    return [
        Span(p, s.start, s.end)
        for p in paragraphs
        for s in p.sentences
        if named.search(s.text) and _CHANGES.search(s.text)
    ]


def _numbered(told: Sequence[_Told], number: str) -> list[_Told]:
    """From the sentence that begins with the number to the next that begins with one."""
    starts = [i for i, (_, s) in enumerate(told) if _own(s.text) == number]
    if len(starts) != 1:
        return []
    first = starts[0]
    begun = told[first][0]
    end = first + 1
    while end < len(told) and _goes_on(begun, *told[end]):
        end += 1
    return list(told[first:end])


def _goes_on(begun: Paragraph, paragraph: Paragraph, sentence: Sentence) -> bool:
    """Is it of the part that began there? Another paragraph only as one of its items."""
    within = paragraph.id == begun.id or (
        begins_item(paragraph.text) and paragraph.heading_path == begun.heading_path
    )
    return within and not _own(sentence.text)


def _headed(told: Sequence[_Told], number: str) -> list[_Told]:
    """All that stands under the one heading with the number."""
    headed = {
        p.heading_path[: at + 1]
        for p, _ in told
        for at, heading in enumerate(p.heading_path)
        if _own(f"{heading} ") == number
    }
    if len(headed) != 1:
        return []
    [path] = headed
    return [(p, s) for p, s in told if p.heading_path[: len(path)] == path]


def _own(text: str) -> str:
    found = _NUMBER.match(text)
    return found["number"] if found and not text.lstrip().startswith("(") else ""


def _below(region: Sequence[_Told], label: str) -> list[_Told]:
    """From the item with the label to the next of its kind."""
    marks = [_BELOW.match(s.text.lstrip()) for _, s in region]
    labels = [mark["label"].lower() if mark else "" for mark in marks]
    if labels.count(label) != 1:
        return []
    first = labels.index(label)
    following = str(int(label) + 1) if label.isdecimal() else chr(ord(label[0]) + 1)
    ends = [k for k in range(first + 1, len(labels)) if labels[k] == following]
    return list(region[first : ends[0] if ends else len(region)])


def _spans(region: Sequence[_Told]) -> list[Span]:
    spans: list[Span] = []
    for paragraph, sentence in region:
        if spans and spans[-1].paragraph.id == paragraph.id:
            spans[-1] = Span(paragraph, spans[-1].start, sentence.end)
        else:
            spans.append(Span(paragraph, sentence.start, sentence.end))
    return spans
