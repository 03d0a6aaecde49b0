"""What the sources panel shows next: answers the clicks on citations, cards and buttons.

An action only names things: a turn and a number, a document. Each is looked up in this tab's
conversation or this corpus; what is not found there is not opened.
"""

from collections.abc import Mapping
from dataclasses import replace

from index.errors import PinciteError
from index.types import Document, Paragraph
from rag.engine import Engine
from ui.evidence import best_sentence, cards, hit_link, open_document, open_page, quote_span
from ui.page_view import boxes
from ui.render import source_link
from ui.session import ChatTurn, Tab, Viewing
from ui.views import NOTHING_YET, Empty, View
from ui.words import phrase

WINDOW = 20
MOST_PAGES = 5
"""Pages looked through for the quoted words of a paragraph that begins on the first of them."""

GONE = Empty(phrase("This source belongs to a message that is no longer in the conversation."))
NO_PARAGRAPH = Empty(
    phrase(
        "There is no paragraph at this address any more: its text was changed, or its document was "
        "renamed or removed. Look for its document on the Documents page, or ask for what it said."
    )
)
NOT_INDEXED = Empty(phrase("This document is not in the index any more."))


def act(engine: Engine, tab: Tab, action: Mapping[str, object]) -> View | None:
    """The view an action leads to; None when there is no such action."""
    turn = tab.conversation.turn(_text(action, "turn")) if tab.conversation else None
    match _text(action, "name"):
        case "source":
            return _open_source(engine, tab, turn, _number(action))
        case "hit":
            return _open_hit(engine, tab, turn, _number(action))
        case "cards":
            tab.viewing = None
            tab.listing = turn.id if turn else ""
            return _cards(engine, turn) if turn else NOTHING_YET
        case "file":
            # Not "path": Gradio takes a value with that key for one of its files and refuses it.
            return _open_file(engine, tab, _text(action, "document"))
        case "now":
            return _open_as_it_is(engine, tab)
        case "paragraph":
            return _open_paragraph(engine, tab, _text(action, "paragraph"))
        case "page":
            tab.shows_pages = True
            return _turn_page(engine, tab, _number(action))
        case "text":
            tab.shows_pages = False
            return _turn_page(engine, tab, 0)
        case "before":
            return _widen(engine, tab, WINDOW, 0)
        case "after":
            return _widen(engine, tab, 0, WINDOW)
        case _:
            return None


def _text(action: Mapping[str, object], key: str) -> str:
    value = action.get(key)
    return value if isinstance(value, str) else ""


def _number(action: Mapping[str, object]) -> int:
    value = action.get("number")
    return value if isinstance(value, int) else 0


def _open_source(engine: Engine, tab: Tab, turn: ChatTurn | None, number: int) -> View | None:
    citation = turn.citation(number) if turn else None
    if turn is None or citation is None:
        return GONE
    opener = source_link(turn.id, number)
    return _focus(engine, tab, turn, citation.paragraph, quote_span(citation), opener)


def _open_hit(engine: Engine, tab: Tab, turn: ChatTurn | None, rank: int) -> View | None:
    hit = turn.hit(rank) if turn else None
    if turn is None or hit is None:
        return GONE
    opener = hit_link(turn.id, rank)
    return _focus(engine, tab, turn, hit.paragraph, best_sentence(hit), opener)


def _focus(
    engine: Engine,
    tab: Tab,
    turn: ChatTurn,
    paragraph: Paragraph,
    mark: tuple[int, int],
    opener: str,
) -> View:
    # The document may have changed since the paragraph was found: it is shown where it is now.
    now = engine.paragraph(paragraph.id)
    shown = now or paragraph
    quote = (shown.start + mark[0], shown.start + mark[1])
    shows_page = now and shown.page and tab.shows_pages
    tab.viewing = replace(
        _around(shown, quote),
        mark=mark,
        turn_id=turn.id,
        opener=opener,
        page=_page_of(engine, shown, quote) if shows_page else 0,
    )
    return _view(engine, tab.viewing)


def _page_of(engine: Engine, paragraph: Paragraph, quote: tuple[int, int]) -> int:
    """The page the quoted words begin on: a paragraph may go on over the next ones."""
    first = paragraph.page or 0
    pages = engine.pages(paragraph.path, range(first, first + MOST_PAGES))
    return next((page.number for page in pages if boxes(page, *quote)), first)


def _open_file(engine: Engine, tab: Tab, path: str) -> View:
    document = _document(engine, path)
    if document is None or not document.searchable:
        return NOT_INDEXED
    tab.viewing = Viewing(path, 1, 2 * WINDOW)
    return _view(engine, tab.viewing)


def _open_as_it_is(engine: Engine, tab: Tab) -> View | None:
    """The document of a paragraph that is shown as it was, about where that stood."""
    was = tab.viewing
    document = _document(engine, was.path) if was else None
    if was is None or document is None:
        return None
    at = min(was.focus_ordinal, document.paragraphs)
    tab.viewing = Viewing(
        was.path, max(1, at - WINDOW), at + WINDOW, turn_id=was.turn_id, opener=was.opener
    )
    return _view(engine, tab.viewing)


def _open_paragraph(engine: Engine, tab: Tab, paragraph_id: str) -> View:
    """The paragraph an address of this app names, in its document; as text, to be copied on."""
    try:
        paragraph = engine.paragraph(paragraph_id)
    except PinciteError:
        paragraph = None  # There is no index any more.
    if paragraph is None:
        return NO_PARAGRAPH
    tab.viewing = _around(paragraph, (paragraph.start, paragraph.end))
    return _view(engine, tab.viewing)


def _around(paragraph: Paragraph, quote: tuple[int, int]) -> Viewing:
    """The paragraph with those before and behind it."""
    return Viewing(
        path=paragraph.path,
        first=max(1, paragraph.ordinal - WINDOW),
        last=paragraph.ordinal + WINDOW,
        focus_id=paragraph.id,
        focus_text=paragraph.text,
        focus_ordinal=paragraph.ordinal,
        quote=quote,
    )


def _turn_page(engine: Engine, tab: Tab, number: int) -> View | None:
    if tab.viewing is None:
        return None
    tab.viewing = replace(tab.viewing, page=number)
    return _view(engine, tab.viewing)


def _widen(engine: Engine, tab: Tab, before: int, after: int) -> View | None:
    viewing = tab.viewing
    if viewing is None:
        return None
    document = _document(engine, viewing.path)
    last = min(document.paragraphs if document else viewing.last, viewing.last + after)
    tab.viewing = replace(viewing, first=max(1, viewing.first - before), last=last)
    return _view(engine, tab.viewing)


def _view(engine: Engine, viewing: Viewing) -> View:
    document = _document(engine, viewing.path)
    if document and document.pages and viewing.page:
        pages = engine.pages(viewing.path, [viewing.page])
        return open_page(viewing, document, pages[0] if pages else None)
    try:
        window = engine.paragraphs(viewing.path, viewing.first, viewing.last)
    except PinciteError:
        window = []  # The document has left the index; its cited paragraph is still shown.
    return open_document(viewing, window, document)


def _cards(engine: Engine, turn: ChatTurn) -> View:
    return cards(turn, engine.documents_at({hit.paragraph.path for hit in turn.hits}))


def _document(engine: Engine, path: str) -> Document | None:
    return engine.documents_at([path]).get(path)
