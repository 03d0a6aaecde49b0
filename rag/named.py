"""What of that which was found is of what the question names: a document, or a thing by its number.

Who asks what the Apache License says, or what Release 6 dropped, wants nothing that another licence
says, or that Release 4 dropped, however well its words fit.
"""

from collections.abc import Callable, Sequence, Set

from index.document_names import DocumentNames, Named
from index.fusion import NAME, NUMBERED
from index.search import Searcher
from index.types import Hit
from index.words import stems
from index.year_series import OTHER_YEAR
from rag.parties import Parties

_FROM = {NAME: 1.0, NUMBERED: 1.0}
"""From which value of a signal a paragraph is of what is named: of a document the whole name."""


def named_documents(hits: Sequence[Hit]) -> set[str]:
    """Paths of the documents found whose names the question has, if not wholly."""
    return {hit.paragraph.path for hit in hits if hit.signals.get(NAME)}


def may_differ(hits: Sequence[Hit], cited: Set[str]) -> Callable[[str], bool]:
    """Whether a document may say otherwise than the ``cited``: beside one that is named only such.

    What a judgment says of its own cap is no other value of the cap of the contract asked about.
    """
    named = named_documents(hits)
    return lambda path: not cited & named or path in named


def words_of_named(hits: Sequence[Hit], names: DocumentNames) -> dict[str, frozenset[str]]:
    """The stems of the names of the documents found that the question names, by path."""
    return {path: names.words(path) for path in named_documents(hits)}


def about_documents(searcher: Searcher, hits: Sequence[Hit], parties: Parties) -> Named:
    """The stems of a document's names, first words and parties, which all in it is about."""
    names = searcher.names()
    leads = searcher.leads(hit.paragraph for hit in hits)
    return lambda path: names.words(path).union(stems(leads.get(path, "")), parties.get(path, ()))


def of_what_is_named(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Those of the hits; where the first is not one, all but those on another number or year.

    Where it is not, the words are likely to name something else.
    """
    numbers = [hit.signals.get(NUMBERED, 0.0) for hit in hits]
    if max(numbers, default=0.0) > 0:
        hits = [hit for hit, number in zip(hits, numbers, strict=True) if number >= 0]
    elif numbers and numbers[0] != OTHER_YEAR:
        hits = [hit for hit, number in zip(hits, numbers, strict=True) if number != OTHER_YEAR]
    for signal, least in _FROM.items():
        if hits and hits[0].signals.get(signal, 0.0) >= least:
            hits = [hit for hit in hits if hit.signals.get(signal, 0.0) >= least]
    return hits
