"""What the sources panel shows next: answers the clicks on citations, cards and buttons.

An action comes from the browser and only names things: a turn and a number, a document. Each is
looked up in this session or this corpus; what is not found there is not opened.
"""

from collections.abc import Mapping
from dataclasses import replace

from index.errors import PinciteError
from index.types import FileState, Paragraph
from rag.engine import Engine
from ui.evidence import best_sentence, cards, files, hit_link, open_document, quote_span
from ui.render import source_link
from ui.session import ChatTurn, Session, Viewing
from ui.views import NOTHING_YET, Empty, View

WINDOW = 20
GONE = Empty("This source belongs to a message that is no longer in the conversation.")


def act(engine: Engine, session: Session, action: Mapping[str, object]) -> View | None:
    """The view an action leads to; None when there is no such action."""
    turn = session.turn(_text(action, "turn"))
    match _text(action, "name"):
        case "source":
            return _open_source(engine, session, turn, _number(action))
        case "hit":
            return _open_hit(engine, session, turn, _number(action))
        case "cards":
            session.viewing = None
            return cards(turn) if turn else NOTHING_YET
        case "files":
            session.viewing = None
            return files(engine.documents(), turn.id if turn else "")
        case "file":
            # Not "path": Gradio takes a value with that key for one of its files and refuses it.
            return _open_file(engine, session, _text(action, "document"), turn)
        case "earlier":
            return _widen(engine, session, WINDOW, 0)
        case "later":
            return _widen(engine, session, 0, WINDOW)
        case _:
            return None


def _text(action: Mapping[str, object], key: str) -> str:
    value = action.get(key)
    return value if isinstance(value, str) else ""


def _number(action: Mapping[str, object]) -> int:
    value = action.get("number")
    return value if isinstance(value, int) else 0


def _open_source(
    engine: Engine, session: Session, turn: ChatTurn | None, number: int
) -> View | None:
    citation = turn.citation(number) if turn else None
    if turn is None or citation is None:
        return GONE
    opener = source_link(turn.id, number)
    return _focus(engine, session, turn, citation.paragraph, quote_span(citation), opener)


def _open_hit(engine: Engine, session: Session, turn: ChatTurn | None, rank: int) -> View | None:
    hit = turn.hit(rank) if turn else None
    if turn is None or hit is None:
        return GONE
    opener = hit_link(turn.id, rank)
    return _focus(engine, session, turn, hit.paragraph, best_sentence(hit), opener)


def _focus(
    engine: Engine,
    session: Session,
    turn: ChatTurn,
    paragraph: Paragraph,
    mark: tuple[int, int],
    opener: str,
) -> View:
    paragraphs = _paragraphs(engine, paragraph.path)
    # The ordinal was true when the paragraph was found; the document may have changed since.
    at = next((i for i, p in enumerate(paragraphs) if p.id == paragraph.id), 0)
    session.viewing = Viewing(
        path=paragraph.path,
        first=max(0, at - WINDOW),
        last=min(len(paragraphs) - 1, at + WINDOW),
        focus_id=paragraph.id,
        focus_text=paragraph.text,
        focus_ordinal=paragraph.ordinal,
        mark=mark,
        turn_id=turn.id,
        opener=opener,
    )
    return open_document(session.viewing, paragraphs)


def _open_file(engine: Engine, session: Session, path: str, turn: ChatTurn | None) -> View | None:
    indexed = (d for d in engine.documents() if d.state is FileState.INDEXED)
    if all(d.path != path for d in indexed):
        return Empty("This document is not in the index any more.")
    paragraphs = _paragraphs(engine, path)
    last = min(len(paragraphs) - 1, 2 * WINDOW)
    session.viewing = Viewing(path, 0, last, turn_id=turn.id if turn else "")
    return open_document(session.viewing, paragraphs)


def _widen(engine: Engine, session: Session, before: int, after: int) -> View | None:
    if session.viewing is None:
        return None
    paragraphs = _paragraphs(engine, session.viewing.path)
    session.viewing = replace(
        session.viewing,
        first=max(0, session.viewing.first - before),
        last=min(len(paragraphs) - 1, session.viewing.last + after),
    )
    return open_document(session.viewing, paragraphs)


def _paragraphs(engine: Engine, path: str) -> list[Paragraph]:
    try:
        return engine.paragraphs(path)
    except PinciteError:
        return []  # The document has left the index; its cited paragraph is still shown.
