"""Pasted words, a paragraph's id or a link to it -> the paragraphs meant."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from index.catalog import Catalog
from index.errors import UsageError
from index.query import any_of, full_text_words
from index.types import Paragraph
from index.words import content_stems

MOST_FOUND = 5
MOST_PASTED = 10_000
"""Characters: as many as the longest paragraph has."""

_NOMINATED = 200
_LIKE_ENOUGH = 0.6
"""Share of the pasted words a paragraph must hold to be meant when none holds them all."""

_MOST_FOLDERS = 50
_END_OF_ID = re.compile(r"(?<=\S)#[0-9a-f]{8,}(?:-\d+)?")
_FOLDED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00ad": None})


def locate(catalog: Catalog, pasted: str) -> tuple[Paragraph, ...]:
    """The paragraphs that ``pasted`` names or quotes, at most ``MOST_FOUND``, best first.

    Differences in spaces, quotation marks and capitals are looked over. When no paragraph holds
    the words as they stand, the one that holds most of them is taken, if that is most of them.

    Raises ``UsageError`` when more than ``MOST_PASTED`` characters are pasted.
    """
    if len(pasted) > MOST_PASTED:
        raise UsageError(
            f"the passage has {len(pasted)} characters, {MOST_PASTED} are allowed:"
            " paste one sentence of it"
        )
    named = _named(catalog, pasted)
    if named:
        return named
    words = _folded(pasted)
    expression = any_of(full_text_words(pasted))
    if not words or not expression:
        return ()
    scores = catalog.full_text.bm25(expression, top=_NOMINATED)
    near = catalog.paragraphs_by_id(scores)
    ranked = [near[id_] for id_ in scores if id_ in near]
    quoting = [p for p in ranked if words in _folded(p.text) or _folded(p.text) in words]
    if quoting:
        return tuple(quoting[:MOST_FOUND])
    wanted = set(content_stems(pasted))
    likest = max(ranked, key=lambda p: len(wanted & set(content_stems(p.text))), default=None)
    if likest is None or not wanted:
        return ()
    share = len(wanted & set(content_stems(likest.text))) / len(wanted)
    return (likest,) if share >= _LIKE_ENOUGH else ()


def _named(catalog: Catalog, pasted: str) -> tuple[Paragraph, ...]:
    """By id, also where it stands at the end of an address."""
    given = pasted.strip()
    ids = [given, unquote(given)]
    for text in (given, unquote(given)):
        for line in text.split("\n"):
            ids += _ids_in(line)
    found_by_id = catalog.paragraphs_by_id(dict.fromkeys(ids))
    return tuple(found_by_id.values())[:MOST_FOUND]


def _ids_in(line: str) -> Iterator[str]:
    """What may be the one id of a line: all up to its end, and that without what comes before."""
    ends = [mark.end() for mark in _END_OF_ID.finditer(line)]
    if ends:
        found = line[: ends[-1]].lstrip()
        yield found
        # A path holds slashes, and so does the address before it.
        marks = [mark.end() for mark in re.finditer("[/?&=]", found)]
        yield from (found[start:] for start in marks[-_MOST_FOLDERS:])


def _folded(text: str) -> str:
    return " ".join(text.translate(_FOLDED).casefold().split())
