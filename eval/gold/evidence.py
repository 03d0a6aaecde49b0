"""Whether the evidence of an item is in the corpus, in exactly one paragraph of its file."""

from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath

from eval.gold.items import Evidence, GoldItem
from eval.normalise import collapse
from eval.relevance import QuoteFinder

_SHOWN_CHARACTERS = 50


def evidence_problems(item: GoldItem, finder: QuoteFinder) -> Iterator[str]:
    """A reason for each entry of ``item.evidence`` that cannot be used."""
    for number, evidence in enumerate(item.evidence, 1):
        reason = _problem(evidence, finder)
        if reason:
            yield f"evidence {number}: {reason}"


def _problem(evidence: Evidence, finder: QuoteFinder) -> str:
    path = evidence.path
    if not _is_inside(path):
        return f'path "{path}" must be relative to the corpus and stay inside it'
    if not finder.has_document(path):
        return f'"{path}" is not an indexed document of the corpus'
    holders = finder.holders(evidence)
    if len(holders) == 1 or (holders and evidence.whole):
        return ""
    quote = shorten(evidence.quote)
    if holders:
        numbers = ", ".join(str(paragraph.ordinal) for paragraph in holders)
        return f'quote "{quote}" fits several paragraphs of {path} ({numbers}): quote more words'
    places = finder.places(evidence)
    if not places:
        return f'quote "{quote}" is not in {path}'
    if not any(finder.touching(path, *place) for place in places):
        return f'quote "{quote}" stands in a heading of {path}, which cannot be cited'
    return f'quote "{quote}" crosses paragraphs of {path} and none holds half of it'


def shorten(quote: str) -> str:
    """The start of a quote, on one line."""
    line = collapse(quote)
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"


def _is_inside(path: str) -> bool:
    windows = PureWindowsPath(path)
    outside = windows.is_absolute() or windows.drive or windows.root or path.startswith("/")
    return not outside and ".." not in PurePosixPath(path).parts + windows.parts
