"""Whether the evidence of an item is in the corpus, in exactly one paragraph of its file."""

from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath

from eval.gold.items import Evidence, GoldItem
from eval.normalise import collapse
from eval.relevance import QuoteFinder

_SHOWN_CHARACTERS = 50
_NEAREST_CHARACTERS = 160


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
        return f'"{path}" is not an indexed document of the corpus{_elsewhere(evidence, finder)}'
    holders = finder.holders(evidence)
    if len(holders) == 1 or (holders and evidence.whole):
        return ""
    quote = shorten(evidence.quote)
    if holders:
        numbers = ", ".join(str(paragraph.ordinal) for paragraph in holders)
        return f'quote "{quote}" fits several paragraphs of {path} ({numbers}): quote more words'
    places = finder.places(evidence)
    if not places:
        hint = _elsewhere(evidence, finder) or _nearest(evidence, finder)
        return f'quote "{quote}" is not in {path}{hint}'
    if not any(finder.touching(path, *place) for place in places):
        return f'quote "{quote}" stands in a heading of {path}, which cannot be cited'
    return f'quote "{quote}" crosses paragraphs of {path} and none holds half of it'


def _elsewhere(evidence: Evidence, finder: QuoteFinder) -> str:
    """Where the quote stands whole, if in one other document: that may be renamed, or parted."""
    others = finder.elsewhere(evidence)
    return f"; the quote stands in {others[0]}" if len(others) == 1 else ""


def _nearest(evidence: Evidence, finder: QuoteFinder) -> str:
    found = finder.nearest(evidence)
    if found is None:
        return ""
    paragraph, text = found
    shown = shorten(text, _NEAREST_CHARACTERS)
    return f'; nearest is "{shown}" in paragraph {paragraph.ordinal}'


def shorten(quote: str, most: int = _SHOWN_CHARACTERS) -> str:
    """The start of a quote, on one line."""
    line = collapse(quote)
    return line if len(line) <= most else line[: most - 1] + "…"


def _is_inside(path: str) -> bool:
    windows = PureWindowsPath(path)
    outside = windows.is_absolute() or windows.drive or windows.root or path.startswith("/")
    return not outside and ".." not in PurePosixPath(path).parts + windows.parts
