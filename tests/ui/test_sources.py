"""What a click in the panel leads to; clicks come from the browser and may say anything."""

import pytest

from tests.ui.corpus import ASK_COST, ASK_LONG, HARBOUR, LONG, corpus_engine
from tests.ui.fakes import FakeEngine
from ui.session import ChatTurn, Session, Stage
from ui.sources import GONE, act
from ui.views import NOTHING_YET, Cards, Empty, Files, OpenDocument


def session_with(engine: FakeEngine, *questions: str) -> Session:
    session = Session()
    for question in questions:
        script = engine.scripts[question]
        turn = session.add(question, Stage.SEARCHING)
        session.update(
            ChatTurn(turn.id, question, Stage.FINISHED, "", script.hits, "", script.answer)
        )
    return session


def opened(engine: FakeEngine, session: Session, **action: object) -> OpenDocument:
    view = act(engine, session, action)
    assert isinstance(view, OpenDocument)
    return view


def test_a_citation_opens_twenty_paragraphs_on_either_side_and_more_on_demand() -> None:
    engine = corpus_engine()
    session = session_with(engine, ASK_LONG)
    view = opened(engine, session, name="source", turn="t1", number=1)
    assert [view.passages[i].ordinal for i in (0, -1)] == [25, 65]
    assert [p.ordinal for p in view.passages if p.source] == [45]
    assert opened(engine, session, name="earlier").earlier == 4
    assert opened(engine, session, name="earlier").earlier == 0
    assert opened(engine, session, name="later").later == 5
    whole = opened(engine, session, name="later")
    assert (whole.later, len(whole.passages), whole.opener) == (0, 90, "#src-t1-1")


def test_cards_files_and_whole_documents_open() -> None:
    engine = corpus_engine()
    session = session_with(engine, ASK_COST)
    assert opened(engine, session, name="hit", turn="t1", number=2).opener == "#hit-t1-2"
    assert isinstance(act(engine, session, {"name": "cards", "turn": "t1"}), Cards)
    assert isinstance(act(engine, session, {"name": "files", "turn": "t1"}), Files)
    view = opened(engine, session, name="file", document=LONG, turn="t1")
    assert (len(view.passages), view.turn) == (41, "t1")


def test_a_document_that_has_left_the_index_still_shows_its_cited_paragraph() -> None:
    engine = corpus_engine()
    session = session_with(engine, ASK_COST)
    del engine.corpus[HARBOUR]  # type: ignore[attr-defined]
    view = opened(engine, session, name="source", turn="t1", number=1)
    assert len(view.passages) == 1
    assert view.note


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"name": "source", "turn": "t9", "number": 1}, GONE),
        ({"name": "source", "turn": "t1", "number": 9}, GONE),
        ({"name": "source", "turn": ["t1"], "number": "1"}, GONE),
        ({"name": "hit", "turn": "t1", "number": 9}, GONE),
        ({"name": "cards", "turn": "t9"}, NOTHING_YET),
        ({"name": "earlier"}, None),
        ({"name": "rm", "path": "/"}, None),
        ({}, None),
        ({"name": 7}, None),
    ],
)
def test_actions_that_name_nothing_known_open_nothing(
    action: dict[str, object], expected: Empty | None
) -> None:
    engine = corpus_engine()
    assert act(engine, session_with(engine, ASK_COST), action) == expected


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "big.csv", "", 7])
def test_only_indexed_documents_open(path: object) -> None:
    engine = corpus_engine()
    view = act(engine, Session(), {"name": "file", "document": path})
    assert isinstance(view, Empty)
