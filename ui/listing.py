"""The list of documents as the page shows it: searched, sorted, a page at a time.

All of it happens here, so that the browser only ever draws one page of the list, however long.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.types import Document, FileState
from ui.messages import told
from ui.render import printable, shown_name
from ui.words import t

PAGE_ROWS = 50

SEARCHABLE, UNREAD = "searchable", "unread"
UNREAD_STATES = (
    FileState.EMPTY,
    FileState.NO_TEXT,
    FileState.ENCRYPTED,
    FileState.FAILED,
    FileState.SKIPPED,
    FileState.TOO_LARGE,
)
"""Files with nothing to be found in the index. A duplicate is found as the file it repeats."""

_KEYS: Mapping[str, Callable[[Document], tuple[object, ...]]] = {
    "path": lambda d: (),
    "title": lambda d: (not d.title, d.title.casefold()),
    "state": lambda d: (d.state.value,),
    "paragraphs": lambda d: (d.paragraphs,),
    "date": lambda d: (d.date,),
    "size": lambda d: (d.size_bytes,),
    "coverage": lambda d: (d.pages_with_text / d.pages if d.pages else 1.0,),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One document. ``name`` is the path as it can be shown, ``path`` as it is; ``title`` is ""
    where it says no more; ``opens`` tells whether the chat can show it.

    ``coverage`` is what share of its pages has text, "" for formats without pages.
    """

    path: str
    name: str
    title: str
    state: str
    reason: str
    searchable: bool
    opens: bool
    paragraphs: int
    date: str
    size_bytes: int
    coverage: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list; ``page`` counts from 1. The counts are of the whole folder."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    found: int
    searchable: int
    unread: int
    paragraphs: int


def listing(
    documents: Sequence[Document],
    *,
    words: str = "",
    only: str = "",
    sort: str = "path",
    descending: bool = False,
    page: int = 1,
) -> Listing:
    """Documents whose path, title or reason holds all ``words``, in the order asked for.

    ``only`` is ``SEARCHABLE``, ``UNREAD`` or "". An unknown ``sort`` is by path, a page that is not
    there the nearest one.
    """
    wanted = words.casefold().split()
    found = [d for d in documents if _is_kind(d, only) and _holds(d, wanted)]
    found.sort(key=lambda d: d.path.casefold())
    if sort in _KEYS:
        found.sort(key=_KEYS[sort], reverse=descending and sort != "path")
    if descending and sort == "path":
        found.reverse()
    pages = max(1, -(-len(found) // PAGE_ROWS))
    page = min(max(page, 1), pages)
    states = Counter(d.state for d in documents)
    return Listing(
        rows=tuple(map(_row, found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])),
        page=page,
        pages=pages,
        found=len(found),
        searchable=len(documents) - _unread(states),
        unread=_unread(states),
        paragraphs=sum(d.paragraphs for d in documents),
    )


def unread(documents: Sequence[Document]) -> int:
    """How many files of the folder nothing can be found in."""
    return _unread(Counter(d.state for d in documents))


def _unread(states: Mapping[FileState, int]) -> int:
    return sum(states[state] for state in UNREAD_STATES)


def _is_kind(document: Document, only: str) -> bool:
    if only not in (SEARCHABLE, UNREAD):
        return True
    return (document.state in UNREAD_STATES) == (only == UNREAD)


def _holds(document: Document, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = f"{document.path} {document.title} {document.reason} {document.date}".casefold()
    return all(word in text for word in words)


def _row(document: Document) -> Row:
    pages = document.pages
    return Row(
        path=document.path,
        name=shown_name(document.path),
        title="" if document.path.endswith(document.title) else printable(document.title),
        state=document.state.value,
        reason=shown_name(told(document.reason)),  # It may name a file.
        searchable=document.state not in UNREAD_STATES,
        # A path with bytes that are no text cannot stand in an address.
        opens=document.paragraphs > 0 and printable(document.path) == document.path,
        paragraphs=document.paragraphs,
        date=document.date,
        size_bytes=document.size_bytes,
        coverage=_coverage(document.pages_with_text, pages) if pages else "",
    )


def _coverage(with_text: int, pages: int) -> str:
    return t("{count} of {total}", count=with_text, total=pages)
