"""Which document's clause 7.2 is meant, and what another document changes of it."""

from collections.abc import Sequence

from index.document_names import DocumentNames
from index.store import Store
from index.words import names as proper_names
from rag.match import Span
from rag.mentions import Told, quoted
from rag.parties import parties_of
from rag.routes.led_in import with_the_rest
from rag.routes.numbered_parts import PartAsked, changes_of, part_asked, part_in
from rag.sanitise import may_be_shown

_MOST_DOCUMENTS = 50
"""Where none is named, so many are looked through for one that alone has the part."""
_OF_ITS_NAME = 0.5
"""An amendment has so much of the name of what it amends, at least."""


def told_by_number(question: str, store: Store, names: DocumentNames) -> Told:
    """The part that the question asks for by its number; nothing where none or several have it."""
    asked = part_asked(question)
    if asked is None:
        return Told(())
    paths = _documents(question, asked, store, names)
    with store.reading():
        parts = {path: part_in(store.catalog.paragraphs(path), asked) for path in paths}
        found = {path: spans for path, spans in parts.items() if spans}
        if len(found) != 1:
            return Told(())
        [(path, spans)] = found.items()
        changes = _changes(path, asked, store, names)
    if asked.below:
        spans = with_the_rest(store, spans, question)
    told = [*spans, *changes]
    if not all(may_be_shown(span.words, [span], question) for span in told):
        return Told(())
    changing = ", ".join(dict.fromkeys(span.paragraph.path for span in changes))
    notice = f"Another document changes it, both are given: {changing}." if changing else ""
    return Told(tuple(map(quoted, told)), notice)


def _documents(
    question: str, asked: PartAsked, store: Store, names: DocumentNames
) -> Sequence[str]:
    """Those that are named, by title, file name or party; all of a few where none is."""
    fits = names.fits(question)
    best = max(fits.values(), default=0.0)
    paths = [path for path, fit in fits.items() if fit == best]
    paths = paths or [path for path, _ in store.catalog.names()]
    if len(paths) > _MOST_DOCUMENTS:
        return []
    parties = parties_of(store, paths, question)
    if parties or (asked.of and not fits):
        paths = sorted(parties)
    # The lease of somebody else is none of these.
    named = proper_names(asked.of)
    return [path for path in paths if named <= names.words(path) | parties.get(path, frozenset())]


def _changes(path: str, asked: PartAsked, store: Store, names: DocumentNames) -> list[Span]:
    own = names.words(path)
    alike = [
        other
        for other, _ in store.catalog.names()
        if other != path and len(own & names.words(other)) >= _OF_ITS_NAME * len(own) > 0
    ]
    return [
        span
        for other in alike[:_MOST_DOCUMENTS]
        for span in changes_of(store.catalog.paragraphs(other), asked)
    ]
