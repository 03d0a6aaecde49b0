"""Paragraphs as the reports show them: in pieces, the quoted words marked, long ones cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eval.gold.items import GoldParagraph
from eval.records import CitationRecord, HitRecord

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in pieces; every second piece, from the second on, is the quoted one.

    ``note``: what else there is to say of it, in a few words.
    """

    title: str
    pieces: tuple[str, ...]
    note: str = ""


def cited_passage(citation: CitationRecord) -> Passage:
    """What an answer cites."""
    start = citation["quote_start"] - citation["start"]
    end = citation["quote_end"] - citation["start"]
    text = citation["text"]
    page = "" if citation["page"] is None else f", page {citation['page']}"
    place = f"{citation['path']}, paragraph {citation['paragraph']}{page}"
    pieces = (text[:start], text[start:end], text[end:])
    return Passage(f"[{citation['number']}] {place}", pieces)


def found_passage(hit: HitRecord) -> Passage:
    """What was found."""
    return Passage(f"{hit['rank']}. {hit['path']}, paragraph {hit['paragraph']}", (hit["text"],))


def gold_passage(paragraph: GoldParagraph, rank: int | None) -> Passage:
    """What should have been cited; ``rank`` as in ``eval.misses.GoldPlace``."""
    spans = []
    for quote in paragraph.quotes:
        start = paragraph.text.find(quote)
        # Found only with whitespace collapsed, or crossing the paragraph's end: not marked.
        if start >= 0:
            spans.append((start, start + len(quote)))
    title = f"{paragraph.path}, paragraph {paragraph.ordinal}"
    note = "" if rank is None else f"found at rank {rank}" if rank else "not among the first ten"
    return Passage(title, tuple(_pieces(paragraph.text, sorted(spans))), note)


def shortened(passage: Passage, limit: int) -> Passage:
    """The passage in about ``limit`` characters: marked words first, then what is next to them."""
    if sum(map(len, passage.pieces)) <= limit:
        return passage
    marked = [shorten(piece, limit) for piece in passage.pieces[1::2]]
    left = max(limit - sum(map(len, marked)), 0)
    plain = passage.pieces[::2]
    share = left // max(len(plain), 1)
    pieces: list[str] = []
    for number, piece in enumerate(plain):
        first, last = number == 0, number == len(plain) - 1
        pieces.append(_near_marks(piece, share, before=not first, after=not last))
        if not last:
            pieces.append(marked[number])
    return replace(passage, pieces=tuple(pieces))


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with a sign that it was cut."""
    return text if len(text) <= limit else text[:limit].rstrip() + _CUT


def _near_marks(piece: str, limit: int, *, before: bool, after: bool) -> str:
    """The ends of a piece that touch a marked one; its beginning when neither does."""
    if len(piece) <= limit:
        return piece
    if before and after:
        half = limit // 2
        return f"{piece[:half]}{_CUT}{piece[len(piece) - half :]}"
    if after:
        return _CUT + piece[len(piece) - limit :]
    return piece[:limit] + _CUT


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        start = max(start, at)
        if end > start:
            yield text[at:start]
            yield text[start:end]
            at = end
    yield text[at:]
