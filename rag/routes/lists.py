"""The lists of a document: items under marks, or told one after the other, and what is over them.

"The tenant must:" says what its items are and none of them, an item says one and not of what. Only
together are they an answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.lines import begins_item, is_row, lines_of
from index.types import Paragraph, Sentence
from index.words import ordinal
from rag.match import Span
from rag.routes.sublists import leads_in, sublists
from rag.tables.rows import cells

_LEADS_IN = re.compile(r"\b(?:following|as follows|these|below|includes?)\b|[^.!?]$", re.IGNORECASE)
_TOLD_FIRST = re.compile(r"(?P<ordinal>\w+?)(?:ly)?(?:,| of all\b)", re.IGNORECASE)
_TOLD_LAST = re.compile(r"(?:finally|lastly)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?P<label>(?:also |members )?present|(?:in )?attendance|attendees|attending|attended by"
    r"|absent|apologies(?: for absence)?)\s*:\s*\S",
    re.IGNORECASE,
)
"""Before the names of those who were at a meeting, in one line."""
_FEWEST = 2
_CLAUSE = re.compile(r"(?:\d{1,2}\.){1,2}\d{1,2}\.?\s+[^\W\d]")
_NUMBER = re.compile(r"\(?(?:\d{1,2}\.)*(?P<last>\d{1,2})(?:[.):]|\b)\s")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list where it stands.

    ``intro`` is the sentence before it that says what its items are, ``heading`` the one right
    above it; either may be missing.
    """

    intro: Span | None
    heading: str
    items: tuple[Span, ...]

    @property
    def paragraph(self) -> Paragraph:
        """Where it begins."""
        return self.items[0].paragraph

    @property
    def in_steps(self) -> bool:
        """Are its items numbered, each with the number after the one before, from 1 on?"""
        found = [_NUMBER.match(item.words) for item in self.items]
        numbers = [int(number["last"]) for number in found if number]
        return numbers == list(range(1, len(self.items) + 1))

    @property
    def in_clauses(self) -> bool:
        """Are its items numbered "6.1", as steps are and the clauses of a contract?"""
        return _CLAUSE.match(self.items[0].words) is not None

    @property
    def spans(self) -> tuple[Span, ...]:
        """What leads in to it, and its items."""
        return (self.intro, *self.items) if self.intro else self.items

    @property
    def goes_on(self) -> bool:
        """Does what leads in to it say nothing without an item, and no item without that?"""
        return self.intro is not None and leads_in(self.intro.text)

    @property
    def over(self) -> str:
        """The words that say what its items are."""
        return self.intro.words if self.intro else self.heading


def lists_in(paragraphs: Sequence[Paragraph]) -> list[Listing]:
    """The lists in neighbouring paragraphs of one document, in order."""
    found: list[Listing] = []
    begun: list[Span] = []
    before: Paragraph | None = None
    for paragraph in [*paragraphs, None]:
        items = _items(paragraph) if paragraph else []
        # Items with blank lines between them are a paragraph each.
        goes_on = items and begun and paragraph and _same_part(begun[-1].paragraph, paragraph)
        if begun and not goes_on:
            found += _listing(before, begun)
            begun = []
        if items:
            begun += items
        elif paragraph:
            before = paragraph
            found += _told_in_order(paragraph) + _labelled(paragraph)
    return found


def _listing(before: Paragraph | None, items: Sequence[Span]) -> list[Listing]:
    own = items[0].paragraph
    heading = own.heading_path[-1] if own.heading_path else ""
    below = before is not None and _same_part(before, own)
    intro = _lead_in(before) if before and below else None
    listing = Listing(intro, heading, tuple(items))
    # Other paragraphs may stand between a heading and a list that is not of what it says, but for
    # the steps that it tells of; a table is asked for by its columns.
    of_heading = listing.in_steps if below else not cells(own, items[0].text)
    found = [listing] if (intro or of_heading) and len(items) >= _FEWEST else []
    within = sublists([item.text for item in items])
    inner = [(items[at], tuple(items[at + 1 : end])) for at, end in within]
    # The innermost first: what an item of it says is said by none of the others.
    deeper = [Listing(over, heading, under) for over, under in inner if len(under) >= _FEWEST]
    return [*reversed(deeper), *found]


def _lead_in(before: Paragraph) -> Span | None:
    last = before.sentences[-1]
    leads_in = len(before.sentences) == 1 or _LEADS_IN.search(last.text)
    return _span(before, last) if leads_in else None


def _same_part(one: Paragraph, other: Paragraph) -> bool:
    return one.heading_path == other.heading_path and other.ordinal - one.ordinal == 1


def _items(paragraph: Paragraph) -> list[Span]:
    """A span of each item, or of each row under a header; none of what is no list."""
    starts = [
        begins_item(sentence.text) or _CLAUSE.match(sentence.text) is not None
        for sentence in paragraph.sentences
    ]
    if starts and starts[0] and not is_row(lines_of(paragraph.text)[0]):
        return _grouped(paragraph, starts)
    return [_span(paragraph, s) for s in paragraph.sentences if cells(paragraph, s.text)]


def _told_in_order(paragraph: Paragraph) -> list[Listing]:
    """ "It took two measures. First, it removed the weir. Second, it planted alders." """
    places = list(map(_place, paragraph.sentences))
    if 1 not in places:
        return []
    first = places.index(1)
    last = max(at for at, place in enumerate(places) if place)
    starts = [place > 0 for place in places[first : last + 1]]
    items = _grouped(paragraph, starts, first)
    if len(items) < _FEWEST:
        return []
    intro = _span(paragraph, paragraph.sentences[first - 1]) if first else None
    heading = "" if intro or not paragraph.heading_path else paragraph.heading_path[-1]
    return [Listing(intro, heading, tuple(items))]


def _labelled(paragraph: Paragraph) -> list[Listing]:
    """ "Present: Ann Lee, Tom Kruse": a list of one item, which has its heading."""
    found = ((sentence, _LABEL.match(sentence.text)) for sentence in paragraph.sentences)
    return [Listing(None, m["label"], (_span(paragraph, s),)) for s, m in found if m]


def _place(sentence: Sentence) -> int:
    """The number that a sentence begins with in words, 0 without; of the last more than any."""
    if _TOLD_LAST.match(sentence.text):
        return len(sentence.text)
    told = _TOLD_FIRST.match(sentence.text)
    return int(ordinal(told["ordinal"]) or 0) if told else 0


def _grouped(paragraph: Paragraph, starts: Sequence[bool], first: int = 0) -> list[Span]:
    """One span for each start and the sentences up to the next."""
    spans: list[Span] = []
    sentences = paragraph.sentences[first : first + len(starts)]
    for sentence, begins in zip(sentences, starts, strict=True):
        start = sentence.start if begins else spans.pop().start
        spans.append(Span(paragraph, start, sentence.end))
    return spans


def _span(paragraph: Paragraph, sentence: Sentence) -> Span:
    return Span(paragraph, sentence.start, sentence.end)
